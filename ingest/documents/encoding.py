"""From bytes to text: UTF-8, UTF-16, GB18030 and Big5, told apart by what decodes to Chinese prose.

Refuses what is no text at all, with the cause.
"""

from __future__ import annotations

from ingest.documents.model import DocumentError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a text without a character may consist of: white space in any encoding, and byte order marks.
_WHITE_BYTES = b" \t\r\n\v\f\0\xef\xbb\xbf\xff\xfe"
# Formats whose bytes may hold no zero and could be taken for Chinese text.
_NOT_TEXT = (b"%PDF-", b"PK\x03\x04", b"{\\rtf")


def decode(data: bytes, file: str) -> tuple[str, str]:
    """(text, encoding). Raises DocumentError for an empty file and for bytes that are no text."""
    if not data.strip(_WHITE_BYTES):
        raise DocumentError(file, "empty_file", "the file is empty", "Fetch it again from its publisher, or remove it")
    if data.startswith(_NOT_TEXT):
        raise _not_text(file)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _clean(data.decode(encoding)), encoding.removesuffix("-sig")
            except UnicodeDecodeError:
                break
    if b"\0" in data[:65536]:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _readable(text) > 0.8:
                return _clean(text), encoding
        raise _not_text(file)
    try:
        return _clean(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_readable(text), encoding, text))
    if candidates:
        share, encoding, text = max(candidates, key=lambda candidate: candidate[0])
        if share > 0.6:
            return _clean(text), encoding
    raise DocumentError(
        file, "unknown_encoding", "the bytes are neither UTF-8, UTF-16, GB18030 nor Big5", "Save the file as UTF-8"
    )


def _not_text(file: str) -> DocumentError:
    return DocumentError(
        file,
        "not_text",
        "the file holds binary data, not text",
        "Give it its right ending (.pdf, .docx …) or convert it to text",
    )


# The most frequent characters of any Chinese administrative text: a wrong decoding hardly ever yields them.
_FREQUENT = frozenset(
    "的一是不了人我在有中年和大为上个国会政市民部门财支出预算资金项目务绩效情况工作完成管理保障元万標準預算資金績"
)


def _readable(text: str) -> float:
    """Share of characters that a report would have, frequent ones counting for more."""
    sample = text[:20000]
    good = sum(
        (1.2 if c in _FREQUENT else 0.75)
        if "\u4e00" <= c <= "\u9fff"
        else 0.9
        if c.isascii() and (c.isprintable() or c.isspace())
        else 0.5
        if c in "，。、；：（）“”《》—％"
        else -1
        for c in sample
    )
    return good / max(1, len(sample))


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
