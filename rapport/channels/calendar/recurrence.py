"""When a meeting that repeats takes place, within bounds: a rule of one line may ask for millions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from time import process_time

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar, Component

INSTANCES_LIMIT = 1_000
PAST_INSTANCES_LIMIT = 900
PAST = timedelta(days=20 * 366)
FUTURE = timedelta(days=2 * 366)
HOURLY_PAST = timedelta(days=366)  # every hour of it is walked through before the first that counts
SECONDS_LIMIT = 1.0  # of work: by the wall, a busy machine would find fewer times, and the next import more
_TOO_OFTEN = ("SECONDLY", "MINUTELY")


class TooOften(ValueError):
    """A rule that repeats by the minute is a clock, not a meeting."""


def instances_of(series: list[Component], zones: list[Component], now: datetime | None) -> list[Component]:
    """Each time the series takes place, exceptions applied: at most 1,000, from 20 years ago to two years ahead.

    Without `now` the bounds are counted from the first time. Raises TooOften, or whatever the rule's reader raises.
    """
    if any(rule in _TOO_OFTEN for event in series for rule in _frequencies(event)):
        raise TooOften
    calendar = Calendar()
    for part in (*zones, *series):
        calendar.add_component(part)
    times = recurring_ical_events.of(calendar, keep_recurrence_attributes=True)
    begins = min(_day(start_of(event)) for event in series)
    middle = max(_day(now), begins) if now else begins
    is_hourly = any("HOURLY" in _frequencies(event) for event in series)
    if is_hourly and middle - begins > HOURLY_PAST:
        raise TooOften
    earliest = max(begins, middle - PAST)
    latest = middle + FUTURE if now else begins + PAST + FUTURE
    step = timedelta(days=40 if is_hourly else 2 * 366)
    until = process_time() + SECONDS_LIMIT
    # What lies nearest to now matters most: backwards from today, then ahead.
    found: dict[tuple[str, date], Component] = {}
    for limit, windows in (
        (PAST_INSTANCES_LIMIT, _windows_back(middle, earliest, step)),
        (INSTANCES_LIMIT, _windows_ahead(middle, latest, step)),
    ):
        for since, before in windows:
            if len(found) >= limit or process_time() > until:
                break
            for event in reversed(times.between(since, before)) if before <= middle else times.between(since, before):
                if len(found) < limit:
                    found.setdefault(_key(event), event)
    return sorted(found.values(), key=lambda event: str(start_of(event)))


def _windows_back(middle: date, earliest: date, step: timedelta) -> Iterator[tuple[date, date]]:
    while middle > earliest:
        yield max(middle - step, earliest), middle
        middle -= step


def _windows_ahead(middle: date, latest: date, step: timedelta) -> Iterator[tuple[date, date]]:
    while middle < latest:
        yield middle, min(middle + step, latest)
        middle += step


def _key(event: Component) -> tuple[str, date]:
    return str(event.get("RECURRENCE-ID", "")), start_of(event)


def start_of(event: Component) -> date:
    """When an event begins; its DTSTART must have been looked at before."""
    found: date = event["DTSTART"].dt  # type: ignore[union-attr,assignment]
    return found


def _frequencies(event: Component) -> list[str]:
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    return [str(value).upper() for rule in rules if hasattr(rule, "get") for value in rule.get("FREQ", [])]


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
