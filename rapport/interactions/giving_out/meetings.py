"""A meeting as a calendar file (iCalendar): as it came, with all its times and all that was written of it; or, where it
was logged by hand or came through a colleague's calendar, made of what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Timezone

from rapport.accounts.access import Viewer
from rapport.channels.calendar.slices import calendar_text
from rapport.channels.calendar.zones import named_zone
from rapport.channels.models import ImportItem
from rapport.channels.raw import bytes_of
from rapport.kit.trouble import NotAllowed

from ..models import Interaction
from ..opening import InteractionSheet, open_interaction, own_copies
from .lines import escaped, folded

CALENDAR = "calendar"
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Rapport//EN")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_NAMED_ZONE = re.compile(r"TZID=\"?([^\":;,]+)\"?[:;]", re.IGNORECASE)
_TOLD_ZONE = re.compile(r"^TZID(?:;[^:]*)?:(.*)$", re.IGNORECASE)
_UID = re.compile(r"UID[;:]", re.IGNORECASE)
MOST_TELLINGS = 50
_FURTHEST_EAST = timedelta(hours=13)
_VERSION, _MAKER = re.compile(r"VERSION[;:]", re.IGNORECASE), re.compile(r"PRODID[;:]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file, and how it is called."""

    name: str
    body: bytes


def meeting_file(viewer: Viewer, interaction_id: UUID, now: datetime, as_of: datetime | None = None) -> CalendarFile:
    """The meeting, or whatever else happened; NotAllowed where its words are not the viewer's to read."""
    sheet = open_interaction(viewer, interaction_id, as_of)
    if sheet.is_private:
        raise NotAllowed(_("This is private: its words belong to those who were there."), code="private")
    copies = own_copies(viewer, interaction_id).filter(raw_item__format=CALENDAR).select_related("raw_item")
    came = _last_tellings(copies.order_by("-id")[:MOST_TELLINGS])
    zone = _zone_of_its_days(sheet) if sheet.all_day else None
    lines = _as_it_came(came) if came else map(folded, _made_of(sheet, zone, now))
    day = _day(sheet.at, zone) if zone else sheet.at.astimezone(ZoneInfo(viewer.time_zone)).date()
    return CalendarFile(f"{day}.ics", "".join(line + "\r\n" for line in lines).encode())


def _last_tellings(items: Iterable[ImportItem]) -> list[str]:
    """The last that was told of the meeting. What names no meeting (UID) may be several at one time: all of them."""
    lines: list[str] = []
    seen = set[str | UUID]()
    for item in items:
        assert item.raw_item is not None
        raw = bytes(item.prefix or b"") + bytes_of(item.raw_item, settings.HOUSE.files_folder)
        told = [line for line in _LINE_ENDS.split(calendar_text(raw)) if line.strip()]
        uid = next((line for line in told if _UID.match(line)), "") or item.raw_item.id
        if uid not in seen:
            lines += [line for line in told if line.strip().upper() not in ("BEGIN:VCALENDAR", "END:VCALENDAR")]
        seen.add(uid)
    return lines


def _as_it_came(lines: list[str]) -> Iterator[str]:
    """All lines of it, in UTF-8; with the zones it names, which its file may have left to whoever reads it."""
    yield _HEAD[0]
    for needed, line in ((_VERSION, _HEAD[1]), (_MAKER, _HEAD[2])):
        if not any(needed.match(one) for one in lines):
            yield line
    at = next((place for place, line in enumerate(lines) if line.upper().startswith("BEGIN:")), len(lines))
    yield from lines[:at]
    told = {found.group(1).strip() for line in lines if (found := _TOLD_ZONE.match(line))}
    for name in sorted({name.strip() for line in lines for name in _NAMED_ZONE.findall(line)} - told):
        yield from _zone(name)
    yield from lines[at:]
    yield "END:VCALENDAR"


@lru_cache(maxsize=64)
def _zone(name: str) -> tuple[str, ...]:
    known = named_zone(name)
    if known is None:
        return ()
    zone = Timezone.from_tzid(known.key)
    zone["TZID"] = name
    return tuple(zone.to_ical().decode().removesuffix("\r\n").split("\r\n"))


def _zone_of_its_days(sheet: InteractionSheet) -> ZoneInfo:
    """Of whose calendar it came from: where that names no zone of its own, its days were read as days there."""
    owners = Interaction.objects.filter(id=sheet.id).values_list("source__owner__time_zone", flat=True)
    return ZoneInfo(owners.first() or "UTC")


def _day(midnight: datetime, zone: ZoneInfo) -> date:
    """The day that begins then; where none does in this zone, in one of those between Hawaii and New Zealand."""
    local = midnight.astimezone(zone)
    return local.date() if local.time() == time() else (midnight.astimezone(UTC) + _FURTHEST_EAST).date()


def _made_of(sheet: InteractionSheet, zone: ZoneInfo | None, now: datetime) -> Iterator[str]:
    yield from (*_HEAD, "BEGIN:VEVENT", f"UID:urn:uuid:{sheet.id}", f"DTSTAMP:{_moment(now)}")
    until = sheet.until or (sheet.at + timedelta(minutes=sheet.minutes) if sheet.minutes else None)
    for name, at in (("DTSTART", sheet.at), ("DTEND", until)):
        if at is not None:
            yield f"{name};VALUE=DATE:{_day(at, zone):%Y%m%d}" if zone else f"{name}:{_moment(at)}"
    for name, words in (("SUMMARY", sheet.title), ("LOCATION", sheet.place), ("DESCRIPTION", sheet.text)):
        if words:
            yield f"{name}:{escaped(words)}"
    for one in sheet.participants:
        if "@" in one.address:
            who = one.name.replace('"', "'")
            role = "ORGANIZER" if one.part == "organizer" else "ATTENDEE"
            answered = f";PARTSTAT={one.response.upper()}" if one.response and role == "ATTENDEE" else ""
            yield f'{role};CN="{who}"{answered}:mailto:{one.address}'
    if sheet.is_cancelled:
        yield "STATUS:CANCELLED"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
