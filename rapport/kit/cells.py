"""Words in the cells of a table that spreadsheets open: never worked out there, and the same again when read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# What a spreadsheet would work out; "+44 20 7946 0123" and "-5" are numbers people have.
_FORMULA = re.compile(r"'*[=@\t\r+-]")
_NUMBERS = re.compile(r"[+-]?[\d\s()./-]+(?:; \+?[\d\s()./-]+)*")
_BROKEN = re.compile(r"[+-]?\d(?:[.,]\d+)?e\+\d{1,3}|#{3,}", re.I)

_BETWEEN = r"(?:[;,|\n]|:::)"
_PART = re.compile(rf'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*(?={_BETWEEN}|\Z)|(?P<bare>.*?)(?={_BETWEEN}|\Z))', re.S)
_SEPARATOR = re.compile(_BETWEEN)
_QUOTED_WHERE = re.compile(rf'{_BETWEEN}|["*]')


def guarded(words: str) -> str:
    """The words with a ' before them where a spreadsheet would take them for a formula."""
    return f"'{words}" if _FORMULA.match(words) and not _NUMBERS.fullmatch(words) else words


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def is_broken(cell: str) -> bool:
    """Whether a spreadsheet left 4.91512E+12 of a long number, whose last digits are gone, or ##### of what was wider
    than its column."""
    return _BROKEN.fullmatch(cell.strip()) is not None


def listed(words: Iterable[str]) -> str:
    """Several words in one cell, in quotes where they hold what else would part them."""
    return "; ".join(_quoted(one) if _QUOTED_WHERE.search(one) else one for one in words)


def apart(cell: str) -> Iterator[tuple[str, bool]]:
    """The words of a cell that holds several, also where another program parted them; whether each stood in quotes."""
    at = 0
    while at <= len(cell):
        found = _PART.match(cell, at)
        assert found is not None
        quoted = found["quoted"]
        yield (found["bare"].strip(), False) if quoted is None else (quoted.replace('""', '"'), True)
        separator = _SEPARATOR.match(cell, found.end())
        at = separator.end() if separator else len(cell) + 1


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
