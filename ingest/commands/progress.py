"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from ingest.commands.output import escaped, say

# How often a log hears from a long step.
SECONDS_BETWEEN_LINES = 5.0
_LONGEST_DETAIL = 60

# (done, in all, what is in hand)
Advance = Callable[[int, int, str], None]


class _Rate(ProgressColumn):
    """How many are done a second, of late."""

    def render(self, task: Task) -> Text:
        """`12/s`."""
        return Text(f"{task.speed:.3g}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """Yields a function to call as work goes on; the bar goes away when the step ends."""
    if sys.stderr.isatty():
        with Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[detail]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        ) as bar:
            task = bar.add_task(title, total=None, detail="")

            def advance(done: int, total: int, detail: str) -> None:
                bar.update(task, completed=done, total=total, detail=escaped(detail)[-_LONGEST_DETAIL:])

            yield advance
        return

    last, last_done = time.monotonic(), 0

    def tell(done: int, total: int, detail: str) -> None:
        nonlocal last, last_done
        if (passed := time.monotonic() - last) >= SECONDS_BETWEEN_LINES:
            rate = (done - last_done) / passed
            last, last_done = time.monotonic(), done
            speed = f" ({rate:.3g}/s, {_duration((total - done) / rate)} left)" if rate > 0 else ""
            say(f"{title}: {done} of {total}{speed}, {detail}")

    yield tell


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
