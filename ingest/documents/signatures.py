"""Which format bytes are of: told by what they hold, never by the file's name.

In: the first bytes, and for containers (ZIP, OLE) their contents. Out: a format's code; None for bytes without a sign,
which are text or nothing that is known.
"""

from __future__ import annotations

import io
import re
import zipfile

import olefile

_SIGNS = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x7fELF", "program"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A PDF may begin after some bytes that are not its own.
_PDF_WITHIN = 1024
_HEAD = 4096

# Which part tells what an archive of parts is; the first that is there counts.
_PARTS = (
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("ofd.xml", "ofd"),
)
_MIME_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)

_TAG = re.compile(
    r"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|meta|title|div|table|center|style|font)[\s>/])",
    re.I | re.S,
)
_XML_OF_OFFICE = re.compile(
    r"<\?mso-application|schemas-microsoft-com:office:spreadsheet|office/word/2003/wordml", re.I
)
_MIME_HTML = re.compile(r"(?:^|\n)content-type:\s*multipart/related", re.I)


def format_by_content(data: bytes) -> str | None:
    """The format that the bytes show; None where they show none."""
    start = data[: _PDF_WITHIN + 8].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    for sign, form in _SIGNS:
        if start.startswith(sign):
            return form
    if data.startswith(_ZIP):
        return _format_of_archive(data)
    if data.startswith(_OLE):
        return _format_of_ole(data)
    if data.startswith(b"BM") and len(data) > 14 and int.from_bytes(data[2:6], "little") == len(data):
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    return _format_of_markup(data[:_HEAD])


def _format_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # Cut off: the directory at its end is missing, the names before the parts are not.
        lower = data.lower()
        return next((form for part, form in _PARTS if part.encode() in lower), "zip")
    for part, form in _PARTS:
        if part in names:
            return form
    if "[content_types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if "mimetype" in names:
        return next((form for mime, form in _MIME_TYPES.items() if mime in data[:200]), "zip")
    return "zip"


def _format_of_ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for stream, form in _STREAMS:
                if container.exists(stream):
                    return form
    except Exception:  # olefile meets broken bytes with whatever they make it stumble over
        for stream, form in _STREAMS:
            if stream.encode("utf-16-le") in data:
                return form
    return "ole"


def _format_of_markup(head: bytes) -> str | None:
    text = head.decode("utf-16", errors="replace") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("latin-1")
    text = text.removeprefix("\xef\xbb\xbf").lstrip("\ufeff")
    if text.lstrip().startswith("<?xml") and _XML_OF_OFFICE.search(text):
        return "xml_office"
    if _TAG.match(text):
        return "html"
    if _MIME_HTML.search(text):
        return "mhtml"
    return None
