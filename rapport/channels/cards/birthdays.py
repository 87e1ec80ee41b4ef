"""Birthdays in all the ways programs write them, the year often left out."""

from __future__ import annotations

from rapport.kit.days import day_in_figures

from ..sightings import PartialDate

# What Outlook and Apple write where no year was given.
_NO_YEARS = (1604, 1900, 1)


def birthday_of(written: str, without_year: bool = False) -> PartialDate | None:
    """The birthday, or None where the text names no day that exists."""
    found = day_in_figures(written, lambda year: not without_year and year not in _NO_YEARS)
    return PartialDate(*found) if found else None
