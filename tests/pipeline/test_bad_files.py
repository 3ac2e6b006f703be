"""Any bad file is an outcome with its cause and what to do: files, folders, links, names, and ZIP archives."""

from __future__ import annotations

import ast
import io
import os
import re
import socket
import struct
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from ingest.documents import DocumentError, archives
from ingest.documents.archives import list_members
from ingest.documents.files import opened
from ingest.limits import Limits, use
from ingest.paths import PROJECT_ROOT, path_key, path_of_key, shown_path
from ingest.settings import Settings
from ingest.warehouse.loading import load, load_into, withdraw
from ingest.warehouse.store import open_store
from ingest.warehouse.summary import LoadSummary
from ingest.workers import crew, reading
from ingest.workers.jobs import Job, Listing, Reading, Refusal, from_json, to_json

REMEDIES_TOO = ("cause", "message", "remedy")


def text_of(amount: int) -> str:
    return f"甲县民政局2023年度部门整体支出绩效自评报告\n\n2023年部门决算支出{amount}万元。\n"


@pytest.fixture
def folder(settings: Settings) -> Path:
    """The source folder, with one good report in it."""
    (settings.sources[0] / "good.txt").write_text(text_of(1), encoding="utf-8")
    return settings.sources[0]


def causes(summary: LoadSummary) -> dict[str, str]:
    """The cause of each failure, by the file's name; each has its message and remedy."""
    assert all(getattr(problem, name) for problem in summary.problems for name in REMEDIES_TOO)
    return {Path(problem.origin.file).name: problem.cause for problem in summary.problems}


def skipped(summary: LoadSummary) -> dict[str, str]:
    return {Path(note.origin.file).name: note.cause for note in summary.notes if note.status == "skipped"}


def held_files(settings: Settings) -> list[str]:
    """The current documents, by what of their name follows the source folder."""
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        rows = connection.execute("select file from raw.documents where is_current order by file").fetchall()
    return [file.removeprefix(f"{settings.sources[0]}/") for (file,) in rows]


def zipped(path: Path, **members: str | bytes) -> Path:
    """An archive with these members; `__` in a name stands for a dot, and `_` for a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), content)
    return path


def test_what_is_no_file_is_named_and_never_read(settings: Settings, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(folder)
        listener.bind("socket.txt")
    os.chdir("/")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "nowhere.txt").symlink_to("gone.txt")
    (folder / "linked.txt").symlink_to("good.txt")
    (folder / "deep").mkdir()
    (folder / "deep" / "up").symlink_to("..")
    summary = load([folder], settings, command="load")
    assert causes(summary) == {
        "pipe.txt": "not_a_file",
        "socket.txt": "not_a_file",
        "loop.txt": "broken_link",
        "nowhere.txt": "broken_link",
    }
    assert skipped(summary) == {"up": "linked_folder"}
    assert summary.documents == Counter(ok=1, unchanged=1)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless device")
def test_a_link_to_a_device_is_not_read_for_ever(settings: Settings, folder: Path) -> None:
    (folder / "endless.txt").symlink_to("/dev/zero")
    assert causes(load([folder], settings, command="load")) == {"endless.txt": "not_a_file"}


def test_a_folder_that_cannot_be_listed_is_named(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir(mode=0)
    if os.access(folder / "closed", os.R_OK):
        real_scandir = os.scandir

        def refuse(path: object) -> object:
            if path == folder / "closed":
                raise PermissionError(13, "Permission denied", str(path))
            return real_scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
    summary = load([folder], settings, command="load")
    assert causes(summary) == {"closed": "unreadable"}
    assert summary.documents == Counter(ok=1)


def test_what_has_another_ending_is_noted_and_what_is_hidden_is_not(settings: Settings, folder: Path, jixiao) -> None:
    for name in ("reports.rar", "plan.dwg", "no ending", ".hidden.txt", "README.txt", "readme.md", ".DS_Store"):
        (folder / name).write_text(text_of(5), encoding="utf-8")
    summary = load([folder], settings, command="load")
    assert skipped(summary) == {
        "reports.rar": "other_archive",
        "plan.dwg": "unknown_ending",
        "no ending": "unknown_ending",
    }
    assert (summary.failed, summary.documents) == (0, Counter(ok=1))
    told = jixiao("status").out
    assert "Left aside" in told
    assert "other_archive: 1. Unpack it" in told
    assert "To put right" not in told
    # Named by itself, it is read.
    assert load([folder / "no ending"], settings, command="load").documents == Counter(ok=1)


def test_a_file_larger_than_the_limit_is_refused_without_being_read(settings: Settings, folder: Path) -> None:
    for name, start in (("huge.txt", b""), ("huge.zip", b"PK\x03\x04"), ("huge.pdf", b"%PDF-1.7")):
        with (folder / name).open("wb") as stream:
            stream.write(start)
            stream.truncate(10**12)
    summary = load([folder], settings, command="load")
    assert causes(summary) == dict.fromkeys(("huge.txt", "huge.zip", "huge.pdf"), "too_large")
    assert {p.remedy.split()[-1] for p in summary.problems} == {"JIXIAO_MAX_BYTES", "JIXIAO_MAX_ARCHIVE"}


def test_a_file_that_changes_while_it_is_read_is_tried_again(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "good.txt"
    real_examine = crew.examine

    def meanwhile(examined: Path, file: str) -> crew.Content:
        content = real_examine(examined, file)
        path.write_text(text_of(2), encoding="utf-8")
        return content

    with monkeypatch.context() as patch:
        patch.setattr("ingest.warehouse.intake.examine", meanwhile)
        assert causes(load([folder], settings, command="load")) == {"good.txt": "changed_while_read"}
    assert load([folder], settings, command="load").documents == Counter(ok=1)


def test_a_file_that_grows_while_it_is_hashed_is_told(folder: Path) -> None:
    path = folder / "good.txt"
    with pytest.raises(DocumentError, match="changed while it was read"), opened(path, "good.txt") as stream:
        stream.read()
        path.write_text("more", encoding="utf-8")


def test_names_that_are_not_unicode_are_read_shown_and_found_again(settings: Settings, folder: Path, jixiao) -> None:
    gbk, odd = os.fsencode(folder) + "/报告.txt".encode("gbk"), os.fsencode(folder) + b"/\xff\xfe.txt"
    for name, amount in ((gbk, 2), (odd, 3)):
        Path(os.fsdecode(name)).write_text(text_of(amount), encoding="utf-8")
    ended = jixiao("load", folder)
    assert (ended.code, ended.out.split(" with")[0]) == (0, "loaded 3 documents"), ended.err
    assert held_files(settings) == ["\\xff\\xfe.txt", "good.txt", "报告.txt"]
    assert load([folder], settings, command="load").documents == Counter(unchanged=3)
    assert jixiao("extract", folder).code == 0
    for name in (gbk, odd):
        Path(os.fsdecode(name)).write_bytes(b"")
    assert jixiao("load", folder).code == 1
    assert "empty_file: 2" in jixiao("status").out
    for name in (gbk, odd):
        Path(os.fsdecode(name)).unlink()
    assert "empty_file" not in jixiao("status").out
    with open_store(settings.store, "rebuild", "") as store:
        assert load_into(store, [folder], settings, withdraw_missing=True).documents["withdrawn"] == 2


@pytest.mark.parametrize("name", [b"/a/b.txt", "/报告".encode(), "/报告".encode("gbk"), b"/\xff", b"/bytes:%41"])
def test_a_path_outlives_being_written_down(name: bytes) -> None:
    path = Path(os.fsdecode(name))
    key = path_key(path)
    key.encode()
    shown_path(path).encode()
    assert path_of_key(key) == path


def test_the_members_of_an_archive_are_documents_of_their_own(settings: Settings, folder: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("县区/c.txt", text_of(4))
    zipped(
        folder / "reports.zip",
        **{
            "2023_a__txt": text_of(2),
            "b__txt": text_of(3),
            "more__zip": inner.getvalue(),
            "empty__txt": "",
            "picture__xyz": "no report",
            "__MACOSX_._b__txt": "left out",
        },
    )
    summary = load([folder], settings, command="load")
    assert summary.documents == Counter(ok=4)
    assert causes(summary) == {"empty.txt": "empty_file"}
    assert skipped(summary) == {"picture.xyz": "unknown_ending"}
    assert held_files(settings) == [
        "good.txt",
        "reports.zip!/2023/a.txt",
        "reports.zip!/b.txt",
        "reports.zip!/more.zip!/县区/c.txt",
    ]
    again = load([folder], settings, command="load")
    assert (again.documents, again.failed) == (Counter(unchanged=4), 1)


def test_what_is_no_longer_in_an_archive_is_withdrawn(settings: Settings, folder: Path, jixiao) -> None:
    path = zipped(folder / "r.zip", a__txt=text_of(2), b__txt=text_of(3), bad__txt="")
    load([folder], settings, command="load")
    zipped(path, b__txt=text_of(3), c__txt=text_of(4))
    assert load([folder], settings, command="load").documents == Counter(ok=1, unchanged=2, withdrawn=1)
    assert held_files(settings) == ["good.txt", "r.zip!/b.txt", "r.zip!/c.txt"]
    assert "To put right" not in jixiao("status").out
    # An archive that turns bad keeps what it gave.
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert causes(load([folder], settings, command="load")) == {"r.zip": "damaged_archive"}
    assert len(held_files(settings)) == 3
    path.unlink()
    with open_store(settings.store, "rebuild", "") as store:
        assert load_into(store, [folder], settings, withdraw_missing=True).documents["withdrawn"] == 2
    assert held_files(settings) == ["good.txt"]


def test_an_archive_can_be_let_go_of_by_name(settings: Settings, folder: Path) -> None:
    path = zipped(folder / "r.zip", a__txt=text_of(2), b__txt=text_of(3))
    load([folder], settings, command="load")
    assert withdraw([path], settings, command="withdraw").documents == Counter(withdrawn=2)


def test_a_file_that_was_an_archive_lets_go_of_its_members(settings: Settings, folder: Path) -> None:
    path = zipped(folder / "r.zip", a__txt=text_of(2))
    load([folder], settings, command="load")
    path.write_text(text_of(9), encoding="utf-8")
    assert load([folder], settings, command="load").documents == Counter(ok=1, unchanged=1, withdrawn=1)


def members_of(data: bytes, limits: Limits | None = None) -> list[archives.Member]:
    use(limits or Limits())
    try:
        return list_members(io.BytesIO(data), len(data), "r.zip")
    finally:
        use(Limits())


def archive_of(*members: tuple[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def test_names_in_an_archive_lead_nowhere(settings: Settings, folder: Path, tmp_path: Path) -> None:
    hostile = ("../../../up.txt", "/etc/root.txt", "..\\..\\back.txt", "C:\\windows\\drive.txt", "a/./b//c.txt")
    data = archive_of(*((name, text_of(number)) for number, name in enumerate(hostile, 10)))
    assert [member.name for member in members_of(data)] == [
        "up.txt",
        "etc/root.txt",
        "back.txt",
        "C:/windows/drive.txt",
        "a/b/c.txt",
    ]
    (folder / "r.zip").write_bytes(data)
    before = {path for path in tmp_path.rglob("*") if settings.home not in path.parents}
    assert load([folder], settings, command="load").documents == Counter(ok=6)
    assert {path for path in tmp_path.rglob("*") if settings.home not in path.parents} == before | {settings.home}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_of_an_archive_without_a_flag_are_told_by_their_bytes(encoding: str) -> None:
    # Of the same length in bytes, so that it can stand in its place.
    name = "部门/绩效报告.txt".encode(encoding)
    data = archive_of(("x" * len(name), "text")).replace(b"x" * len(name), name)
    assert [member.name for member in members_of(data)] == ["部门/绩效报告.txt"]


def test_members_of_one_name_are_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = archive_of(("a.txt", "1"), ("a.txt", "2"), ("b.txt", "3"))
    names = [member.name for member in members_of(data)]
    assert names == ["a.txt", "(2)/a.txt", "b.txt"]


def bomb(depth: int, width: int = 4) -> bytes:
    """Zeros packed a thousand times smaller, in archives in archives."""
    data = archive_of(("zeros.txt", bytes(20_000_000)))
    for _ in range(depth):
        data = archive_of(*((f"{number}.zip", data) for number in range(width)))
    return data


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (bomb(0), "unpacks_to_too_much"),
        (bomb(1), "unpacks_to_too_much"),
        (archive_of(*((f"{number}.txt", "") for number in range(6))), "too_many_members"),
        (archive_of(("in.zip", archive_of(*((f"{n}.txt", "") for n in range(6))))), "too_many_members"),
        (b"PK\x03\x04" + bytes(100), "damaged_archive"),
        (archive_of(("a.txt", "text"))[:-8], "damaged_archive"),
    ],
)
def test_an_archive_that_cannot_be_read_says_why(data: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as refused:
        members_of(data, Limits(members=5, ratio=50))
    assert refused.value.cause == cause
    assert refused.value.remedy


def encrypted_member() -> bytes:
    data = bytearray(archive_of(("a.txt", "text"), ("b.txt", "text")))
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    return bytes(data)


def strangely_packed() -> bytes:
    data = bytearray(archive_of(("a.txt", "text"), ("b.txt", "text")))
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, 8, 9)
    struct.pack_into("<H", data, directory + 10, 9)
    return bytes(data)


def flipped() -> bytes:
    data = bytearray(archive_of(("a.txt", "text " * 9), ("b.txt", "text"), compression=zipfile.ZIP_STORED))
    data[40] ^= 255
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (encrypted_member(), "encrypted"),
        (strangely_packed(), "unknown_compression"),
        (flipped(), "damaged_archive"),
        (archive_of(("a.txt", b"0123456789" * 20), ("b.txt", "text")), "too_large"),
        (archive_of(("a.zip", archive_of(("c.zip", archive_of(("d.txt", "")))))), "nested_too_deep"),
    ],
)
def test_a_member_that_cannot_be_read_costs_no_other(data: bytes, cause: str) -> None:
    first, *others = members_of(data, Limits(bytes=len(data) if cause != "too_large" else 150, depth=2))
    assert first.problem
    assert first.problem[0] == cause
    assert [other.problem for other in others] in ([None], [])


def test_a_damaged_name_table_is_no_fault_of_ours() -> None:
    whole = archive_of(("a.txt", "text"), ("b.txt", "text"))
    for place in range(len(whole)):
        for value in (0, 255, whole[place] ^ 1):
            damaged = whole[:place] + bytes([value]) + whole[place + 1 :]
            try:
                members_of(damaged)
            except DocumentError as error:
                assert error.cause in ("damaged_archive", "unpacks_to_too_much", "unknown_compression")


def test_text_of_an_archive_is_that_of_its_member(folder: Path, jixiao) -> None:
    one = zipped(folder / "one.zip", a__txt=text_of(2))
    many = zipped(folder / "many.zip", a__txt=text_of(3), b__txt=text_of(4), bad__txt="")
    assert jixiao("text", one).out == text_of(2)
    assert jixiao("text", f"{many}!/b.txt").out == jixiao("text", f"{many}!b.txt").out == text_of(4)
    several = jixiao("text", many)
    assert (several.code, several.out) == (1, "")
    assert f"{many}!/a.txt" in several.err
    for file, message in (
        (f"{many}!/none.txt", "no such document"),
        (f"{many}!/bad.txt", "empty"),
        (f"{folder}/good.txt!/a.txt", "no archive"),
        (folder, "folder"),
    ):
        ended = jixiao("text", file)
        assert (ended.code, ended.out) == (1, "")
        assert message in ended.err
    found = jixiao("quantities", one, "--format", "csv").out
    assert "2万元" in found
    assert jixiao("extract", one).out.count("\n") == 1


def test_an_archive_that_changes_after_it_was_listed_gives_nothing_else(folder: Path) -> None:
    path = zipped(folder / "r.zip", a__txt=text_of(2), b__txt=text_of(3))
    listing = reading.answer(Job(str(path), "r.zip"))
    assert isinstance(listing, Listing)
    zipped(path, a__txt=text_of(4))
    causes_then = []
    for member in listing.members:
        answer = reading.answer(Job(str(path), member.name, member.chain, member.content_id))
        assert isinstance(answer, Refusal)
        assert not answer.is_lasting
        causes_then.append(answer.cause)
    assert causes_then == ["changed_while_read"] * 2


def test_answers_come_back_as_they_were(folder: Path) -> None:
    path = zipped(folder / "r.zip", a__txt=text_of(2), b__bin="")
    answers = [
        reading.answer(Job(str(folder / "good.txt"), "good.txt")),
        reading.answer(Job(str(path), "r.zip")),
        reading.answer(Job(str(folder / "none.txt"), "none.txt")),
    ]
    assert [type(answer) for answer in answers] == [Reading, Listing, Refusal]
    for answer in answers:
        assert from_json(to_json(answer)) == answer
    job = Job(os.fsdecode(b"/\xff.txt"), "?.txt", (1, 2), "ab")
    assert Job.from_json(job.to_json()) == job


@pytest.mark.parametrize("line", ["", "null", "[]", '["Reading", {}]', '["os.system", {"a": 1}]', "[" * 100_000])
def test_what_is_no_answer_is_not_taken_for_one(line: str) -> None:
    with pytest.raises(ValueError, match="no answer"):
        from_json(line)


@pytest.mark.slow
def test_damaged_and_hostile_files_of_every_format_harm_nobody(tmp_path: Path) -> None:
    # All that was thought out to do harm, and some mutations; `python -m bench.hostile` has more of them.
    command = [sys.executable, "-m", "bench.hostile", "--good=16", "--bad=100"]
    environment = os.environ | {"TMPDIR": str(tmp_path), "JIXIAO_WORKERS": "2"}
    ended = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    assert "100 bad ones" in ended.stdout
    assert list(tmp_path.iterdir()) == []


def causes_in_the_code() -> dict[str, str]:
    """Every code that an error, a note, a refusal or an outcome is made with, and the module that does."""
    found = {}
    for path in sorted((PROJECT_ROOT / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CAUSE_AT:
                place = CAUSE_AT[node.func.id]
                given = [*node.args[place : place + 1], *(k.value for k in node.keywords if k.arg == "cause")]
                parts = [part for value in given for part in ast.walk(value)]
                found |= {p.value: path.name for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)}
    return found


# Where the cause stands among what each is made of.
CAUSE_AT = {"DocumentError": 1, "Note": 0, "Refusal": 0, "withdrawals": 1, "Outcome": 4}


def test_every_cause_is_explained_to_the_operator() -> None:
    found = causes_in_the_code()
    assert {"too_large", "too_slow", "worker_died", "profile_incomplete", "file_gone"} <= found.keys()
    text = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    explained = {code for row in re.findall(r"^\|(.+?)\|", text, re.MULTILINE) for code in re.findall(r"`(\w+)`", row)}
    assert {cause: module for cause, module in found.items() if cause not in explained} == {}
