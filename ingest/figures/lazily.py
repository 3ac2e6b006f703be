"""Values worked out when they are first asked for, and kept: what a place's words name, what a head of a table says."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

_MOST_KEPT = 4096
# Labels of tables are shorter; a longer text is asked about once.
_LONGEST_KEPT = 80


class lazily(Generic[Value]):
    """A method asked for as an attribute, whose answer then stands in the object in its place.

    As functools.cached_property, without the lock that this takes up to Python 3.11: it costs more than most of the answers.
    """

    def __init__(self, method: Callable[..., Value]) -> None:
        self._method, self._name, self.__doc__ = method, method.__name__, method.__doc__

    def __get__(self, instance: object, owner: type | None = None) -> Value:
        value = instance.__dict__[self._name] = self._method(instance)
        return value


def kept_for_labels(function: Callable[..., Value]) -> Callable[..., Value]:
    """A pure function of a text (and of what else it takes, hashable), whose last answers for short texts are kept.

    A table asks of the same label for each of its rows, and forms share their labels.
    """
    kept = lru_cache(maxsize=_MOST_KEPT)(function)

    @wraps(function)
    def answer(text: str, *others: Any) -> Value:
        return kept(text, *others) if len(text) <= _LONGEST_KEPT else function(text, *others)

    return answer
