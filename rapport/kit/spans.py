"""Spans of time in words: how long, how long quiet, how long ago, how often. Every room says them with these."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

Unit = Literal["day", "week", "month", "year"]

MONTH, YEAR = 365.25 / 12, 365.25
WEEKS_FROM, MONTHS_FROM, YEARS_FROM = 21, 91, 730
"""Days from which a span is told in weeks, months and years: finer than that nobody thinks of it."""
NUMBER_WORDS = (
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
)


def counted(days: float) -> tuple[int, Unit]:
    """How many of which unit: 20 days, 7 weeks, 5 months, 22 years. Only whole days and years count as passed."""
    if days < WEEKS_FROM:
        return max(0, int(days)), "day"
    if days < MONTHS_FROM:
        return round(days / 7), "week"
    if days < YEARS_FROM:
        return round(days / MONTH), "month"
    return max(2, int(days / YEAR)), "year"


def days_here(earlier: datetime, later: datetime) -> int:
    """Calendar days between two moments where the reader is, whose language the words are in: 1 from yesterday on."""
    here = get_current_timezone()
    return (later.astimezone(here).date() - earlier.astimezone(here).date()).days


def length(days: float) -> str:
    """A stretch of time, as in “12 days, in touch on 3”."""
    n, unit = counted(days)
    return {
        "day": ngettext("%(n)d day", "%(n)d days", n),
        "week": ngettext("%(n)d week", "%(n)d weeks", n),
        "month": ngettext("%(n)d month", "%(n)d months", n),
        "year": ngettext("%(n)d year", "%(n)d years", n),
    }[unit] % {"n": n}


def quiet_for(days: float) -> str:
    """How long nothing has passed between two people, as a sentence."""
    n, unit = counted(days)
    if n < 1:
        return _("In touch within the last day.")
    return {
        "day": ngettext("Quiet for %(n)d day.", "Quiet for %(n)d days.", n),
        "week": ngettext("Quiet for %(n)d week.", "Quiet for %(n)d weeks.", n),
        "month": ngettext("Quiet for %(n)d month.", "Quiet for %(n)d months.", n),
        "year": ngettext("Quiet for %(n)d year.", "Quiet for %(n)d years.", n),
    }[unit] % {"n": n}


def how_long_ago(days: float) -> str:
    """How long ago, to be put into a sentence."""
    n, unit = counted(days)
    if unit == "day" and n < 2:
        return _("yesterday") if n else _("today")
    return {
        "day": ngettext("%(n)d day ago", "%(n)d days ago", n),
        "week": ngettext("%(n)d week ago", "%(n)d weeks ago", n),
        "month": ngettext("%(n)d month ago", "%(n)d months ago", n),
        "year": ngettext("%(n)d year ago", "%(n)d years ago", n),
    }[unit] % {"n": n}


def every(days: float) -> str:
    """How often, in words: every day, every three weeks, about once a year."""
    if days < 1.5:
        return _("every day")
    if days < 13:
        return _("every week") if 6 <= days <= 8 else _("every %(count)s days") % {"count": number(round(days))}
    if days < 45:
        weeks = round(days / 7)
        return _("every month") if weeks in (4, 5) else _("every %(count)s weeks") % {"count": number(weeks)}
    if days < 320:
        return _("every %(count)s months") % {"count": number(max(2, round(days / MONTH)))}
    years = round(days / YEAR)
    return _("about once a year") if years < 2 else _("every %(count)s years") % {"count": number(years)}


def number(count: int) -> str:
    """A small number as a word, a larger one in figures."""
    return str(NUMBER_WORDS[count - 2]) if 2 <= count <= 10 else str(count)
