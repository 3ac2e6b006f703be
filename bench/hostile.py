"""What 50 good files in every format and 500 damaged and hostile ones do to a load: `make bench-loading`.

The damaged ones are mutations of the good ones, the same at every run, and some that were thought out. Prints what became
of them by cause, time and peaks of memory, and what a second run does. Ends with exit code 1 where a good file is not
loaded as it is alone, a file has no outcome, a fault of Jixiao's own shows, a process is left or the second run reads
anything again.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import duckdb

from bench.memory import children, peaks
from ingest.documents import find_documents, read_document
from ingest.limits import GIGABYTE, MEGABYTE, Limits
from ingest.paths import SAMPLES
from ingest.settings import Settings
from ingest.warehouse.loading import load
from ingest.warehouse.summary import LoadSummary
from tests.ingest.office_reports import as_docx, as_html, as_xls, as_xlsx, parts_of
from tests.ingest.printed_reports import print_report

LIMITS = Limits(seconds=20, memory=GIGABYTE, bytes=50 * MEGABYTE)
# What became of each bad file, members of archives counted with theirs.
_OUTCOMES = """
    with outcomes as (
        select split_part(split_part(file, '/bad/', 2), '!/', 1) as name, contains(file, '!/') as is_member, *
        from raw.outcomes
        where last_run_id = (select max_by(run_id, started_at) from raw.runs) and contains(file, '/bad/')
    )
    select
        name,
        coalesce(arg_max(cause, status in ('failed', 'skipped')) filter (cause is not null), '') as cause,
        case
            when bool_or(stage = 'loaded') then 'loaded'
            when bool_or(status = 'failed') then 'failed'
            else min(status)
        end as became,
        count(*) filter (is_member and stage = 'read') as members,
        sum(seconds) as seconds
    from outcomes
    group by name
"""


def main() -> None:
    """Make the files, load them twice, and print what happened."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="make the files in this folder and leave them there")
    parser.add_argument("--seed", type=int, default=20260101, help="of the mutations")
    parser.add_argument("--good", type=int, default=50, help="how many good files")
    parser.add_argument("--bad", type=int, default=500, help="how many bad files")
    parser.add_argument("--make", action="store_true", help="make the files and end")
    arguments = parser.parse_args()
    if arguments.make:
        good = write_good(arguments.keep / "good", arguments.good)
        write_bad(arguments.keep / "bad", arguments.bad, good, random.Random(arguments.seed))
        return
    with tempfile.TemporaryDirectory(prefix="jixiao-hostile-") as temporary:
        folder = arguments.keep or Path(temporary) / "files"
        # In a process of its own, whose memory does not count.
        numbers = (f"--{name}={getattr(arguments, name)}" for name in ("good", "bad", "seed"))
        if not folder.exists():
            subprocess.run(
                [sys.executable, "-m", "bench.hostile", "--make", "--keep", str(folder), *numbers], check=True
            )
        sys.exit(run(folder, Path(temporary)))


def run(folder: Path, home: Path) -> int:
    """Load the folder twice, and the good files alone; returns the exit code."""
    settings = Settings(home=home / "home", limits=LIMITS)
    alone = replace(settings, home=home / "alone")
    load([folder / "good"], alone, command="load")
    with peaks() as memory:
        first, seconds = _timed(folder, settings)
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        outcomes = connection.execute(_OUTCOMES).fetchall()
    again, seconds_again = _timed(folder, settings)
    files = sum(1 for _ in (folder / "bad").iterdir())
    faults = {
        "a good file is not loaded as it is alone": _figures(settings) != _figures(alone) or not _figures(alone),
        "a bad file has no outcome": len(outcomes) != files,
        "a fault of Jixiao's own": any(cause == "internal_error" for _, cause, *_ in outcomes),
        "a worker is left": bool(children()),
        "the second run read something again": bool(again.documents["ok"]) or again.failed != first.failed,
    }
    good = sum(1 for _ in (folder / "good").iterdir())
    print(
        f"{good} good files and {files} bad ones, {settings.workers} workers: {seconds:.1f} s. What became of the bad ones:"
    )
    for (became, cause), number in Counter((became, cause) for _, cause, became, *_ in outcomes).most_common():
        print(f"  {number:4}  {became} {cause}")
    slowest = sorted(outcomes, key=lambda outcome: -(outcome[4] or 0))[:5]
    print("Slowest to read:", ", ".join(f"{name} {seconds:.1f} s" for name, *_, seconds in slowest))
    print(
        f"Peak of memory: {memory.own / MEGABYTE:.0f} MB here, {memory.child / MEGABYTE:.0f} MB in the largest worker"
    )
    print(
        f"Second run: {seconds_again:.1f} s, {again.documents['ok']} loaded, {again.documents['unchanged']} unchanged"
    )
    for fault, is_there in faults.items():
        print(f"  {'FAULT: ' if is_there else 'not so: '}{fault}")
    return int(any(faults.values()))


def _timed(folder: Path, settings: Settings) -> tuple[LoadSummary, float]:
    started = time.perf_counter()
    summary = load([folder], settings, command="load")
    return summary, time.perf_counter() - started


def _figures(settings: Settings) -> list[tuple[object, ...]]:
    """The figures of the good files, without what two copies of one text may differ in."""
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        return connection.execute(
            """
            select figures.* exclude (file) from raw.figures
            where document_id in (select document_id from raw.sources where contains(path, '/good/'))
            order by figures.document_id, ordinal
            """
        ).fetchall()


def write_good(folder: Path, count: int) -> list[Path]:
    """Readable reports, in each format in turn."""
    folder.mkdir(parents=True)
    samples = [read_document(path) for path in find_documents([SAMPLES / "reports"])]
    makers: tuple[tuple[str, Callable[[int], bytes]], ...] = (
        (".txt", lambda n: samples[n].text.encode()),
        (".txt", lambda n: samples[n].text.encode("gb18030", errors="replace")),
        (".html", lambda n: as_html(parts_of(samples[n]))),
        (".docx", lambda n: as_docx(parts_of(samples[n]))),
        (".xlsx", lambda n: as_xlsx(parts_of(samples[n]))),
        (".xls", lambda n: as_xls(parts_of(samples[n]))),
        (".pdf", lambda n: print_report(samples[n])),
        (".zip", lambda n: _zip(("报告.txt", samples[n].text.encode()), ("表.html", as_html(parts_of(samples[n]))))),
    )
    paths = []
    for number, (ending, make) in islice(enumerate(cycle(makers)), count):
        path = folder / f"{number:02}{ending}"
        path.write_bytes(make(number % len(samples)))
        paths.append(path)
    return paths


def write_bad(folder: Path, count: int, good: list[Path], chance: random.Random) -> None:
    """Files that are damaged, lie about what they are, or want to do harm."""
    folder.mkdir(parents=True)
    for number, (ending, content) in enumerate(thought_out()):
        (folder / f"thought-{number:02}{ending}").write_bytes(content)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "nowhere.pdf").symlink_to("gone.pdf")
    (folder / "endless.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.docx")
    (folder / os.fsdecode("坏.pdf".encode("gbk"))).write_bytes(b"%PDF-1.7 no more")
    (folder / "huge.pdf").touch()
    os.truncate(folder / "huge.pdf", 10**11)
    ours = len(list(folder.iterdir()))
    for number in range(count - ours):
        path = good[number % len(good)]
        name, mutate = chance.choice(MUTATIONS)
        mutated = mutate(path.read_bytes(), chance, good)
        ending = chance.choice(good).suffix if name == "ending" else path.suffix
        (folder / f"{number:03}-{path.stem}-{name}{ending}").write_bytes(mutated)


def thought_out() -> Iterator[tuple[str, bytes]]:
    """(ending, content) of files that somebody would make to do harm, or by mistake."""
    yield ".txt", b""
    yield ".txt", b" \n\t\r\n" * 100
    yield ".txt", bytes(MEGABYTE)
    yield ".txt", "万".encode() * 2_000_000
    yield ".txt", b"1" * 5_000_000
    yield ".txt", ("支出" + "1,234," * 400_000).encode()
    yield ".txt", ("|" * 300_000 + "\n").encode() * 3
    yield ".txt", b"\xff\xfe" + b"\x00\xd8" * 1000
    yield ".html", b"<html><body>" + b"<div>" * 500_000
    yield ".html", ("<html><body><table>" + "<tr><td rowspan=65535 colspan=1000>1万元</td></tr>" * 500).encode()
    yield ".html", b"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>" + _entities() + b"]><html><body>&j;</body></html>"
    yield ".xml", b"<?xml version='1.0'?><!DOCTYPE a [" + _entities() + b"]><a>&j;</a>"
    for part, ending in (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx")):
        types = ("[Content_Types].xml", b"<Types/>")
        yield ending, _zip(types, (part, b"<?xml version='1.0'?><!DOCTYPE a [" + _entities() + b"]><a>&j;</a>"))
        yield ending, _zip(types, (part, b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"))
        yield ending, _zip(types, (part, b"<a>" * 300_000))
        yield ending, _zip(types, (part, bytes(300 * MEGABYTE)))
        yield ending, _zip(types, ("../../" + part, b"<a/>"))
        yield ending, _zip(types)
    yield (
        ".xlsx",
        _sheet('<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    )
    yield ".zip", _zip(("zeros.txt", bytes(400 * MEGABYTE)))
    yield ".zip", _nested(4)
    yield ".zip", _zip(*((f"{number}.txt", b"x") for number in range(12_000)))
    yield ".zip", _zip(("../../../../tmp/out.txt", b"text"), ("/etc/cron.d/out.txt", b"text"))
    yield ".zip", b"PK\x05\x06" + bytes(18)
    yield ".zip", b"Rar!\x1a\x07\x01\x00" + bytes(100)
    yield ".pdf", _pdf(10_000)
    yield ".pdf", _pdf(1, content=b"q " * 3_000_000)
    yield ".pdf", _pdf(1, content=b"BT /F 12 Tf " + b"(1234) Tj " * 300_000 + b"ET")
    yield ".pdf", _pdf(1, box=b"[0 0 100000000 100000000]")
    yield ".pdf", _pdf(3, kids_loop=True)
    yield ".pdf", b"%PDF-1.7\n%%EOF"
    yield ".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    yield ".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000
    yield ".rtf", b"{\\rtf1" + b"{" * 200_000
    yield ".pdf", b"MZ" + bytes(5000)


Mutation = Callable[[bytes, random.Random, list[Path]], bytes]


def _cut(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    return data[: chance.randrange(len(data))]


def _head_cut(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    return data[chance.randrange(1, len(data)) :]


def _flip(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    mutated = bytearray(data)
    for _number in range(chance.choice((1, 5, 50, 500))):
        mutated[chance.randrange(len(mutated))] ^= 1 << chance.randrange(8)
    return bytes(mutated)


def _blank(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    start = chance.randrange(len(data))
    size = chance.randrange(1, len(data) - start + 1)
    return data[:start] + bytes([chance.choice((0, 32, 255))]) * size + data[start + size :]


def _repeat(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + chance.randrange(1, 20_000)] * chance.choice((2, 30)) + data[start:]


def _splice(data: bytes, chance: random.Random, good: list[Path]) -> bytes:
    other = chance.choice(good).read_bytes()
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _numbers(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    """Where lengths and counts stand in binary formats, other ones."""
    mutated = bytearray(data)
    for _number in range(chance.choice((1, 3, 20))):
        place = chance.randrange(max(1, len(mutated) - 4))
        mutated[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4), b"9999"))
    return bytes(mutated)


def _repack(data: bytes, chance: random.Random, good: list[Path]) -> bytes:
    """A mutation of a part of a ZIP-based format, so that it reaches the reader behind the archive."""
    if not data.startswith(b"PK"):
        return _flip(data, chance, good)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    hit = chance.randrange(len(parts))
    mutate = chance.choice((_cut, _flip, _blank, _repeat))
    return _zip(*((n, mutate(c, chance, good) if i == hit and c else c) for i, (n, c) in enumerate(parts)))


def _as_is(data: bytes, chance: random.Random, _: list[Path]) -> bytes:
    """For the wrong ending: the bytes are good, but must not be those of a good file."""
    return data + b" " * chance.randrange(1, 5)


MUTATIONS: tuple[tuple[str, Mutation], ...] = (
    ("cut", _cut),
    ("head", _head_cut),
    ("flip", _flip),
    ("blank", _blank),
    ("repeat", _repeat),
    ("splice", _splice),
    ("numbers", _numbers),
    ("repack", _repack),
    ("ending", _as_is),
)


def _zip(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def _nested(depth: int) -> bytes:
    data = _zip(("zeros.txt", bytes(MEGABYTE)))
    for _ in range(depth):
        data = _zip(*((f"{number}.zip", data) for number in range(8)))
    return data


def _entities() -> bytes:
    """The billion laughs."""
    names = "abcdefghij"
    return b"".join(
        f"<!ENTITY {name} '{(f'&{before};' if before else 'ha') * 10}'>".encode()
        for before, name in zip(" " + names, names, strict=False)
    ).replace(b"& ;", b"ha")


def _sheet(inside: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return _zip(
        ("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>'.encode()),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{related}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{related}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/workbook.xml",
            f'<workbook {space} xmlns:r="{related}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        ),
        ("xl/worksheets/sheet1.xml", f"<worksheet {space}>{inside}</sheetData></worksheet>".encode()),
    )


def _pdf(pages: int, *, content: bytes = b"", box: bytes = b"[0 0 595 842]", kids_loop: bool = False) -> bytes:
    """A PDF made by hand, of so many pages with this content."""
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b"2 0 R " * 50 if kids_loop else kids),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 3 0 R /Resources << /Font << /F << /Type /Font"
    page += b" /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    objects += [page % box] * pages
    stream = io.BytesIO()
    stream.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(stream.tell())
        stream.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = stream.tell()
    stream.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    stream.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    stream.write(b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return stream.getvalue()


if __name__ == "__main__":
    main()
