"""DOC, WPS, RTF, ODT and ODS: converted by LibreOffice where it is installed, then read as DOCX or XLSX.

In: the bytes. Out: what the converted file holds. LibreOffice runs without a window, with a profile of its own that runs
no macros and follows no links, in a folder that goes when it ends, and no longer than it is given. Refused, with what to install: all of
these where there is no LibreOffice.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import olefile

from ingest.documents.model import Content, DocumentError
from ingest.documents.readers.docx import read_docx
from ingest.documents.readers.package import encrypted
from ingest.documents.readers.xlsx import read_xlsx

# Where LibreOffice is found: on the PATH under these names, or where it installs itself on macOS.
PROGRAMS = ("soffice", "libreoffice")
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
CONVERSION_SECONDS = 120
# The filters are named, so that a file is never taken for something else that LibreOffice can open, a web page above all.
_WRITERS = {"docx": "docx:Office Open XML Text", "xlsx": "xlsx:Calc Office Open XML"}
# The header of a DOC file (FIB): how it begins, and the bit that says that it is encrypted.
_FIB = b"\xec\xa5"
_FLAGS_AT, _ENCRYPTED = 0x0A, 0x0100

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
# No macro runs, whoever signed it, and no picture or sheet is fetched that the document only links to.
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(
        f'<item oor:path="{_SCRIPTING}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for name, value in (
            ("MacroSecurityLevel", "3"),
            ("DisableMacrosExecution", "true"),
            ("BlockUntrustedRefererLinks", "true"),
        )
    )
    + "</oor:items>\n"
)


def read_legacy_text(data: bytes, file: str) -> Content:
    """The text of a DOC, WPS, RTF or ODT file. Raises DocumentError."""
    if _is_encrypted_doc(data):
        raise encrypted(file)
    return read_docx(_converted(data, file, "docx"), file)


def read_legacy_spreadsheet(data: bytes, file: str) -> Content:
    """The sheets of an ODS file. Raises DocumentError."""
    return read_xlsx(_converted(data, file, "xlsx"), file)


def _is_encrypted_doc(data: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            head = container.openstream("WordDocument").read(_FLAGS_AT + 2)
    except Exception:  # no DOC file, or a broken one: LibreOffice says more
        return False
    return head.startswith(_FIB) and bool(int.from_bytes(head[_FLAGS_AT:], "little") & _ENCRYPTED)


def _program() -> str | None:
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def _converted(data: bytes, file: str, ending: str) -> bytes:
    """The bytes of the file in another format. Raises DocumentError."""
    program = _program()
    if program is None:
        raise DocumentError(
            file,
            "needs_libreoffice",
            "this is a file of an older or another office program, and LibreOffice, which reads it, is not installed",
            "Install LibreOffice (Debian, Ubuntu: apt install libreoffice-writer-nogui libreoffice-calc-nogui), "
            f"or save the file as {ending.upper()}",
        )
    with tempfile.TemporaryDirectory(prefix="jixiao-office-") as folder:
        # The name says nothing of the file's own: it may begin with a hyphen or hold what a command line reads.
        source, out, profile = (Path(folder, name) for name in ("document", "out", "profile"))
        source.write_bytes(data)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            _WRITERS[ending],
            "--outdir",
            str(out),
            str(source),
        ]
        said = _run(command, file, folder)
        converted = next(iter(out.glob("*")), None) if out.is_dir() else None
        if converted is None:
            raise DocumentError(
                file,
                "not_converted",
                f"LibreOffice could not convert the file{f' ({said})' if said else ''}: it is damaged or protected",
                f"Open it in an office program and save it as {ending.upper()}",
            )
        return converted.read_bytes()


def _run(command: list[str], file: str, folder: str) -> str:
    """Run LibreOffice; the last line that it said. It and all that it started end in time.

    It stays in the group of this process, so that whoever ends a worker with its group ends the conversion too.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "HOME": folder, "SAL_USE_VCLPLUGIN": "svp"},
        cwd=folder,
    )
    try:
        _, errors = process.communicate(timeout=CONVERSION_SECONDS)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            file,
            "timeout",
            f"LibreOffice took longer than {CONVERSION_SECONDS} seconds to convert the file",
            "Open it in an office program and save it in a newer format",
        ) from None
    finally:
        if process.poll() is None:
            # soffice is a script that starts the program proper.
            for number in [process.pid, *_started_by(process.pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            process.communicate()
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _started_by(process: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    parents = _parents()
    found, generation = [], {process}
    while generation := {pid for pid, parent in parents.items() if parent in generation}:
        found += sorted(generation)
    return found


def _parents() -> dict[int, int]:
    """Which process started each: from /proc on Linux, from ps elsewhere."""
    found: dict[int, int] = {}
    if Path("/proc/self/stat").exists():
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                found[int(stat.parent.name)] = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
        return found
    listed = subprocess.run(["/bin/ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
    return {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
