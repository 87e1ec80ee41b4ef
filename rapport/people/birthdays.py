"""A birthday as people give it: with the year or, as many prefer, without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rapport.kit.clock import kept_in
from rapport.kit.trouble import Trouble

_WRITTEN = re.compile(r"(\d{4}|-)-(\d{1,2})-(\d{1,2})")
_A_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year, and the year where it is known."""

    month: int
    day: int
    year: int | None = None

    def days_from(self, day: date) -> int:
        """How many days until it is kept next; one of the 29 of February is kept on the 28th in other years."""
        here, then = (kept_in(year, self.month, self.day) for year in (day.year, day.year + 1))
        return ((here if here >= day else then) - day).days

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"


def birthday_of(written: str) -> Birthday | None:
    """ "1987-03-14" or "--03-14"; None where nothing is written. Raises Trouble for anything else."""
    if not written.strip():
        return None
    found = _WRITTEN.fullmatch(written.strip())
    year, month, day = found.groups() if found else ("-", "0", "0")
    try:
        date(_A_LEAP_YEAR if year == "-" else int(year), int(month), int(day))
    except ValueError:
        raise Trouble(
            _("A birthday is written like 1987-03-14, or --03-14 without the year."),
            code="bad-birthday",
            field="birthday",
        ) from None
    return Birthday(int(month), int(day), None if year == "-" else int(year))
