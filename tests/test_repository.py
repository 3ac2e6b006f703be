"""Rules of the repository that no other test would notice being broken.

What goes in: the files that git tracks. What is refused: addresses of package registries, paths of a machine, large
files, requirements without a hash, commands the README does not explain, links that lead nowhere, and report text
that is not ours to publish.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
READMES = ("README.md", "README.zh-CN.md")
LARGEST_BYTES = 5_000_000
# Written in pieces, so that this file passes its own rules.
REGISTRY_HOSTS = tuple(
    ".".join(labels)
    for labels in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("hub", "getdbt", "com"),
        ("extensions", "duckdb", "org"),
        ("proxy", "golang", "org"),
        ("static", "crates", "io"),
    )
)
PERSONAL_FOLDER = re.compile("(?<![A-Za-z0-9_.~-])/(?:" + "|".join(("root", "farm", "work", "Users", "home")) + r")/\w")
# A run this long with this many Chinese characters is a sentence, not a term that two reports share by chance.
RUN_CHARACTERS, RUN_CHINESE = 24, 14


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git tracks and the working tree has."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False
    )
    if listing.returncode:
        pytest.skip(f"not a git checkout: {listing.stderr.decode().strip()}")
    paths = (ROOT / name for name in listing.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def tracked_texts() -> dict[str, str]:
    """The text of every tracked file that is not binary, by its path in the repository."""
    texts = {}
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            texts[path.relative_to(ROOT).as_posix()] = decoded(content)
    return texts


def decoded(content: bytes) -> str:
    """The text of `content`; reports may be GB18030."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    """`file:line: text` for each line of a tracked text that the pattern finds."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    # Installing must work from whatever index a site configures; an address in a file ties it to one.
    assert lines_matching(re.compile("|".join(map(re.escape, REGISTRY_HOSTS)))) == []


def test_no_file_names_a_folder_of_somebody_s_machine() -> None:
    assert lines_matching(PERSONAL_FOLDER) == []


def test_no_file_names_the_folder_this_checkout_stands_in() -> None:
    if len(ROOT.parts) < 3:
        pytest.skip(f"the checkout stands at {ROOT}: too short to be told from other text")
    assert lines_matching(re.compile(re.escape(ROOT.as_posix()) + r"(?![\w-])")) == []


def test_no_file_is_large() -> None:
    sizes = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in tracked_files()}
    assert {name: size for name, size in sizes.items() if size > LARGEST_BYTES} == {}


def test_no_python_or_sql_file_has_windows_line_ends() -> None:
    assert [
        name for name, text in tracked_texts().items() if name.endswith((".py", ".sql", ".yml")) and "\r" in text
    ] == []


LOCKS = {"requirements.lock": "test", "requirements-ocr.lock": "ocr", "requirements-login.lock": "login"}


@cache
def locked(lock: str = "requirements.lock") -> dict[str, tuple[str, list[str]]]:
    """Version and hashes of each pin in a lock, by canonical name."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    pins = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        requirement, *hashes = re.split(r"\s+--hash=", line)
        parsed = Requirement(requirement)
        pins[canonicalize_name(parsed.name)] = (str(parsed.specifier), hashes)
    return pins


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_a_hash(lock: str) -> None:
    assert len(locked(lock)) > 20
    loose = {
        name: specifier
        for name, (specifier, hashes) in locked(lock).items()
        if not re.fullmatch(r"==[\w.!+]+", specifier)
        or not hashes
        or not all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in hashes)
    }
    assert loose == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert [
        line for line in text.splitlines() if "//" in line or line.lstrip().startswith(("-i", "--index", "-e"))
    ] == []


@pytest.mark.parametrize(
    ("lock", "adds"), [("requirements-ocr.lock", "rapidocr"), ("requirements-login.lock", "authlib")]
)
def test_an_extra_is_added_to_an_environment_without_changing_it(lock: str, adds: str) -> None:
    both = locked(lock).keys() & locked().keys()
    assert len(both) > 20
    assert {name for name in both if locked(lock)[name][0] != locked()[name][0]} == set()
    assert adds in locked(lock) and adds not in locked()


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_satisfies_what_the_project_declares(lock: str) -> None:
    # A dependency added to pyproject.toml without `make lock` would be missing from a fresh environment.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"][LOCKS[lock]]]
    unmet = []
    for requirement in map(Requirement, declared):
        version = locked(lock).get(canonicalize_name(requirement.name), ("", []))[0].removeprefix("==")
        if not version or not requirement.specifier.contains(version, prereleases=True):
            unmet.append(f"{requirement} (locked: {version or 'not at all'})")
    assert unmet == [], "run make lock"


def makefile_targets() -> dict[str, bool]:
    """The Makefile's public targets, and whether `make help` says what each does."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    public = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split()
    return {target: re.search(rf"^{target}:.*## \S", text, re.MULTILINE) is not None for target in public}


def test_make_help_lists_every_target() -> None:
    assert [target for target, explained in makefile_targets().items() if not explained] == []
    listing = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert [
        target for target in makefile_targets() if not re.search(rf"^\s*make {target} ", listing, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("readme", READMES)
def test_readme_explains_every_make_target(readme: str) -> None:
    explained = {cell for row in table_rows(readme) for cell in re.findall(r"`make ([a-z-]+)[^`]*`", row[0])}
    assert explained == set(makefile_targets()) - {"help"}


@pytest.mark.parametrize("readme", READMES)
def test_readme_explains_every_command_of_jixiao(readme: str) -> None:
    from ingest.cli import app

    explained = {cell for row in table_rows(readme) for cell in re.findall(r"`jixiao ([a-z-]+)[^`]*`", row[0])}
    assert explained == set(typer.main.get_command(app).commands)


def table_rows(readme: str) -> list[list[str]]:
    """The cells of every row of the Markdown tables in a README."""
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("|")]


def markdown_files() -> list[str]:
    return sorted(name for name in tracked_texts() if name.endswith(".md"))


def anchors(markdown: str) -> set[str]:
    """The fragments that headings of a Markdown text can be linked by, as code hosts make them."""
    headings = re.findall(r"^#+ +(.+?) *$", markdown, re.MULTILINE)
    kept = (
        re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", heading.replace("`", "")).lower()) for heading in headings
    )
    return {heading.replace(" ", "-") for heading in kept}


def test_links_of_the_documentation_lead_somewhere() -> None:
    broken = []
    for name in markdown_files():
        prose = re.sub(r"^```.*?^```", "", tracked_texts()[name], flags=re.MULTILINE | re.DOTALL)
        targets = re.findall(r"\]\(<?([^)\s>]+)>?[^)]*\)", prose) + re.findall(r'(?:src|href)="([^"]+)"', prose)
        for target in targets:
            if re.match(r"[a-z]+:", target):
                continue
            path, _, fragment = target.partition("#")
            file = (ROOT / name).parent / path if path else ROOT / name
            if not file.exists():
                broken.append(f"{name}: {target}")
            elif fragment and file.suffix == ".md" and fragment not in anchors(file.read_text(encoding="utf-8")):
                broken.append(f"{name}: {target} (no such heading)")
    assert broken == []


def test_both_readmes_have_the_same_shape() -> None:
    def shape(readme: str) -> list[str]:
        return re.findall(r"^(#+|```\w*|!\[)", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE)

    assert shape(READMES[0]) == shape(READMES[1])


@pytest.mark.corpus
def test_no_sentence_of_the_shared_corpus_is_in_the_repository() -> None:
    documents = sorted(CORPUS.glob("*/docs/*.txt"))
    if not documents:
        pytest.skip("the shared corpus is not beside this checkout")
    sentences = {run for document in documents for run in chinese_runs(decoded(document.read_bytes()))}
    assert sentences
    repeats = {
        name: found for name, text in tracked_texts().items() if (found := next(chinese_runs(text, sentences), None))
    }
    assert repeats == {}


def chinese_runs(text: str, among: set[str] | None = None):
    """Each run of RUN_CHARACTERS in the text, white space left out, that is mostly Chinese (and is one of `among`)."""
    flat = re.sub(r"\s+", "", text)
    chinese = 0
    for end, character in enumerate(flat, 1):
        chinese += "\u4e00" <= character <= "\u9fff"
        if end > RUN_CHARACTERS:
            chinese -= "\u4e00" <= flat[end - RUN_CHARACTERS - 1] <= "\u9fff"
        if chinese >= RUN_CHINESE and end >= RUN_CHARACTERS:
            run = flat[end - RUN_CHARACTERS : end]
            if among is None or run in among:
                yield run
