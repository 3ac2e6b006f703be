"""What can stop a command as a whole, with the exit code that tells a caller which of these it was.

0 all good; 1 some inputs failed, the others are loaded; 2 wrong usage or settings; 3 the build or its tests failed and the
published release is unchanged; 4 another Jixiao is writing.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command `jixiao`."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    BUILD_FAILED = 3
    BUSY = 4


class WarehouseError(Exception):
    """An operation that could not be done: says what was found and what to do. `exit_code` is the command's."""

    exit_code = ExitCode.SOME_FAILED


class StoreBusy(WarehouseError):
    """Another process holds the lock."""

    exit_code = ExitCode.BUSY


class StoreUnusable(WarehouseError):
    """The store or its folder cannot be opened or written."""


class BuildFailed(WarehouseError):
    """dbt or the publishing failed; the published release is as it was."""

    exit_code = ExitCode.BUILD_FAILED

    def __init__(self, what: str) -> None:
        super().__init__(f"Nothing was published, and what was published before is as it was. {what}")


class NoRelease(WarehouseError):
    """There is no published warehouse yet."""


class QueryRefused(WarehouseError):
    """A statement that the read-only connection does not run, or that is wrong."""


class ExportRefused(WarehouseError):
    """A folder that an export would have to overwrite, or that cannot be written."""


class ReviewRefused(WarehouseError):
    """A decision that cannot be recorded, or a log of decisions that cannot be read.

    `cause` is a code, and `found` what was found, for who says it in another language; None for what only a command meets.
    """

    def __init__(self, message: str, cause: str | None = None, **found: object) -> None:
        super().__init__(message)
        self.cause, self.found = cause, found


class ReviewOvertaken(ReviewRefused):
    """A decision on what somebody else has decided on meanwhile."""
