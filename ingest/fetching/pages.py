"""Web pages that come with status 200 in the place of a document: told from one, so that none becomes a version of it.

In: a body, its address and the version before it. Out: nothing, a note, or a `FetchFailure`. A page that holds a figure is
never refused: a site may well publish as a page what it published as a PDF.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.documents.archives import ENDING as ARCHIVE
from ingest.documents.model import DocumentError, Note
from ingest.documents.readers import ENDINGS
from ingest.documents.readers.html import read_html
from ingest.documents.signatures import format_by_content
from ingest.fetching.bodies import Body
from ingest.fetching.failures import BY_HAND, FetchFailure
from ingest.fetching.record import Version

# As much of a body as shows that it is a web page.
_HEAD = 4096
# A page that only asks for a browser, or says that something has gone, is shorter.
_LONGEST_CHALLENGE = 300_000
_FIGURE = re.compile(r"\d\s*[万亿千百]?余?(?:元|人|户|名)")
# A script that leaves the page or marks the browser, and a page that sends on by itself.
_SENDS_ON = re.compile(
    rb"\blocation\s*(?:=|\.\s*(?:href|replace|assign|reload)\b)|\bcookie\s*=|\.\s*submit\s*\(\s*\)|\[\s*[\"']location[\"']\s*\]"
)
_REFRESH = re.compile(rb"<meta\b[^>]{0,300}\bhttp-equiv\s*=\s*[\"']?refresh")
# A page that only sends on says no more than this.
_FEWEST_WORDS = 200
_PAGES = frozenset({"html", "mhtml"})
_WHAT_TO_DO = f"Open it in a browser: where it has moved, correct the row; else {BY_HAND}"


def check_page(body: Body, address: str, before: Version | None) -> Note | None:
    """What is to be noted of a body that may be a web page in the place of another document.

    Raises FetchFailure (`page_instead`, `wants_browser`) for a page without a figure that another kind of document was
    expected of, by the version before or by the address, or that only sends on by a script.
    """
    if not _is_page(body.path):
        return None
    was_other = before is not None and before.is_whole and not _is_page(before.path)
    expects_other = was_other or (before is None and _names_other(address))
    if body.size <= _LONGEST_CHALLENGE:
        data = body.path.read_bytes()
        text = _text_of(data, address)
        if not _FIGURE.search(text):
            if (expects_other or len(text) < _FEWEST_WORDS) and _sends_on(data):
                raise FetchFailure(
                    "wants_browser", "what came is no document but a page whose script wants a browser", _WHAT_TO_DO
                )
            if expects_other:
                raise FetchFailure(
                    "page_instead", "a web page without a figure came in the place of the document", _WHAT_TO_DO
                )
    if not was_other:
        return None
    return Note(
        "now_a_page",
        "what was another kind of document is a web page now: the site may have moved it, or want a browser. Look at it",
    )


def _is_page(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    # A container would be looked into, and only a page is looked for.
    return head.lstrip().startswith(b"<") and format_by_content(head) == "html"


def _names_other(address: str) -> bool:
    """Whether the address ends like that of a document which is no web page."""
    ending = PurePosixPath(unquote(urlsplit(address).path)).suffix.lower()
    return ending == ARCHIVE or ENDINGS.get(ending, "html") not in _PAGES


def _text_of(data: bytes, address: str) -> str:
    try:
        return read_html(data, address).text
    except DocumentError:
        return ""


def _sends_on(data: bytes) -> bool:
    """Whether a script of the page leaves it or marks the browser, or the page sends on by itself."""
    data = data.lower()
    scripts = (piece.partition(b"</script")[0] for piece in data.split(b"<script")[1:])
    return bool(_REFRESH.search(data)) or any(_SENDS_ON.search(script) for script in scripts)
