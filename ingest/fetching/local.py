"""A file that a list names by its path: copied like an answer of a server, so that its versions stay as well."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ingest.fetching.bodies import CHUNK, Body, save_body
from ingest.fetching.failures import FetchFailure


def copy_local(path: Path, folder: Path, into: Path, most: int) -> Body:
    """A copy, in the folder `into`, of the file at `path`, which must lie below `folder` once all links are followed.

    Raises FetchFailure; more than `most` bytes are one.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            raise FetchFailure(
                "outside_folder",
                "a link on the way leads out of the list's folder",
                "Put the file itself below the folder of the list",
            )
        # Opened so that neither a pipe nor a link that takes the file's place in the meantime is followed.
        descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as source:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise FetchFailure("not_a_file", "this is no file", "Name a file")
            return save_body(iter(lambda: source.read(CHUNK), b""), into, most)
    except FileNotFoundError:
        raise FetchFailure("not_found", "there is no such file", "Check the path in the list") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FetchFailure("unreadable", f"the file cannot be read ({reason})", "Check its permissions") from error
