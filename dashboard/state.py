"""A page's choices as plain query parameters, both ways.

In: the address's parameters and, for each choice, what it may be. Out: validated values, the widgets' state and the
address of exactly this view. A parameter that cannot be used is explained on the page (see `Problem`), never dropped
without a word. Nothing is pickled; lists are comma-separated codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

#: Longest parameter that is read; a longer one is refused with a message.
LONGEST = 4_000
#: Parameters of every page, which are no choices: the language, and the release that a link was made in.
SHARED = ("lang", "release")


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter of the address that could not be used: what it said, why not, and what is shown instead."""

    parameter: str
    given: str
    reason: str
    allowed: str = ""


def parse_choice(name: str, given: str | None, options: Sequence[str], default: str) -> tuple[str, list[Problem]]:
    """One code out of `options`; the default and a problem where it is another."""
    if given is None:
        return default, []
    if given in options:
        return given, []
    return default, [Problem(name, given, "not_an_option", _some(options))]


def parse_choices(
    name: str, given: str | None, options: Sequence[str], default: Sequence[str], most: int
) -> tuple[list[str], list[Problem]]:
    """Codes out of `options`, at most `most`, each once, in the given order; unusable ones become problems."""
    if given is None:
        return list(default), []
    if len(given) > LONGEST:
        return list(default), [Problem(name, given[:40] + "…", "too_long", str(LONGEST))]
    known = set(options)
    wanted = list(dict.fromkeys(part for part in given.split(",") if part))
    problems = [Problem(name, part, "not_an_option") for part in wanted if part not in known]
    kept = [part for part in wanted if part in known]
    if len(kept) > most:
        problems += [Problem(name, ",".join(kept[most:]), "too_many", str(most))]
    return kept[:most], problems


def parse_integer(name: str, given: str | None, lowest: int, highest: int, default: int) -> tuple[int, list[Problem]]:
    """A whole number within bounds; the default and a problem otherwise."""
    if given is None:
        return default, []
    if given.removeprefix("-").isascii() and given.removeprefix("-").isdigit() and len(given) < 12:
        value = int(given)
        if lowest <= value <= highest:
            return value, []
    return default, [Problem(name, given[:40], "not_in_range", f"{lowest}–{highest}")]


def parse_flag(name: str, given: str | None, default: bool = False) -> tuple[bool, list[Problem]]:
    """A switch written 1 or 0."""
    if given is None:
        return default, []
    if given in ("0", "1"):
        return given == "1", []
    return default, [Problem(name, given[:40], "not_an_option", "0, 1")]


def parse_text(name: str, given: str | None, default: str = "", longest: int = LONGEST) -> tuple[str, list[Problem]]:
    """Free text up to `longest` characters, without control characters other than line breaks and tabs."""
    if given is None:
        return default, []
    if len(given) > longest:
        return default, [Problem(name, given[:40] + "…", "too_long", str(longest))]
    clean = "".join(c for c in given if c.isprintable() or c in "\n\t")
    return clean, [] if clean == given else [Problem(name, given[:40], "control_characters")]


def _some(options: Sequence[str], most: int = 8) -> str:
    shown = [o for o in options if o][:most]
    return ", ".join(shown) + (" …" if len(options) > most else "")


class View:
    """The choices of one page: values from the address or the widgets, and the address that reopens them.

    `query` and `session` are Streamlit's `st.query_params` and `st.session_state` (plain dicts in tests). When the
    address is not the one that this view wrote last, somebody followed a link or went back: the address wins.
    Otherwise the widgets win. A page that is opened again without parameters shows what it showed before.
    """

    def __init__(self, page: str, query: MutableMapping[str, str], session: MutableMapping[str, Any]) -> None:
        self.page, self.query, self.session = page, query, session
        address = {name: value for name, value in dict(query).items() if name not in SHARED}
        written = session.get(self._key("written"))
        # The browser learns the address of a view a moment after its last element: who clicks within that moment sends
        # the address before it. A click changed a widget; following a link or going back did not.
        shown = session.get(self._key("shown"), {})
        clicked = any(session.get(self.widget_key(name), value) != value for name, value in shown.items())
        late = clicked and address in session.get(self._key("before"), [])
        self.from_address = written is None or (address != written and not late)
        if self.from_address and not address and written:
            address = dict(written)
        self.address = address
        self.problems: list[Problem] = []
        self._written: dict[str, str] = {}
        self._complete: dict[str, str] = {}
        self._values: dict[str, Any] = {}
        self._read: set[str] = set()
        self._defaults: dict[str, Any] = {}

    def idle(self, *names: str) -> None:
        """Parameters that the page knows but may not need in this view: they are no reason for an explanation."""
        self._read.update(names)

    def _key(self, name: str) -> str:
        return f"view.{self.page}.{name}"

    def widget_key(self, name: str) -> str:
        """The session key of the widget for a parameter."""
        return f"{self.page}.{name}"

    def _settle(
        self, name: str, value: Any, default: Any, valid: Callable[[Any], bool], problems: list[Problem]
    ) -> Any:
        """Value for the widget: the address's when it is followed or the widget is new, else the widget's."""
        key = self.widget_key(name)
        self._read.add(name)
        if self.from_address or key not in self.session:
            self.session[key] = value
            if self.from_address:
                self.problems += problems
        elif not valid(self.session[key]) or self._follows(name, default):
            # Another choice took this one's option away (a measure without this programme): start from the default.
            self.session[key] = default
        return self.session[key]

    def _follows(self, name: str, default: Any) -> bool:
        """Whether a choice that nobody made goes with its default, which another choice has just moved: the years of the
        departments that were added, not those of the first one alone."""
        unknown = object()
        before = self.session.get(self._key("defaults"), {}).get(name, unknown)
        shown = self.session.get(self._key("shown"), {}).get(name, unknown)
        return before != default and self.session[self.widget_key(name)] == before == shown

    def choice(
        self,
        name: str,
        options: Sequence[str],
        default: str,
        widget: Callable[..., Any] | None = None,
        **arguments: Any,
    ) -> str:
        """One code. `widget` is a Streamlit function (options, key=…); null of a single-select is the default."""
        value, problems = parse_choice(name, self.address.get(name), options, default)
        settled = self._settle(name, value, default, lambda v: v in options, problems)
        if widget is not None:
            settled = widget(options=list(options), key=self.widget_key(name), **arguments)
            settled = default if settled is None else settled
        return self.note(name, settled, default, str)

    def choices(
        self,
        name: str,
        options: Sequence[str],
        default: Sequence[str],
        most: int,
        widget: Callable[..., Any] | None = None,
        **arguments: Any,
    ) -> list[str]:
        """Several codes, at most `most`."""
        value, problems = parse_choices(name, self.address.get(name), options, default, most)
        known = set(options)
        settled = self._settle(
            name, value, list(default), lambda v: isinstance(v, list) and len(v) <= most and set(v) <= known, problems
        )
        if widget is not None:
            settled = widget(options=list(options), key=self.widget_key(name), **arguments)
        return self.note(name, list(settled), list(default), ",".join)

    def integer(
        self,
        name: str,
        lowest: int,
        highest: int,
        default: int,
        widget: Callable[..., Any] | None = None,
        **arguments: Any,
    ) -> int:
        """A whole number within bounds."""
        value, problems = parse_integer(name, self.address.get(name), lowest, highest, default)
        settled = self._settle(name, value, default, lambda v: lowest <= v <= highest, problems)
        if widget is not None:
            settled = widget(key=self.widget_key(name), **arguments)
        return self.note(name, int(settled), default, str)

    def flag(
        self, name: str, default: bool = False, widget: Callable[..., Any] | None = None, **arguments: Any
    ) -> bool:
        """A switch."""
        value, problems = parse_flag(name, self.address.get(name), default)
        settled = self._settle(name, value, default, lambda v: isinstance(v, bool), problems)
        if widget is not None:
            settled = widget(key=self.widget_key(name), **arguments)
        return self.note(name, bool(settled), default, lambda v: "1" if v else "0")

    def text(
        self,
        name: str,
        default: str = "",
        longest: int = LONGEST,
        widget: Callable[..., Any] | None = None,
        **arguments: Any,
    ) -> str:
        """Free text."""
        value, problems = parse_text(name, self.address.get(name), default, longest)
        settled = self._settle(name, value, default, lambda v: isinstance(v, str), problems)
        if widget is not None:
            settled = widget(key=self.widget_key(name), **arguments)
        return self.note(name, settled or "", default, str)

    def note(self, name: str, value: Any, default: Any, write: Callable[[Any], str]) -> Any:
        """Remember a value: the address line leaves defaults out, the link to copy (`link`) has every choice."""
        self._values[name] = value
        self._defaults[name] = default
        self._complete[name] = write(value)
        if value != default:
            self._written[name] = write(value)
        return value

    def chosen(self, name: str) -> Any:
        """The value of a choice that was made in this run; None where the view did not ask for it."""
        return self._values.get(name)

    def finish(self) -> list[Problem]:
        """Write the address of this view; give the problems to explain, until the reader changes a choice."""
        for name, given in self.address.items():
            if name not in self._read and self.from_address:
                self.problems.append(Problem(name, given[:40], "unknown_parameter", _some(sorted(self._read))))
        for name in [n for n in dict(self.query) if n not in SHARED and n not in self._written]:
            del self.query[name]
        for name, value in self._written.items():
            if dict(self.query).get(name) != value:
                self.query[name] = value
        kept_values, kept = self.session.get(self._key("explained"), (None, []))
        if self.from_address:
            kept = self.problems
        elif kept_values != self._values:
            kept = []
        self.session[self._key("explained")] = (dict(self._values), kept)
        before = self.session.get(self._key("before"), [])
        previous = self.session.get(self._key("written"))
        if previous is not None and previous != self._written:
            self.session[self._key("before")] = [*before, previous][-3:]
        self.session[self._key("written")] = dict(self._written)
        self.session[self._key("defaults")] = dict(self._defaults)
        self.session[self._key("shown")] = {
            name: self.session[self.widget_key(name)] for name in self._values if self.widget_key(name) in self.session
        }
        return list(kept)

    def link(self, base: str, language: str = "zh", **changes: str) -> str:
        """The address that reopens this view from the page's own address, with every choice, also those by default:
        defaults depend on what the release holds, and the link must show the same view in a later one."""
        return address(base, language, {**self._complete, **changes})


def address(base: str, language: str, parameters: Mapping[str, str]) -> str:
    """A page's address with plain parameters; Chinese, the default language, is left out."""
    query = dict(parameters)
    if language != "zh":
        query["lang"] = language
    return base.split("?", 1)[0] + ("?" + urlencode(query, safe=",") if query else "")
