"""Birthdays in all the ways programs write them, the year often left out."""

from __future__ import annotations

import re
from datetime import date

from ..sightings import PartialDate

_FORMS = (
    re.compile(r"^(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ].*)?$"),
    re.compile(r"^--(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ].*)?$"),
    re.compile(r"^(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>\d{4}))?$"),
    re.compile(r"^(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}))?$"),
    re.compile(r"^(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})$"),
)
# What Outlook and Apple write where no year was given.
_NO_YEARS = (1604, 1900, 1)


def birthday_of(written: str, without_year: bool = False) -> PartialDate | None:
    """The birthday, or None where the text names no day that exists."""
    for form in _FORMS:
        if found := form.match(written.strip()):
            parts = found.groupdict()
            year = int(parts.get("year") or 0)
            return _existing(int(parts["month"]), int(parts["day"]), 0 if without_year or year in _NO_YEARS else year)
    return None


def _existing(month: int, day: int, year: int) -> PartialDate | None:
    if month > 12 and day <= 12:
        month, day = day, month
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return PartialDate(month, day, year or None)
