"""Where the genre's words stand in a text: one pass over it, longest word first, with what each word can mean.

In: a flow's text. Out: `Token`s in order, not overlapping. The words are rows of seeds/vocabulary/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.vocabulary import read_rows, read_seed, spellings, words_of

_CITY = "城市"
_IN_A_WORD = re.compile(r"[\u4e00-\u9fff]")
# What may stand right before the name of a place: the place above it (安庆市桐城市), or a word like 在 and 由.
_BEFORE_A_PLACE = words_of("before_place")
# Money that is paid out, by the end of its name; that of a fund is not.
_PAID_MONEY, _FUNDS = "金", tuple(words_of("fund_ending"))


class Meaning(NamedTuple):
    """All that one word can mean; a word may be a programme and a facility at once."""

    word: str
    programme: str | None = None
    strength: str = ""
    residence: str | None = None
    care: str | None = None
    fund_source: str | None = None
    spending_type: str | None = None
    facility: str | None = None
    heading: str | None = None
    cue: str | None = None
    value: str = ""


class Token(NamedTuple):
    """A word at a place in a flow's text."""

    start: int
    end: int
    meaning: Meaning


@cache
def _meanings() -> dict[str, Meaning]:
    """What each word can mean."""
    meanings: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_seed("programme_aliases"):
        _set(meanings, row["alias"], "programme", row["programme"], "programme_aliases")
        meanings[row["alias"]]["strength"] = row["strength"]
    _add_families(meanings)
    for row in read_seed("heading_aliases"):
        _set(meanings, row["alias"], "heading", row["programme"], "heading_aliases")
    for row in read_seed("attribute_words"):
        for word in spellings(row["word"]):
            _set(meanings, word, row["dimension"], row["value"], "attribute_words")
    for row in read_seed("context_aliases"):
        meanings[row["word"]].setdefault("strength", "context")
    for row in read_seed("facility_nouns"):
        for noun in spellings(row["noun"]):
            _set(meanings, noun, "facility", row["programme"], "facility_nouns")
    for row in read_seed("cues"):
        # A word may be two cues (争取 is money from above, and a goal): the first row is its meaning, the rest are noted.
        if "cue" not in meanings[row["word"]]:
            meanings[row["word"]]["cue"] = row["cue"]
            meanings[row["word"]]["value"] = row["value"]
    for word, fields in meanings.items():
        # 低保标准 is a programme, and speaks of a standard.
        if "programme" in fields and "cue" not in fields and word.endswith("标准"):
            fields["cue"] = "standard"
        # 临时救助金 is a programme, and money that is paid out.
        if fields.get("programme") and "cue" not in fields and word.endswith(_PAID_MONEY) and not word.endswith(_FUNDS):
            fields["cue"], fields["value"] = "benefit", ""
    return {word: Meaning(word, **fields) for word, fields in meanings.items()}


def _add_families(meanings: dict[str, dict[str, str]]) -> None:
    """The names that the families spell; one that has a row of its own means what that row says."""
    own = frozenset(meanings)
    for row in read_seed("name_families"):
        for name in spellings(row["names"]):
            if name not in own:
                _set(meanings, name, "programme", row["programme"], "name_families")
                _set(meanings, name, "strength", row["strength"], "name_families")


@cache
def _automaton() -> AhoCorasick:
    """What finds the words, each by its place among them."""
    return AhoCorasick(list(_meanings()), matchkind=MatchKind.LeftmostLongest)


@cache
def _meanings_within(programmes: frozenset[str] | None) -> tuple[Meaning, ...]:
    """What the words mean within some programmes, or all, in the order that the automaton counts them in."""
    return tuple(
        _within(meaning, programmes) if programmes is not None and (meaning.programme or meaning.facility) else meaning
        for meaning in _meanings().values()
    )


def _set(meanings: dict[str, dict[str, str]], word: str, key: str, value: str, seed: str) -> None:
    if not word:
        raise ValueError(f"seeds/vocabulary/{seed}.csv has a row without a word: remove it")
    if key in meanings[word] and meanings[word][key] != value:
        raise ValueError(
            f"seeds/vocabulary/{seed}.csv gives {word} two meanings ({meanings[word][key]}, {value}): keep one"
        )
    meanings[word][key] = value


def find_words(text: str, programmes: frozenset[str] | None = None) -> list[Token]:
    """The known words in a text, leftmost and longest first.

    With `programmes`, a word of another programme is kept as a topic without a code: in a health bureau's report 养老
    is no work of a civil affairs bureau.
    """
    meanings = _meanings_within(programmes)
    return [
        Token(start, end, meanings[word])
        for word, start, end in _automaton().find_matches_as_indexes(text)
        if not (start and text.startswith(_CITY, start) and _ends_name_of_place(text, start + len(_CITY)))
    ]


def _ends_name_of_place(text: str, end: int) -> bool:
    """Whether 城市 is the end of a place's name: 运城市、盐城市, where a word can begin, and not 相应城市, 上海城市."""
    return any(
        text.endswith(name, 0, end)
        and (
            end == len(name)
            or not _IN_A_WORD.match(text, end - len(name) - 1)
            or text[end - len(name) - 1] in _BEFORE_A_PLACE
        )
        for name in _places_named_so()
    )


@cache
def _places_named_so() -> tuple[str, ...]:
    return tuple(sorted({r["place_name"] for r in read_rows("reference", "places") if r["place_name"].endswith(_CITY)}))


def in_context(tokens: list[Token], programme: str | None) -> list[Token]:
    """护理补贴 is another programme after 特困 than after 残疾人: such words take their meaning from the one before them."""
    rows = _context_words()
    if rows.keys().isdisjoint([token.meaning.word for token in tokens]):
        return tokens
    settled = []
    for token in tokens:
        known = rows.get(token.meaning.word)
        if known is not None:
            code = known.get(programme or "")
            meaning = token.meaning._replace(programme=code, strength="strong") if code else token.meaning
            token = Token(token.start, token.end, meaning)
            programme = code or programme
        elif token.meaning.strength == "strong" and token.meaning.programme and not token.meaning.facility:
            # 特困人员在敬老院集中供养…，护理补贴…: a home is a place, and the people stay those named before.
            programme = token.meaning.programme
        settled.append(token)
    return settled


@cache
def _context_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_seed("context_aliases"):
        words[row["word"]][row["context_programme"]] = row["programme"]
        # A nursing word goes on meaning nursing after one.
        words[row["word"]].setdefault(row["programme"], row["programme"])
    return dict(words)


def _within(meaning: Meaning, programmes: frozenset[str]) -> Meaning:
    if meaning.word in words_of("of_any_department"):
        # 其中低保户12户 is said of the same people whoever reports them.
        return meaning
    programme, facility, strength = meaning.programme, meaning.facility, meaning.strength
    if programme and programme not in programmes:
        # It still names another topic, but less surely than the words around it: 供餐 is said of schools as well.
        programme, strength = "", "weak" if strength == "strong" else strength
    if facility and facility not in programmes:
        facility = ""
    return meaning._replace(programme=programme, facility=facility, strength=strength)


@cache
def programmes_of(department_kind: str | None) -> frozenset[str]:
    """The programmes that a kind of department has; all of them where the kind is not known."""
    rows = read_seed("programme_departments")
    known = {row["department_kind"] for row in read_seed("department_endings")}
    if department_kind is None or department_kind not in known:
        return frozenset(row["programme"] for row in rows)
    return frozenset(row["programme"] for row in rows if row["department_kind"] == department_kind)


def is_of_general_field(programme: str | None, general: str | None) -> bool:
    """Whether one programme stands for a whole field (养老服务) that the other is of (助餐)."""
    fields = _fields()
    return (
        general in words_of("general_programme")
        and programme != general
        and fields.get(programme) == fields.get(general)
    )


@cache
def _fields() -> dict[str | None, str]:
    return {row["programme"]: row["field"] for row in read_seed("programmes")}


@cache
def main_programme_of(department_kind: str | None) -> str | None:
    """The programme that bodies of a kind exist for (a relief station's); None where they have several, or the kind is not known."""
    rows = {row["department_kind"]: row["main_programme"] for row in read_rows("reference", "department_kinds")}
    return rows.get(department_kind or "") or None
