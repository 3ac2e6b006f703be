"""What a file is, its content tells; an ending that lies changes nothing, and what has no reader is named."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt

from ingest.documents import DocumentError, find_documents, read_document
from ingest.documents.readers import ENDINGS, READERS, format_of, legacy, read_content
from ingest.figures import extract_figures
from ingest.paths import SAMPLES
from tests.ingest.office_reports import as_docx, as_html, as_xls, as_xlsx, parts_of

REPORT = read_document(SAMPLES / "reports" / "luoyuan_2022_standard_notice.txt")
PARTS = parts_of(REPORT)
TEXT = REPORT.text.encode()
MHT = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=E7=94=B2 12=E4=B8=87=E5=85=83</p></body></html>\r\n--xx--\r\n"
FILES = {
    "text": TEXT, "html": as_html(PARTS), "docx": as_docx(PARTS), "xlsx": as_xlsx(PARTS), "xls": as_xls(PARTS), "mhtml": MHT,
}  # fmt: skip
LYING = [".txt", ".html", ".docx", ".xlsx", ".xls", ".doc", ".pdf", ".wps", "", ".dat"]


@pytest.mark.parametrize("ending", LYING)
@pytest.mark.parametrize("form", FILES)
def test_a_file_is_read_as_what_it_is_whatever_its_name_says(form: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{ending}"
    path.write_bytes(FILES[form])
    document = read_document(path)
    assert document.format == form
    assert document.text == read_content(FILES[form], f"report.{form}")[1].text


def zipped(**files: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def ole(stream: str) -> bytes:
    """An OLE file with a stream of this name and nothing else that counts: an old workbook whose stream is called so."""
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, "乙" * 3000)
    target = BytesIO()
    book.save(target)
    old, new = "Workbook".encode("utf-16-le"), stream.encode("utf-16-le")
    data = target.getvalue()
    place = data.index(old)
    entry = bytearray(data[place : place + 128])
    entry[:64] = new.ljust(64, b"\0")
    entry[64:66] = (len(new) + 2).to_bytes(2, "little")
    return data[:place] + bytes(entry) + data[place + 128 :]


SHOWN = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "a PDF behind other bytes": (b"X-Mail: 1\r\n\r\n%PDF-1.4", "pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
    "a photograph": (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    "rich text": (b"{\\rtf1\\ansi", "rtf"),
    "a page after white space": (b"\r\n  <!DOCTYPE html PUBLIC '-//W3C//DTD'><html>", "html"),
    "a page after a comment": (b"<!-- saved --><HTML xmlns:o='urn'>", "html"),
    "a page of XHTML": (b"<?xml version='1.0'?>\n<html xmlns='x'>", "html"),
    "a page in UTF-16": ("<html><body>甲".encode("utf-16"), "html"),
    "a page behind a mark": (b"\xef\xbb\xbf<table border=1>", "html"),
    "a text that speaks of pages": ("本页使用<html>和<p>两种标记。".encode(), None),
    "a text with tags in it": ("部门概况\t<p>贯彻政策。</p>".encode(), None),
    "an XML file of Excel 2003": (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>", "xml_office"),
    "an archive": (zipped(**{"a.txt": TEXT}), "zip"),
    "an OFD": (zipped(**{"OFD.xml": b"<x/>", "Doc_0/Document.xml": b"<x/>"}), "ofd"),
    "a presentation": (zipped(**{"ppt/presentation.xml": b"<x/>"}), "pptx"),
    "a binary workbook": (zipped(**{"xl/workbook.bin": b"x"}), "xlsb"),
    "an OpenDocument text": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
    "an OpenDocument sheet": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    "a DOC": (ole("WordDocument"), "doc"),
    "an encrypted DOCX": (ole("EncryptedPackage"), "encrypted"),
    "an old presentation": (ole("PowerPoint Document"), "ppt"),
    "an unknown office file": (ole("Something"), "ole"),
    "a RAR archive": (b"Rar!\x1a\x07\x01\0", "rar"),
    "nothing": (b"", None),
}  # fmt: skip


@pytest.mark.parametrize(("data", "form"), SHOWN.values(), ids=SHOWN.keys())
def test_bytes_show_their_format(data: bytes, form: str | None) -> None:
    assert format_of(data, "report.txt") == (form or "text")


def test_a_page_that_begins_without_a_tag_is_told_by_its_ending() -> None:
    page = "全年发放低保金<b>12</b>万元。<p>惠及2310人。</p>".encode()
    assert format_of(page, "a.html") == "html"
    assert format_of(page, "a.txt") == format_of(TEXT, "a.html") == "text"


@pytest.mark.parametrize("name", ["an OFD", "a presentation", "a binary workbook", "an unknown office file", "an old presentation"])  # fmt: skip
def test_what_no_reader_is_for_is_refused_by_name(name: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_content(SHOWN[name][0], "inbox/report.doc" if "old" in name else "inbox/report.docx")
    assert (refused.value.cause, refused.value.file[:6]) == ("unsupported_format", "inbox/")
    assert refused.value.remedy


def test_a_file_that_a_password_protects_says_so() -> None:
    with pytest.raises(DocumentError) as refused:
        read_content(ole("EncryptedPackage"), "report.docx")
    assert refused.value.cause == "encrypted"


@pytest.mark.parametrize("form", ["docx", "xlsx", "xls"])
def test_an_office_file_broken_anywhere_is_read_or_refused(form: str) -> None:
    """A DocumentError at worst, with bytes cut off or changed at forty places of the file."""
    data = FILES[form]
    causes = set()
    for place in range(0, len(data), len(data) // 40):
        for broken in (data[:place], data[:place] + b"\xff\0" * 8 + data[place + 16 :]):
            try:
                read_content(broken, f"report.{form}")
            except DocumentError as error:
                causes.add(error.cause)
    assert causes <= {"empty_file", "damaged", "no_text", "not_text", "unsupported_format", "unknown_encoding", "encrypted", "too_large_unpacked"}  # fmt: skip
    assert "damaged" in causes


def test_every_ending_leads_to_a_reader_and_a_folder_gives_the_files_that_have_one(tmp_path: Path) -> None:
    assert set(ENDINGS.values()) <= set(READERS)
    names = [f"报告{ending}" for ending in ENDINGS] + ["报告.DOCX"]
    for name in [*names, "figures.csv", "photo.exe", ".hidden.docx", "~$lock.docx"]:
        (tmp_path / name).write_bytes(b"x")
    assert {path.name for path in find_documents([tmp_path])} == set(names)


# ------------------------------------------------------------------ LibreOffice

_SCRIPT = """#!{python}
import pathlib, sys
at = sys.argv.index("--outdir")
out = pathlib.Path(sys.argv[at + 1])
profile = next(a for a in sys.argv if a.startswith("-env:UserInstallation=file:///"))
settings = pathlib.Path(profile.partition("file://")[2], "user", "registrymodifications.xcu").read_text()
assert "--headless" in sys.argv and "DisableMacrosExecution" in settings
{body}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a program in LibreOffice's place whose body is given, and nothing else on the PATH."""

    def install(body: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(_SCRIPT.format(python=sys.executable, body=body), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(legacy, "_PLACES", ())
    return install


def test_without_libreoffice_its_formats_say_what_to_install(office) -> None:
    with pytest.raises(DocumentError) as refused:
        read_content(b"{\\rtf1 12}", "report.rtf")
    assert refused.value.cause == "needs_libreoffice"
    assert "libreoffice-writer" in refused.value.remedy


def test_what_libreoffice_makes_is_read(office, tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(FILES["docx"])
    office(f"out.mkdir(); (out / 'document.docx').write_bytes(pathlib.Path({str(tmp_path / 'made')!r}).read_bytes())")
    form, content = read_content(b"{\\rtf1 12}", "-report.rtf")
    assert (form, content.text) == ("rtf", read_content(FILES["docx"], "a.docx")[1].text)


def test_what_libreoffice_refuses_is_an_outcome(office) -> None:
    office("sys.exit('source file could not be loaded')")
    with pytest.raises(DocumentError) as refused:
        read_content(ole("WordDocument"), "report.doc")
    assert refused.value.cause == "not_converted"
    assert "source file could not be loaded" in refused.value.message


def test_libreoffice_ends_in_time_with_all_that_it_started(office, tmp_path: Path, monkeypatch) -> None:
    office(
        "import subprocess, time; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid)); time.sleep(600)"
    )
    monkeypatch.setattr(legacy, "CONVERSION_SECONDS", 2)
    with pytest.raises(DocumentError) as refused:
        read_content(b"{\\rtf1 12}", "report.rtf")
    assert refused.value.cause == "timeout"
    assert not _is_running(int((tmp_path / "child").read_text()))


def _is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        try:
            os.kill(process, 0)
        except OSError:
            return False
        return not Path("/proc").exists()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("source", "form", "writer"), [("docx", "doc", "doc:MS Word 97"), ("docx", "rtf", "rtf"), ("docx", "odt", "odt"), ("xlsx", "ods", "ods")]
)  # fmt: skip
def test_what_libreoffice_writes_gives_the_figures_of_the_text(
    source: str, form: str, writer: str, tmp_path: Path
) -> None:
    (tmp_path / f"report.{source}").write_bytes(FILES[source])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    arguments = ["--headless", "--convert-to", writer, "--outdir", str(tmp_path), str(tmp_path / f"report.{source}")]
    subprocess.run(["soffice", profile, *arguments], check=True, timeout=120)
    document = read_document(tmp_path / f"report.{form}")
    assert document.format == form
    found, expected = extract_figures(document), extract_figures(REPORT)
    assert [(f.measure, f.value, f.fiscal_year) for f in found] == [
        (f.measure, f.value, f.fiscal_year) for f in expected
    ]
    assert found


def test_an_encrypted_doc_needs_no_conversion_to_be_told(office) -> None:
    data = bytearray(ole("WordDocument"))
    place = data.index(b"\x09\x08\x10\x00")
    data[place : place + 2] = b"\xec\xa5"
    data[place + 0x0B] |= 1
    with pytest.raises(DocumentError) as refused:
        read_content(bytes(data), "report.doc")
    assert refused.value.cause == "encrypted"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_follows_no_link_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_text("PRIVATE", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        data = (
            r"{\rtf1\ansi 12.5 {\field{\*\fldinst INCLUDETEXT "
            f'"{tmp_path / "private.txt"}"'
            r"}{\fldrslt kept}}{\field{\*\fldinst INCLUDEPICTURE "
            f'"{address}"'
            r" \\d}{\fldrslt }}\par}"
        )
        content = read_content(data.encode(), "report.rtf")[1]
        with pytest.raises(BlockingIOError):
            server.accept()
    assert content.text.split() == ["12.5", "kept"]
