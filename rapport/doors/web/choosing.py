"""Options several forms share: time zones and days of the week."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.dates import WEEKDAYS_ABBR

from rapport.kit.zones import zones_to_choose

from .pages.shell import Choice


def time_zones(chosen: str) -> tuple[Choice, ...]:
    """Time zones by their places, and UTC, as one would type them."""
    return tuple(Choice(name.replace("_", " "), name, name == chosen) for name in zones_to_choose())


def working_days(chosen: Collection[int]) -> tuple[Choice, ...]:
    """The days of the week, Monday is 1."""
    return tuple(Choice(str(day + 1), str(WEEKDAYS_ABBR[day]), day + 1 in chosen) for day in range(7))


def days_chosen(request: HttpRequest) -> list[int]:
    """The days ticked in a form."""
    return sorted({int(day) for day in request.POST.getlist("working_days") if day in set("1234567")})
