"""Web pages saved in one file (MHT), as Word and browsers write them, often under the ending .doc.

In: the bytes of a MIME message. Out: its first page, read as HTML.
"""

from __future__ import annotations

from email import policy
from email.errors import MessageError
from email.parser import BytesParser

from ingest.documents.model import Content, DocumentError
from ingest.documents.readers.html import read_html


def read_mhtml(data: bytes, file: str) -> Content:
    """The page of a saved web page. Raises DocumentError where there is none."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        pages = (part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html")
        page = next((page for page in pages if isinstance(page, bytes) and page.strip()), None)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise _no_page(file) from error
    if page is None:
        raise _no_page(file)
    return read_html(page, file)


def _no_page(file: str) -> DocumentError:
    return DocumentError(
        file, "damaged", "the saved web page holds no page", "Save it again from its address, or as HTML"
    )
