"""How politely and within what limits addresses are fetched: the variables JIXIAO_FETCH_….

In: environment variables. Out: one `FetchSettings`. Refuses: a value that cannot be meant, naming the variable.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from ingest.limits import MEGABYTE
from ingest.settings import SettingsError, parse_size

SECONDS_OF_AN_HOUR = 3600
DEFAULT_AGENT = f"jixiao/{version('jixiao')} (reads published performance reports)"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Times are in seconds, sizes in bytes.

    `agent` is what servers are told of who asks; `delay` lies between two requests to one host; `seconds` is the most that
    one document may take with its retries and redirects; `max_age` is how old an answer may be before its address is asked
    again; `allows_private` lets addresses lead into private networks. `connect` and `silence` are how long a server may
    take to accept a connection and to say the next thing, `retries` how often a passing failure is tried again, `backoff`
    the seconds that its waits grow from.
    """

    agent: str = DEFAULT_AGENT
    delay: float = 1
    seconds: float = 300
    max_bytes: int = 200 * MEGABYTE
    max_age: float = 0
    allows_private: bool = False
    connect: float = 20
    silence: float = 30
    retries: int = 4
    backoff: float = 1
    redirects: int = 5
    hosts_at_once: int = 8

    @property
    def robot(self) -> str:
        """The name by which robots.txt calls us: the agent's first word, without its version."""
        return self.agent.split()[0].partition("/")[0]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> FetchSettings:
        """An unset or blank variable keeps its default. Raises SettingsError."""
        environment = os.environ if environment is None else environment
        given = {
            name: environment[variable].strip()
            for name, variable in _VARIABLES.items()
            if environment.get(variable, "").strip()
        }
        read = {name: _READERS[name](_VARIABLES[name], text) for name, text in given.items()}
        return cls(**read)


def _agent(variable: str, text: str) -> str:
    if not _AGENT.match(text) or not (text.isascii() and text.isprintable()):
        raise SettingsError(f"{variable} is {text!r}. Write it in ASCII, as name/version (how to reach you).")
    return text


def _number(variable: str, text: str, unit: str, least: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    # Not a number, and infinity, are never within the range.
    if not least <= number < math.inf:
        raise SettingsError(f"{variable} is {text!r}. Set it to a number of {unit} from {least:g}.")
    return number


def _flag(variable: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise SettingsError(f"{variable} is {text!r}. Set it to 1 or 0.")
    return text == "1"


# Its first word is a name, which a robots.txt can call us by.
_AGENT = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?:[/ ]|$)")
_VARIABLES = {
    "agent": "JIXIAO_FETCH_AGENT",
    "delay": "JIXIAO_FETCH_DELAY",
    "seconds": "JIXIAO_FETCH_SECONDS",
    "max_bytes": "JIXIAO_FETCH_BYTES",
    "max_age": "JIXIAO_FETCH_AGE",
    "allows_private": "JIXIAO_FETCH_PRIVATE",
}
_READERS = {
    "agent": _agent,
    "delay": lambda variable, text: _number(variable, text, "seconds", 0),
    "seconds": lambda variable, text: _number(variable, text, "seconds", 1),
    "max_bytes": parse_size,
    "max_age": lambda variable, text: _number(variable, text, "hours", 0) * SECONDS_OF_AN_HOUR,
    "allows_private": _flag,
}
