"""Office Open XML: a ZIP archive of XML parts, read as hostile input.

In: the bytes of a DOCX or XLSX file. Out: its parts as trees. No entity is resolved, no document type is accepted, nothing
is fetched, and no part may be larger or more deeply packed than any report's.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache

from lxml import etree

from ingest.documents.model import DocumentError

# A part of at most so many bytes is read as a whole; a larger one element by element, so that memory stays low.
WHOLE_PART = 8_000_000
# Larger than the largest part of any report by far; a part of this size is a tree of about ten times as much memory.
MAX_PART_BYTES = 100_000_000
MAX_PARTS = 20_000
# Word and Excel themselves pack XML at most about 100 times smaller; zeros can be packed 1000 times.
MAX_RATIO = 400
RATIO_COUNTS_FROM = 1_000_000

# The signature, the length of the name and that of what follows it, before the bytes of a part.
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_USUAL_PACKING = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# How deflated, sizes after the bytes, a name in UTF-8.
_UTF_8_NAME = 0x800
_USUAL_FLAGS = 0x00E | _UTF_8_NAME

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)  # fmt: skip
_DOCTYPE = b"<!DOCTYPE"
_WIDE_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-16-le", "utf-16-be"))
_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class Package:
    """The parts of an Office Open XML file, by name."""

    def __init__(self, data: bytes, file: str) -> None:
        """Raises DocumentError for a damaged or encrypted archive."""
        self._file, self._data = file, data
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self._damaged(error) from error
        infos = self._archive.infolist()
        if len(infos) > MAX_PARTS:
            raise self._bomb(f"the file has {len(infos)} parts")
        self._parts = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}
        self._lower = {name.lower(): name for name in self._parts}

    def has(self, name: str) -> bool:
        """Whether the file has a part of this name, whatever its case."""
        return name.lower() in self._lower

    def main_part(self, usual: str) -> str:
        """The name of the part that is the document itself."""
        for kind, target in self.relationships("").values():
            if kind.endswith("/officeDocument") and self.has(target):
                return target
        return usual

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises DocumentError for a missing, damaged, encrypted or monstrous one."""
        info = self._parts.get(self._lower.get(name.lower(), ""))
        if info is None:
            raise self._damaged(f"it has no {name}")
        if info.flag_bits & 1:
            raise encrypted(self._file)
        packed = max(1, info.compress_size)
        if info.file_size > MAX_PART_BYTES or (
            info.file_size > RATIO_COUNTS_FROM and info.file_size > MAX_RATIO * packed
        ):
            raise self._bomb(f"its part {name} unpacks to {info.file_size} bytes")
        try:
            data = self._unpacked(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            struct.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise self._damaged(error) from error
        # Looked for by its second character, because the first one is everywhere.
        if (b"!" in data and _DOCTYPE in data) or (
            data.startswith(_MARKS_OF_UTF_16) and any(sign in data for sign in _WIDE_DOCTYPES)
        ):
            raise DocumentError(
                self._file,
                "xml_doctype",
                f"its part {name} declares a document type, which no office program writes and XML bombs need",
                "Do not open it; ask its publisher for the file, or save it anew with an office program",
            )
        if b"purl.oclc.org/ooxml" in data[:4096]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a part, no more than the size that the archive names: what is more than that is an error.

        Parts that are packed as usual are unpacked here: opening one as a stream takes zipfile as long as unpacking some
        twenty kilobytes, and a small file has six.
        """
        if info.compress_type not in _USUAL_PACKING or info.flag_bits & ~_USUAL_FLAGS:
            return self._archive.read(info)
        start = info.header_offset
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(self._data, start)
        name_start = start + _LOCAL_HEADER.size
        content_start = name_start + name_length + extra_length
        name = self._data[name_start : name_start + name_length]
        packed = self._data[content_start : content_start + info.compress_size]
        if (
            signature != b"PK\x03\x04"
            or name.decode("utf-8" if info.flag_bits & _UTF_8_NAME else "cp437") != info.orig_filename
            or len(packed) != info.compress_size
        ):
            raise zipfile.BadZipFile(f"the header of {info.filename} is broken")
        if info.compress_type == zipfile.ZIP_DEFLATED:
            packed = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
        if len(packed) != info.file_size or zlib.crc32(packed) != info.CRC:
            raise zipfile.BadZipFile(f"Bad CRC-32 for file {info.filename!r}")
        return packed

    def tree(self, name: str) -> etree._Element:
        """The root of a part's tree. Raises DocumentError."""
        return self._parsed(self.read(name))

    def _parsed(self, data: bytes) -> etree._Element:
        """The root of the tree of a part's bytes."""
        try:
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(error) from error

    def optional_tree(self, name: str) -> etree._Element | None:
        """The root of a part's tree, or None where there is no such part. Raises DocumentError."""
        return self.tree(name) if self.has(name) else None

    def elements(self, data: bytes, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part's bytes that have one of the tags, in order; of a large part each is cleared after use."""
        if len(data) <= WHOLE_PART:
            yield from self._parsed(data).iter(*tags)
            return
        stream = io.BytesIO(data)
        try:
            for _, element in etree.iterparse(
                stream,
                tag=tags,
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            ):
                yield element
                element.clear(keep_tail=False)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(error) from error

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """(kind, name of the target part) of a part's relationships by their id; those that lead outside are left out."""
        folder, name = posixpath.split(part)
        root = self.optional_tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relationship in root.iter(_RELATIONSHIP) if root is not None else ():
            if relationship.get("TargetMode") != "External":
                target = _target(folder, relationship.get("Target", ""))
                found[relationship.get("Id", "")] = (relationship.get("Type", ""), target)
        return found

    def remaining(self, data: bytes) -> etree._Element | None:
        """The root of the tree of what was left of a part when something was cut out of it; None where it makes none."""
        try:
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError):
            return None

    def _damaged(self, error: object) -> DocumentError:
        return DocumentError(
            self._file,
            "damaged",
            f"the file is damaged or was not fetched completely ({error})",
            "Fetch it again, or open it in an office program and save it anew",
        )

    def _bomb(self, message: str) -> DocumentError:
        return DocumentError(
            self._file, "too_large_unpacked", message, "Do not open it; ask its publisher for the file"
        )


@lru_cache(maxsize=1_000)
def _target(folder: str, target: str) -> str:
    """The name of the part that a relationship of a part in a folder leads to. Most files name their parts alike."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def encrypted(file: str) -> DocumentError:
    """The error of a file that only a password opens."""
    return DocumentError(
        file,
        "encrypted",
        "the file is protected by a password",
        "Open it with its password and save it without one",
    )


@cache
def _parser() -> etree.XMLParser:
    """The one parser: to make one takes as long as to parse a small part."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
