"""Where the project's own files are, and how any file's path is written as text.

The seeds, the models and the samples stand beside this package. A path on disk is bytes, which need not be UTF-8: such a
one is kept as `bytes:` and its percent-encoded bytes, and shown as the Chinese that its bytes spell in GB18030, or with
escapes.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT_ROOT / "seeds"
SAMPLES = PROJECT_ROOT / "samples"

# No absolute path begins so.
_BYTES = "bytes:"


def path_key(path: Path) -> str:
    """An absolute path as text that any database and any protocol can hold; `path_of_key` turns it back."""
    text = str(path)
    return text if is_unicode(text) else _BYTES + quote_from_bytes(os.fsencode(text))


def path_of_key(key: str) -> Path:
    """The path that `path_key` wrote."""
    return Path(os.fsdecode(unquote_to_bytes(key.removeprefix(_BYTES))) if key.startswith(_BYTES) else key)


def path_of_address(address: str) -> Path | None:
    """The path that a file: address (of `Path.as_uri`) names; null for any other address."""
    parts = urlsplit(address)
    return Path(os.fsdecode(unquote_to_bytes(parts.path))) if parts.scheme == "file" else None


def shown_path(path: str | os.PathLike[str]) -> str:
    """A path for people: as it is, or with what is not UTF-8 read as GB18030 or escaped."""
    text = os.fspath(path)
    if is_unicode(text):
        return text
    data = os.fsencode(text)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="backslashreplace")


def is_address(text: str) -> bool:
    """Whether the text is an address (https://…, file:///…) and no path: no absolute path has `://` in it."""
    return "://" in text


def is_unicode(text: str) -> bool:
    """Whether the text has no lone surrogate, by which Python keeps bytes that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
