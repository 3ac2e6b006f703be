"""One reader a format: from a file's bytes to a `Content`. The format is told by the bytes, then by the ending.

A reader is a function of (bytes, name of the file for errors) and raises `DocumentError` for what it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from ingest.documents.model import Content, DocumentError
from ingest.documents.readers.package import encrypted
from ingest.documents.signatures import format_by_content

Reader = Callable[[bytes, str], Content]


@dataclass(frozen=True, slots=True)
class _InModule:
    """The reader in a module of this folder, loaded with the libraries that it needs when it first reads.

    No command but those that read reports needs them, and most reports need one.
    """

    module: str
    function: str

    def load(self) -> Reader:
        return getattr(import_module(f"{__name__}.{self.module}"), self.function)

    def __call__(self, data: bytes, file: str) -> Content:
        return self.load()(data, file)


READERS = {
    "text": _InModule("text", "read_text"),
    "pdf": _InModule("pdf", "read_pdf"),
    "picture": _InModule("picture", "read_picture"),
    "html": _InModule("html", "read_html"),
    "mhtml": _InModule("mhtml", "read_mhtml"),
    "docx": _InModule("docx", "read_docx"),
    "xlsx": _InModule("xlsx", "read_xlsx"),
    "xls": _InModule("xls", "read_xls"),
    "doc": _InModule("legacy", "read_legacy_text"),
    "rtf": _InModule("legacy", "read_legacy_text"),
    "odt": _InModule("legacy", "read_legacy_text"),
    "ods": _InModule("legacy", "read_legacy_spreadsheet"),
}
# The endings by which a folder's reports are found. WPS keeps its texts as DOC and its tables (.et) as XLS.
ENDINGS: dict[str, str] = {
    ".txt": "text",
    ".md": "text",
    ".text": "text",
    ".pdf": "pdf",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".et": "xls",
    ".ods": "ods",
}
_HEAD = 200
_TAGS = re.compile(rb"<(?:p|br|div|table|span|tr|td|h[1-6]|html|body)[\s>/]", re.I)
_WHOLE_PAGE = re.compile(rb"<(?:!doctype|html|head|body)[\s>/]", re.I)
_HEAD_OF_PAGE = 4000

# What a file is that no reader is for, and what to do about it.
_UNREAD = {
    "image": ("a picture of a kind that is not read", "Save it as PNG, JPEG or TIFF"),
    "zip": ("a ZIP archive", "Unpack it and give the files in it"),
    "rar": ("a RAR archive", "Unpack it and give the files in it"),
    "7z": ("a 7z archive", "Unpack it and give the files in it"),
    "gzip": ("a gzip archive", "Unpack it and give the file in it"),
    "bzip2": ("a bzip2 archive", "Unpack it and give the file in it"),
    "xz": ("an xz archive", "Unpack it and give the file in it"),
    "pptx": ("a presentation", "Save its text as DOCX or PDF"),
    "ppt": ("a presentation", "Save its text as DOCX or PDF"),
    "xlsb": ("a binary workbook (XLSB)", "Open it in a spreadsheet program and save it as XLSX"),
    "xml_office": ("an XML file of Office 2003", "Open it in an office program and save it as DOCX or XLSX"),
    "ofd": ("an OFD document", "Open it in an OFD reader and save it as PDF"),
    "ole": ("an office file of an unknown program", "Open it in its program and save it as DOCX, XLSX or PDF"),
    "program": ("a program, not a report", "Remove it"),
}


def load_readers() -> None:
    """Load every reader now, for a process whose memory and time are counted from here on."""
    for reader in READERS.values():
        reader.load()


def read_content(data: bytes, file: str) -> tuple[str, Content]:
    """(format, content) of a file's bytes. Raises DocumentError."""
    form = format_of(data, file)
    if form == "encrypted":
        raise encrypted(file)
    reader = READERS.get(form)
    if reader is None:
        what, remedy = _UNREAD[form]
        raise DocumentError(file, "unsupported_format", f"the file is {what}, which is not read", remedy)
    return form, reader(data, file)


def _is_page(data: bytes) -> bool:
    """Whether what begins like a web page is one: text copied from a page keeps some tags, and its lines count."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", errors="replace").encode()
    if _WHOLE_PAGE.search(data[:_HEAD_OF_PAGE]):
        return True
    lines = [line for line in data.splitlines() if line.strip()]
    return 2 * sum(bool(_TAGS.search(line)) for line in lines) > len(lines)


def format_of(data: bytes, file: str) -> str:
    """The format of a file's bytes: what they show, else what the name's ending says, else text.

    An ending counts only where the bytes could be of its format: a web page that begins without a tag. What is no text
    and has no sign is given to the reader of text, which says so.
    """
    ending = ENDINGS.get(PurePath(file).suffix.lower())
    shown = format_by_content(data)
    if shown == "html" and ending == "text" and not _is_page(data):
        return "text"
    is_package = shown == "zip" and b"[Content_Types].xml" in data[:_HEAD]
    if (is_package and ending in ("docx", "xlsx")) or (shown == "ole" and ending in ("doc", "xls")):
        # Cut off before what would tell.
        return ending
    if shown is not None:
        return shown
    return "html" if ending == "html" and _TAGS.search(data) else "text"
