"""The team calendar as an iCalendar file (RFC 5545), with its time zones written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rapport.village.gatherings import Gathering, Guest
from rapport.village.letters import seat_of

_EUROPE = ("19810329", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "19961027", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
_ISRAEL = (
    "20130329",
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR",
    "20131027",
    "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
)
# For each zone: its rules, its winter offset in hours, and the local hours at which summer begins and ends.
_ZONES = {
    "Europe/London": (_EUROPE, 0, 1, 2),
    "Europe/Lisbon": (_EUROPE, 0, 1, 2),
    "Europe/Rome": (_EUROPE, 1, 2, 3),
    "Europe/Berlin": (_EUROPE, 1, 2, 3),
    "Europe/Paris": (_EUROPE, 1, 2, 3),
    "Asia/Jerusalem": (_ISRAEL, 2, 2, 2),
}


def write_calendar(path: Path, gatherings: Sequence[Gathering], stamp: datetime) -> None:
    """One calendar with all gatherings in order of their start; `stamp` is when it was written."""
    ordered = sorted(gatherings, key=lambda one: (one.start, one.uid))
    zones = sorted({one.host.time_zone for one in ordered})
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fernhill//Team calendar//EN", "X-WR-CALNAME:Fernhill team"]
    for zone in zones:
        lines += _zone(zone)
    for one in ordered:
        lines += _event(one, stamp)
        for was, now_at in one.moved:
            lines += _event(one, stamp, was, now_at)
    lines.append("END:VCALENDAR")
    path.write_bytes(b"".join(fold(line) for line in lines))


def fold(line: str) -> bytes:
    """A content line of at most 75 octets a piece, never cut inside a letter, as iCalendar and vCard want it."""
    pieces, piece = [], b""
    for letter in line:
        data = letter.encode()
        if len(piece) + len(data) > 74:
            pieces.append(piece)
            piece = b" "
        piece += data
    return b"\r\n".join((*pieces, piece)) + b"\r\n"


def escape(text: str) -> str:
    """Text as a value in iCalendar and vCard."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _zone(name: str) -> list[str]:
    (summer_from, summer_rule, winter_from, winter_rule), winter, begins, ends = _ZONES[name]
    cold, warm = f"+{winter:02d}00", f"+{winter + 1:02d}00"
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        *("BEGIN:DAYLIGHT", f"TZOFFSETFROM:{cold}", f"TZOFFSETTO:{warm}", f"DTSTART:{summer_from}T{begins:02d}0000"),
        *(f"RRULE:{summer_rule}", "END:DAYLIGHT"),
        *("BEGIN:STANDARD", f"TZOFFSETFROM:{warm}", f"TZOFFSETTO:{cold}", f"DTSTART:{winter_from}T{ends:02d}0000"),
        *(f"RRULE:{winter_rule}", "END:STANDARD"),
        "END:VTIMEZONE",
    ]


def _event(one: Gathering, stamp: datetime, was: datetime | None = None, moved_to: datetime | None = None) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{one.uid}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"]
    lines += _when(one, moved_to or one.start)
    if was:
        lines.append(_local("RECURRENCE-ID", was, one.host.time_zone))
    elif one.rule:
        lines.append(f"RRULE:{one.rule}")
        lines += [_local("EXDATE", day, one.host.time_zone) for day in one.left_out]
    lines.append(f"SUMMARY:{escape(one.summary)}")
    lines += [f"LOCATION:{escape(one.location)}"] if one.location else []
    lines += [f"DESCRIPTION:{escape(one.description)}"] if one.description else []
    lines += ["CATEGORIES:Call"] if one.call else []
    lines += [f"URL:tel:{one.phone.replace(' ', '')}"] if one.phone else []
    lines.append(f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}")
    return [*lines, *_people(one), "END:VEVENT"]


def _when(one: Gathering, start: datetime) -> list[str]:
    if one.all_day:
        return [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"]
    end = start + timedelta(minutes=one.minutes)
    if one.call:
        return [f"DTSTART:{start.astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTEND:{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    return [_local("DTSTART", start, one.host.time_zone), _local("DTEND", end, one.host.time_zone)]


def _local(name: str, at: datetime, zone: str) -> str:
    return f"{name};TZID={zone}:{at.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"


def _people(one: Gathering) -> Iterator[str]:
    host = seat_of(one.host)
    yield f'ORGANIZER;CN="{host.name}":mailto:{host.address}'
    for guest in (Guest(host), *one.guests):
        said = f"ROLE=REQ-PARTICIPANT;PARTSTAT={guest.response}"
        yield f'ATTENDEE;CN="{guest.seat.name}";{said}:mailto:{guest.seat.address}'
