"""Days of a life in the ways programs and people write them, the year often left out. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Literal

from .text import fold

Written = tuple[int, int, int | None]  # month, day, year
First = Literal["day", "month"]  # of 3/2/1971

# A clock behind it says nothing: tables put midnight there.
_CLOCK = r"(?:[T ].*|,? \d{1,2}:\d\d.*)?"
_SURE = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ].*)?"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"--(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ].*)?"),
    re.compile(r"--(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.(?:\s?(?P<year>\d{{4}}){_CLOCK})?"),
    re.compile(rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}){_CLOCK}"),
)
_EITHER_FIRST = re.compile(rf"(\d{{1,2}})(?:/(\d{{1,2}})(?:/(\d{{4}}){_CLOCK})?|-(\d{{1,2}})-(\d{{4}}){_CLOCK})")
_WORD = r"(?P<word>[^\W\d_]{3,})\.?"
_DAY = r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|º|ª|°)?"
_GAP = r"(?:\s*-\s*|\s+)"
_IN_WORDS = (
    re.compile(
        rf"(?:le )?{_DAY}(?:{_GAP}|(?<=\.))(?:of |de )?{_WORD},?(?:{_GAP}(?:de |del )?(?P<year>\d{{4}}))?", re.I
    ),
    re.compile(rf"{_WORD}{_GAP}{_DAY}(?:,?{_GAP}(?P<year>\d{{4}}))?", re.I),
    re.compile(rf"(?P<year>\d{{4}}),?{_GAP}{_WORD}{_GAP}{_DAY}", re.I),
)
_NO_DAY = re.compile(r"0{1,4}([./-]) ?0{1,2}\1 ?0{1,4}(?:[T ][0:.]*)?")
_LONGEST = 60
_A_LEAP_YEAR = 2000

_MONTHS = (
    "january januar jänner jaenner janvier enero gennaio januari janeiro",
    "february februar feber février febrero febbraio februari fevereiro",
    "march märz maerz mars marzo maart mrt março",
    "april avril abril aprile",
    "may mai mayo maggio mei maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août agosto augustus",
    "september septembre septiembre setiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre diciembre dicembre dezembro",
)

# Where the month stands first; in Canada either does, and nobody knows from there.
_MONTH_FIRST = frozenset("US PR GU VI AS MP UM FM MH PW PH".split())
_EITHER = frozenset(("", "CA"))


def day_written(written: str, first: First | None = None, is_year: Callable[[int], bool] = bool) -> Written | None:
    """The month, the day and the year where it is told; None where the text names no day that exists, and where it may
    name two and nobody says which stands `first`. `is_year` says which years are meant; 0000 never is."""
    text = written.strip()
    if len(text) > _LONGEST:
        return None
    if found := _EITHER_FIRST.fullmatch(text):
        one, other, year = _figures(found)
        if (order := _order(one, other) or (first if one != other else "day")) is None:
            return None
        day, month = (one, other) if order == "day" else (other, one)
        return _existing(month, day, _meant(year, is_year))
    for form in _SURE:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            return _existing(int(parts["month"]), int(parts["day"]), _meant(int(parts.get("year") or 0), is_year))
    return _in_words(text, is_year)


def is_no_day(written: str) -> bool:
    """Whether nothing but zeros stands for a day, as programs write where there is none: 0.0.00, 0000-00-00."""
    return written[:1] == "0" and _NO_DAY.fullmatch(written) is not None


def may_be_another_day(written: str) -> bool:
    """Whether the day may as well be the month: 3/2/1971."""
    found = _EITHER_FIRST.fullmatch(written.strip()[:_LONGEST])
    if found is None:
        return False
    one, other, _year = _figures(found)
    return one != other and _order(one, other) is None


def is_to_come(day: Written, today: date) -> bool:
    """Whether this day of this year is later than today."""
    month, day_of_month, year = day
    return year is not None and (year, month, day_of_month) > (today.year, today.month, today.day)


def first_proved_by(written: str) -> First | None:
    """What stands first where 14/3/1985 was written; None where that proves nothing."""
    found = _EITHER_FIRST.fullmatch(written.strip()[:_LONGEST])
    if found is None:
        return None
    one, other, _year = _figures(found)
    order = _order(one, other)
    day, month = (one, other) if order == "day" else (other, one)
    return order if order and _existing(month, day, None) else None


def first_in(country: str) -> First | None:
    """What stands first where people live in this country; None where nobody can tell."""
    if country in _EITHER:
        return None
    return "month" if country in _MONTH_FIRST else "day"


def _figures(found: re.Match[str]) -> tuple[int, int, int]:
    one, other, year, dashed, dashed_year = found.groups()
    return int(one), int(other or dashed), int(year or dashed_year or 0)


def _order(one: int, other: int) -> First | None:
    if one > 12 >= other:
        return "day"
    return "month" if other > 12 >= one else None


def _in_words(text: str, is_year: Callable[[int], bool]) -> Written | None:
    for form in _IN_WORDS:
        if found := form.fullmatch(text):
            month = _MONTH_OF.get(fold(found["word"]))
            return _existing(month, int(found["day"]), _meant(int(found["year"] or 0), is_year)) if month else None
    return None


def _meant(year: int, is_year: Callable[[int], bool]) -> int | None:
    return year if year and is_year(year) else None


def _existing(month: int, day: int, year: int | None) -> Written | None:
    if month > 12 and day <= 12:
        month, day = day, month
    try:
        date(_A_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        return None
    return month, day, year


def _beginnings() -> dict[str, int]:
    """The month each word begins; "jui" begins two and is none."""
    found = defaultdict[str, set[int]](set)
    for number, names in enumerate(_MONTHS, 1):
        for name in map(fold, names.split()):
            for end in range(3, len(name) + 1):
                found[name[:end]].add(number)
    return {word: min(months) for word, months in found.items() if len(months) == 1}


_MONTH_OF = _beginnings()
