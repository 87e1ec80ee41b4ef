"""The one clock: everything that needs the time asks here, so that tests and `--as-of` can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Within this block `now()` answers `moment` (used by `--as-of` and by tests)."""
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)


def zone(name: str) -> ZoneInfo:
    """The named time zone; UTC where the name is not known."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def machine_zone() -> tzinfo:
    """The time zone of this machine. Its own file is asked: Django sets what everything else goes by to UTC."""
    try:
        with open("/etc/localtime", "rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC


def end_of_day(day: date, zone_name: str) -> datetime:
    """The last moment of a calendar day somewhere, in UTC: what `--as-of 2004-07-01` means."""
    return datetime.combine(day, time.max, zone(zone_name)).astimezone(UTC)


def kept_in(year: int, month: int, day: int) -> date:
    """The day on which a day of the year is kept in this year; 29 February on the 28th where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)
