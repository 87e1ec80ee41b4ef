"""Birthdays in all the ways programs write them, the year often left out."""

from __future__ import annotations

from datetime import date

from rapport.kit.cells import is_broken
from rapport.kit.days import First, day_written, is_to_come, may_be_another_day

from ..sightings import BROKEN_CELL, DAY_TO_COME, IN_PART, WHICH_DAY, InPart, PartialDate

# What Outlook and Apple write where no year was given.
_NO_YEARS = (1604, 1900, 1)


def birthday_of(
    written: str, without_year: bool = False, first: First | None = None, today: date | None = None
) -> PartialDate | None:
    """The birthday; None where the text names no day that exists or one that is still to come, and where it may name
    two and nobody says which of day and month stands `first`."""
    found = day_written(written, first, lambda year: not without_year and year not in _NO_YEARS)
    return None if found is None or (today and is_to_come(found, today)) else PartialDate(*found)


def why_none(written: str, first: First | None = None, today: date | None = None) -> InPart:
    """Why what is written is no birthday."""
    if is_broken(written):
        return BROKEN_CELL
    if first is None and may_be_another_day(written):
        return WHICH_DAY
    found = day_written(written, first)
    return DAY_TO_COME if found and today and is_to_come(found, today) else IN_PART
