"""Options several forms share: time zones and days of the week."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import available_timezones

from django.http import HttpRequest
from django.utils.dates import WEEKDAYS_ABBR

from .pages.shell import Choice

NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


def time_zones(chosen: str) -> tuple[Choice, ...]:
    """Time zones by their places, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(NOT_PLACES)}
    names = ["UTC", *sorted(places | ({chosen} & available_timezones()) - {"UTC"})]
    return tuple(Choice(name, name.replace("_", " "), name == chosen) for name in names)


def working_days(chosen: Collection[int]) -> tuple[Choice, ...]:
    """The days of the week, Monday is 1."""
    return tuple(Choice(str(day + 1), str(WEEKDAYS_ABBR[day]), day + 1 in chosen) for day in range(7))


def days_chosen(request: HttpRequest) -> list[int]:
    """The days ticked in a form."""
    return sorted({int(day) for day in request.POST.getlist("working_days") if day in set("1234567")})
