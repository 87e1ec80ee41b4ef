"""A birthday as people give it: with the year or, as many prefer, without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rapport.kit.clock import kept_in
from rapport.kit.days import day_in_figures, may_be_another_day
from rapport.kit.trouble import Trouble


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
    """ "1987-03-14", "14.3.1987" or "--03-14", as tables and cards have it too; None where nothing is written. Raises
    Trouble for anything else, and for a day that may as well be another."""
    if not written.strip():
        return None
    if may_be_another_day(written):
        said = _("“%(day)s” may be two days. Write it like 14.3.1987 or 1987-03-14.")
        raise Trouble(said % {"day": written.strip()}, code="which-birthday", field="birthday")
    found = day_in_figures(written)
    if found is None:
        raise Trouble(
            _("A birthday is written like 1987-03-14 or 14.3.1987, or --03-14 without the year."),
            code="bad-birthday",
            field="birthday",
        )
    return Birthday(*found)
