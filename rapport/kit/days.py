"""Days of a life in the ways programs and people write them in figures, the year often left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

Written = tuple[int, int, int | None]  # month, day, year
_FORMS = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ].*)?"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"--(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ].*)?"),
    re.compile(r"--(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>\d{4}))?"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}))?"),
    re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})"),
)
_EITHER_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})(?:/\d{4})?")
_A_LEAP_YEAR = 2000


def day_in_figures(written: str, is_year: Callable[[int], bool] = bool) -> Written | None:
    """The month, the day and the year where it is told; None where the text names no day that exists. `is_year` says
    which years are meant; 0000 never is."""
    for form in _FORMS:
        if found := form.fullmatch(written.strip()):
            parts = found.groupdict()
            year = int(parts.get("year") or 0)
            return _existing(int(parts["month"]), int(parts["day"]), year if year and is_year(year) else None)
    return None


def may_be_another_day(written: str) -> bool:
    """Whether it is written with strokes, and the day may as well be the month: 3/2/1971."""
    found = _EITHER_FIRST.fullmatch(written.strip())
    return found is not None and found[1] != found[2] and int(found[1]) <= 12 and int(found[2]) <= 12


def _existing(month: int, day: int, year: int | None) -> Written | None:
    if month > 12 and day <= 12:
        month, day = day, month
    try:
        date(_A_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        return None
    return month, day, year
