"""A birthday as people write it, "14 March" or "14 March 1985", and the date the room keeps."""

from __future__ import annotations

import re

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from rapport.kit.text import fold

_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s+(?:de\s+)?([^\W\d_]{3,})\.?(?:\s+(?:de\s+)?(\d{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")


def birthday_from(written: str) -> str:
    """The ISO date, with "--" for a year that is not told; what is no day in words stays as it was typed."""
    text = written.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return text
    number = _month(month)
    return f"{year or '-'}-{number:02}-{int(day):02}" if number else text


def how_to_write_one() -> str:
    """What to do where something else was written."""
    return _("Write a day there is, the year with four digits: 14 March, 14 March 1985 or 14.3.1985.")


def _month(word: str) -> int | None:
    """Which month a word begins, in English or the reader's language."""
    names = {number: {fold(str(name))} for number, name in MONTHS.items()}
    with translation.override("en"):
        for number, name in MONTHS.items():
            names[number].add(fold(str(name)))
    return next((number for number, called in names.items() if any(one.startswith(fold(word)) for one in called)), None)
