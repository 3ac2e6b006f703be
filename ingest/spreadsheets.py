"""What keeps a spreadsheet from running a text: the same rule for cells in Python and for columns in SQL."""

from __future__ import annotations

#: What starts a formula in a spreadsheet, with the full-width forms that East Asian versions accept as well.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def harmless(value: object) -> object:
    """A cell that no spreadsheet runs: text that starts like a formula (also behind spaces) is quoted by an apostrophe."""
    if isinstance(value, str) and (value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)):
        return "'" + value
    return value


def harmless_sql(column: str) -> str:
    """The SQL expression that does to a text column (already quoted) what `harmless` does to a cell."""
    starts = "".join({"\t": "\\t", "\r": "\\r", "-": "\\-"}.get(sign, sign) for sign in FORMULA_STARTS)
    # All that Python takes for white space is more than what RE2 calls space.
    return f"case when regexp_matches({column}, '^[\\s\\pZ\\x0b\\x1c-\\x1f\\x85]*[{starts}]') then '''' || {column} else {column} end"
