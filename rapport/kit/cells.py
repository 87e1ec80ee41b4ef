"""Words in the cells of a table that spreadsheets open: never worked out there, and the same again when read back."""

from __future__ import annotations

import re

# What a spreadsheet would work out; "+44 20 7946 0123" and "-5" are numbers people have.
_FORMULA = re.compile(r"'*[=@\t\r+-]")
_NUMBERS = re.compile(r"[+-]?[\d\s()./-]+(?:; \+?[\d\s()./-]+)*")


def guarded(words: str) -> str:
    """The words with a ' before them where a spreadsheet would take them for a formula."""
    return f"'{words}" if _FORMULA.match(words) and not _NUMBERS.fullmatch(words) else words


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
