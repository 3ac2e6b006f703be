"""Why an address gave nothing: a cause (code), what was found, and what to do. Each is an outcome, never a crash."""

from __future__ import annotations

BY_HAND = "save it by hand beside the list and write its path into the row instead"


class FetchFailure(Exception):
    """A source that could not be fetched. `message` and `remedy` have no full stop at their end."""

    def __init__(self, cause: str, message: str, remedy: str) -> None:
        super().__init__(f"{message}. {remedy}")
        self.cause, self.message, self.remedy = cause, message, remedy


class PassingFailure(FetchFailure):
    """A failure that another try may mend. `wait` is how many seconds the server asks for, where it says."""

    def __init__(self, cause: str, message: str, remedy: str, wait: float | None = None) -> None:
        super().__init__(cause, message, remedy)
        self.wait = wait


class Stopped(Exception):
    """The operator stopped the run; nothing is said of the address."""
