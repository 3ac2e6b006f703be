"""Values worked out when they are first asked for, and kept: what a place's words name, what a paragraph speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class lazily(Generic[Value]):
    """A method asked for as an attribute, whose answer then stands in the object in its place.

    As functools.cached_property, without the lock that this takes up to Python 3.11: it costs more than most of the answers.
    """

    def __init__(self, method: Callable[..., Value]) -> None:
        self._method, self._name, self.__doc__ = method, method.__name__, method.__doc__

    def __get__(self, instance: object, owner: type | None = None) -> Value:
        value = instance.__dict__[self._name] = self._method(instance)
        return value
