"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ingest.commands.output import escaped, say

# How often a log hears from a long step.
SECONDS_BETWEEN_LINES = 5.0
_LONGEST_DETAIL = 60

# (done, in all, what is in hand)
Advance = Callable[[int, int, str], None]


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """Yields a function to call as work goes on; the bar goes away when the step ends."""
    if sys.stderr.isatty():
        with Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
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

    last = time.monotonic()

    def tell(done: int, total: int, detail: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            say(f"{title}: {done} of {total}, {detail}")

    yield tell
