"""A birthday as people give it: with the year or, as many prefer, without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rapport.kit.clock import kept_in
from rapport.kit.days import day_written, is_to_come, may_be_another_day
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


def birthday_of(written: str, today: date) -> Birthday | None:
    """ "14 March 1985", "14.3.1985", "1985-03-14" or "--03-14", as cards and tables have it too; None where nothing is
    written. Raises Trouble for anything else, for a day that may as well be another, and for one that is still to come.
    """
    if not written.strip():
        return None
    if may_be_another_day(written):
        said = _("“%(day)s” may be two days. Write it like 14.3.1987 or 1987-03-14.")
        raise Trouble(said % {"day": written.strip()}, code="which-birthday", field="birthday")
    found = day_written(written)
    if found is None:
        raise Trouble(
            _("Write a day there is, the year with four digits: 14 March, 14 March 1985 or 14.3.1985."),
            code="bad-birthday",
            field="birthday",
        )
    if is_to_come(found, today):
        said = _("Nobody is born in the future: “%(day)s” is still to come. Write the year they were born, or none.")
        raise Trouble(said % {"day": written.strip()}, code="birthday-to-come", field="birthday")
    return Birthday(*found)
