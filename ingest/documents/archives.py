"""ZIP archives: what is inside, and the bytes of one member. Nothing is unpacked to the disk.

In: an archive as a stream. Out: `Member`s in the archive's order, those of archives inside it in their place. A member's
name is only ever shown and compared, so a name with `..` or of another machine's folders does no harm. Refuses archives
that are damaged, hold too many members or unpack to too much; a member that cannot be read is a member with its problem.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ingest.documents.files import changed, check_size
from ingest.documents.finding import unknown_ending
from ingest.documents.model import DocumentError
from ingest.documents.readers import ENDINGS
from ingest.documents.signatures import format_by_content
from ingest.limits import MEGABYTE, current, still_going

# Between an archive and its member in a document's name: reports.zip!/2023/report.txt.
SEPARATOR = "!/"
MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ENDING = ".zip"
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1
# Up to this size a small text may well be packed to less than a hundredth.
_HARMLESS = 10 * MEGABYTE
_CHUNK = MEGABYTE
_LONGEST_NAME = 500
# All that zipfile and what it unpacks with have been seen to raise on damaged archives.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, RuntimeError, IndexError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive. `name` is unique in it, archives inside are part of it (`inner.zip!/a.txt`).

    `chain` leads to it: its place in the archive, or the place of the archive inside and its place there.
    `content_id` is the document_id that its bytes would give; null where they cannot be read, and `problem` says why as
    (cause, message, remedy). `is_skipped` is one whose name is not that of a report.
    """

    name: str
    chain: tuple[int, ...]
    content_id: str | None = None
    bytes: int = 0
    problem: tuple[str, str, str] | None = None
    is_skipped: bool = False


def is_archive(stream: BinaryIO) -> bool:
    """Whether the stream is a ZIP file that is no office document. A damaged one counts as an archive."""
    stream.seek(0)
    if not stream.read(4).startswith(MAGIC):
        return False
    stream.seek(0)
    data = stream.read(current().bytes + 1)
    # What is larger than any document is no document.
    return len(data) > current().bytes or format_by_content(data) == "zip"


def list_members(stream: BinaryIO, size: int, file: str) -> list[Member]:
    """The members of the archive in `stream`, which has `size` bytes. Raises DocumentError for the archive as a whole."""
    members: list[Member] = []
    names: Counter[str] = Counter()
    budget = _Budget(file, max(_HARMLESS, size * current().ratio))
    for member in _members(stream, file, (), budget):
        still_going()
        if len(members) >= current().members:
            raise _too_many(file)
        members.append(_told_apart(member, names))
    return members


def open_archive(source: BinaryIO | Path, file: str) -> zipfile.ZipFile:
    """The archive in a stream or at a path. Raises DocumentError."""
    try:
        return zipfile.ZipFile(source)
    except _DAMAGE as error:
        raise _damaged(file, error) from None


def member_bytes(archive: zipfile.ZipFile, place: int, file: str) -> bytes:
    """The bytes of the member at `place`. Raises DocumentError."""
    infos = _infos(archive, file)
    if place >= len(infos):
        raise changed(file)
    data = bytearray()
    for chunk in _chunks(archive, infos[place], file):
        data += chunk
        check_size(len(data), file)
    return bytes(data)


class _Budget:
    """How many bytes an archive may still unpack to, those of the archives inside it included."""

    def __init__(self, file: str, size: int) -> None:
        self.file, self.left = file, size

    def spend(self, count: int) -> None:
        """Raises DocumentError when it is used up."""
        self.left -= count
        if self.left < 0:
            raise DocumentError(
                self.file,
                "unpacks_to_too_much",
                f"the archive unpacks to more than {current().ratio} times its size",
                "This is how archive bombs look: unpack it where it can do no harm, or raise JIXIAO_MAX_RATIO",
            )


def _members(stream: BinaryIO, file: str, outer: tuple[int, ...], budget: _Budget) -> Iterator[Member]:
    with open_archive(stream, file) as archive:
        for place, info in enumerate(_infos(archive, file)):
            name = _name(info)
            if info.filename.endswith(("/", "\\")) or _is_hidden(name):
                continue
            chain = (*outer, place)
            suffix = PurePosixPath(name).suffix
            if suffix.lower() not in ENDINGS and suffix.lower() != ENDING:
                problem = unknown_ending(f"{file}{SEPARATOR}{name}", suffix)
                yield Member(name, chain, problem=_told(problem), is_skipped=True)
                continue
            try:
                yield from _readable(archive, info, name, chain, budget)
            except DocumentError as error:
                if error.cause in ("unpacks_to_too_much", "too_many_members"):
                    raise
                yield Member(name, chain, bytes=info.file_size, problem=_told(error))


def _readable(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, chain: tuple[int, ...], budget: _Budget
) -> Iterator[Member]:
    """A member with its content_id, or, where it is an archive itself, that one's members."""
    file = f"{budget.file}{SEPARATOR}{name}"
    digest, start, size = hashlib.sha256(), b"", 0
    for chunk in _chunks(archive, info, file):
        budget.spend(len(chunk))
        start = start or chunk[:4]
        size += len(chunk)
        check_size(size, file)
        digest.update(chunk)
    if start.startswith(MAGIC):
        inner = io.BytesIO(member_bytes(archive, chain[-1], file))
        if is_archive(inner):
            if len(chain) >= current().depth:
                raise DocumentError(
                    file,
                    "nested_too_deep",
                    f"archives are nested more than {current().depth} deep",
                    "Unpack the outer archive, or raise JIXIAO_MAX_DEPTH",
                )
            inner.seek(0)
            for member in _members(inner, file, chain, _Inside(budget, file)):
                yield replace(member, name=f"{name}{SEPARATOR}{member.name}")
            return
    yield Member(name, chain, digest.hexdigest()[:32], size)


class _Inside(_Budget):
    """The budget of an archive inside another: the other's, under its own name."""

    def __init__(self, outer: _Budget, file: str) -> None:
        self.outer, self.file = outer, file

    def spend(self, count: int) -> None:
        """Raises DocumentError when the outermost archive's is used up."""
        self.outer.spend(count)


def _infos(archive: zipfile.ZipFile, file: str) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > current().members:
        raise _too_many(file)
    return infos


def _too_many(file: str) -> DocumentError:
    return DocumentError(
        file,
        "too_many_members",
        f"the archive has more than {current().members} members",
        "Unpack it and load the folder, or raise JIXIAO_MAX_MEMBERS",
    )


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError(
            file, "encrypted", "the member is encrypted", "Unpack it with its password and load the folder"
        )
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except _DAMAGE as error:
        raise _damaged(file, error) from None


def _damaged(file: str, error: Exception) -> DocumentError:
    if isinstance(error, NotImplementedError):
        return DocumentError(
            file, "unknown_compression", f"it is packed in a way that is not read ({error})", "Pack it as a plain ZIP"
        )
    return DocumentError(
        file, "damaged_archive", f"the archive is damaged ({error})", "Fetch it again from its publisher"
    )


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker wrote it: without a flag for UTF-8 it is most likely GBK, the encoding of Windows."""
    name = info.filename
    if not info.flag_bits & _UTF_8_NAME:
        # zipfile has decoded it as the IBM code page of the format's first days, which keeps every byte.
        data = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = data.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = name.replace("\\", "/").encode(errors="replace").decode().split("/")
    name = "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"
    return name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME:]}"


def _is_hidden(name: str) -> bool:
    """Hidden files and folders, READMEs, and what macOS adds: left out as in a folder."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(p.startswith(".") for p in parts) or parts[-1].upper().startswith("README")


def _told_apart(member: Member, names: Counter[str]) -> Member:
    """The member, with a number before its name where earlier ones have the same."""
    names[member.name] += 1
    number = names[member.name]
    return member if number == 1 else replace(member, name=f"({number})/{member.name}")


def _told(error: DocumentError) -> tuple[str, str, str]:
    return error.cause, error.message, error.remedy
