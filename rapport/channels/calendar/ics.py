"""From iCalendar to sightings: one for each time a meeting took or takes place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from icalendar import Calendar, Component
from icalendar.timezone import tzp

from rapport.kit.text import db_text

from ..mail.addresses import email_of
from ..mail.markup import text_of_html
from ..mail.own_words import excerpt_of
from ..mail.questions import question_in
from ..sightings import (
    TEXT_LIMIT,
    Address,
    Failure,
    Parsed,
    Party,
    PartyPart,
    ReadingOptions,
    Response,
    Sighting,
    Skipped,
    origin_of,
)
from .recurrence import TooOften, instances_of
from .slices import calendar_text, read_calendar
from .zones import named_zone, zone_or_utc

_RULES = {"VTODO": "calendar-task", "VJOURNAL": "calendar-journal", "VFREEBUSY": "calendar-free-busy"}
_RESPONSES: dict[str, Response] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "NEEDS-ACTION": "needs-action",
}
# What a guest says of the meeting of somebody else: it names the guest alone, and moves nothing.
_ANSWERS = ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER")
OF_AN_ANSWER = -1
_LOOSE_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z)?)?")
_LINE_ENDS = re.compile(r"\r\n|\r")
# Alarms, places and participants within an event tell us nothing, and what is wrong in them loses the event.
_NESTED = re.compile(
    r"^BEGIN:(?!V(?:CALENDAR|EVENT|TIMEZONE))(?!STANDARD|DAYLIGHT)([\w-]+)\s*\n(?:.*\n)*?END:\1\s*\n", re.I | re.M
)
_MARKUP = re.compile(r"<(?:html|body|p|br|div|a|span|b|ul)\b", re.IGNORECASE)
PARTIES_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class _Setting:
    zone: tzinfo
    zone_name: str
    is_cancel: bool
    is_answer: bool
    now: datetime | None


class _Unreadable(ValueError):
    # its one argument is the reason of the Failure
    pass


_CALLS = frozenset({"call", "calls", "phone", "phone call", "anruf", "telefonat", "appel", "llamada", "chiamata"})


def parse_calendar(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """What a calendar, or one item of it with its prefix, says. A bad event is a Failure and loses no other."""
    options = options or ReadingOptions()
    text = calendar_text(options.prefix + raw if options.prefix else raw)
    if not re.search(r"^\s*BEGIN:", text, re.IGNORECASE | re.MULTILINE):
        return Parsed(failure=Failure("not-a-calendar"))
    found = read_calendar(text)
    events = [item for (kind, _), item in found.items.items() if kind == "VEVENT"]
    if not events:
        kinds = [_RULES.get(kind, "calendar-other") for kind, _ in found.items]
        return Parsed(skipped=Skipped(kinds[0] if kinds else "calendar-empty"))
    sightings: list[Sighting] = []
    remarks: list[str] = []
    failure: Failure | None = None
    for item in events:
        written = f"{found.prefix_for(item)}{item.body}\r\nEND:VCALENDAR\r\n"
        try:
            sightings += _series(written, _setting(item.shared, options), remarks)
        except _Unreadable as trouble:
            failure = failure or Failure(str(trouble))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError, OSError) as trouble:
            failure = failure or Failure("event-unreadable", str(trouble)[:200])
    nothing = Skipped("nothing-in-it") if not sightings and not failure else None  # all its times are excepted
    return Parsed(sightings=tuple(sightings), skipped=nothing, failure=failure, remarks=tuple(dict.fromkeys(remarks)))


def _setting(shared: Iterable[str], options: ReadingOptions) -> _Setting:
    values = dict(line.rstrip().split(":", 1) for line in shared)
    named = next((v for k, v in values.items() if k.upper().startswith("X-WR-TIMEZONE")), "").strip()
    name = named if named_zone(named) else options.time_zone
    method = next((v.strip().upper() for k, v in values.items() if k.upper() == "METHOD"), "")
    return _Setting(zone_or_utc(name), name, method == "CANCEL", method in _ANSWERS, options.now)


def _series(text: str, setting: _Setting, remarks: list[str]) -> list[Sighting]:
    tzp.use_default()  # forget the zones other files defined under the same names
    calendar = Calendar.from_ical(_plain(text))
    events: list[Component] = calendar.walk("VEVENT")
    for event in events:
        _mend(event, setting, remarks)
    repeats = [event for event in events if "RRULE" in event or "RDATE" in event]
    if not repeats:
        return [_sighting(event, _which(event, setting), setting) for event in events]
    whole = min((_revision(event) for event in events if "RECURRENCE-ID" not in event), default=0)
    alone = {_which(event, setting) for event in events if "RECURRENCE-ID" in event}

    def time_of(event: Component) -> Sighting:
        """One time of the series; an exception told with it is of its revision at least."""
        which = _which(event, setting, is_series=True)
        found = _sighting(event, which, setting)
        revision = found.revision if setting.is_answer else max(found.revision, whole)
        return replace(found, revision=revision, in_reply_to=found.message_id if which in alone else "")

    try:
        instances = instances_of(events, calendar.walk("VTIMEZONE"), setting.now)
    except TooOften:
        remarks.append("repeats-too-often")
        instances = []
    except Exception:  # rules are a language of their own; what their reader cannot follow still took place once
        remarks.append("rule-unreadable")
        instances = []
    if not instances:
        return [time_of(event) for event in events if not _is_taken_out(event)]
    return [time_of(event) for event in instances]


def _is_taken_out(event: Component) -> bool:
    """Whether the event excepts its own beginning: then it does not take place, at least not that day."""
    start = _moment(event["DTSTART"])
    excepted = _listed(event.get("EXDATE", []))
    return any(start == _moment(one) for given in excepted for one in getattr(given, "dts", ()))


def _plain(text: str) -> str:
    lines = _NESTED.sub("", _LINE_ENDS.sub("\n", text)).split("\n")
    return "\r\n".join(line for line in lines if line.strip())


def _mend(event: Component, setting: _Setting, remarks: list[str]) -> None:
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "DURATION"):
        value = event.get(name)
        if isinstance(value, list):
            event[name] = value = value[0]
        if value is None or _moment(value) is not None or (name == "DURATION" and _length(value) is not None):
            continue
        del event[name]
        if name != "DURATION" and (read := _loose_date(str(value), setting)) is not None:
            event.add(name, read)
            remarks.append("date-mended")
    if "DTSTART" not in event:
        if (stand_in := _moment(event.get("RECURRENCE-ID"))) is None:
            raise _Unreadable("no-start")
        event.add("DTSTART", stand_in)
        remarks.append("date-mended")


def _moment(value: Any) -> date | None:
    found = _content(value)
    return found if isinstance(found, date) else None


def _length(value: Any) -> timedelta | None:
    found = _content(value)
    return found if isinstance(found, timedelta) else None


def _content(value: Any) -> Any:
    try:
        return getattr(value, "dt", None)
    except ValueError:  # a property its reader marked as broken
        return None


def _loose_date(written: str, setting: _Setting) -> date | None:
    found = _LOOSE_DATE.search(written)
    if not found:
        return None
    year, month, day, hour, minute, second, is_utc = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        zone = UTC if is_utc else setting.zone
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone)
    except ValueError:
        return None


def _which(event: Component, setting: _Setting, is_series: bool = False) -> str:
    # A meeting that was moved stays itself: its identity is when it was first meant to be.
    meant = _moment(event.get("RECURRENCE-ID")) or (_moment(event["DTSTART"]) if is_series else None)
    return _utc(meant, setting.zone).isoformat(timespec="seconds") if meant else ""


def _sighting(event: Component, which: str, setting: _Setting) -> Sighting:
    start = _moment(event["DTSTART"])
    if start is None:
        raise _Unreadable("no-start")
    at = _utc(start, setting.zone)
    subject = _text(event, "SUMMARY", 1_000)
    text = _text(event, "DESCRIPTION", TEXT_LIMIT * 2)
    text = text_of_html(text) if _MARKUP.search(text) else text
    uid = _text(event, "UID", 990)
    status = _text(event, "STATUS", 20).upper()
    return Sighting(
        kind="call" if _is_call(event) else "meeting",
        origin=origin_of("meeting", uid, which) if uid else origin_of("meeting", "", at.isoformat(), subject),
        at=at,
        until=_until(event, start, at, setting),
        all_day=not isinstance(start, datetime),
        time_zone=_zone_name(event, start, setting),
        parties=_parties(event),
        subject=subject,
        text=text[:TEXT_LIMIT],
        excerpt=excerpt_of(text),
        question=question_in(text),
        message_id=uid,
        in_reply_to=uid if setting.is_answer or "RECURRENCE-ID" in event else "",
        cancelled=setting.is_cancel or status == "CANCELLED",
        tentative=status == "TENTATIVE",
        location=_text(event, "LOCATION", 500),
        revision=OF_AN_ANSWER if setting.is_answer else _revision(event),
        revised_at=_utc(stamp, setting.zone) if (stamp := _moment(event.get("DTSTAMP"))) else None,
    )


def _revision(event: Component) -> int:
    found = re.fullmatch(r"\d{1,9}", _text(event, "SEQUENCE", 20))
    return int(found.group()) if found else 0


def _is_call(event: Component) -> bool:
    """Whether the event says it is a call: by its category, or by a number to dial."""
    given = event.get("CATEGORIES", [])
    words = [str(word).strip().casefold() for one in _listed(given) for word in getattr(one, "cats", [one])]
    return not _CALLS.isdisjoint(words) or str(event.get("URL", "")).strip().lower().startswith("tel:")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _utc(moment: date, zone: tzinfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), tzinfo=zone)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _until(event: Component, start: date, at: datetime, setting: _Setting) -> datetime | None:
    end = _moment(event.get("DTEND"))
    if end is not None:
        ends = _utc(end, setting.zone)
        return ends if ends >= at else None
    duration = _length(event.get("DURATION"))
    try:
        if duration is not None:
            return at + duration if duration >= timedelta() else None
        return None if isinstance(start, datetime) else _utc(start + timedelta(days=1), setting.zone)
    except OverflowError:
        return None


def _zone_name(event: Component, start: date, setting: _Setting) -> str:
    named = str(getattr(event["DTSTART"], "params", {}).get("TZID", ""))
    if named:
        zone = named_zone(named)
        return zone.key if zone else db_text(named, 100)
    return "UTC" if isinstance(start, datetime) and start.tzinfo is not None else setting.zone_name


def _parties(event: Component) -> tuple[Party, ...]:
    parties = [*_party(event, "ORGANIZER", "organizer"), *_party(event, "ATTENDEE", "attendee")]
    by_address: dict[str, Party] = {}
    for party in parties[:PARTIES_LIMIT]:
        known = by_address.get(party.address.value)
        if known is None:
            by_address[party.address.value] = party
        elif not known.response:  # organizers attend too, and say so there
            by_address[party.address.value] = Party(known.address, known.part, party.response)
    return tuple(by_address.values())


def _party(event: Component, name: str, part: PartyPart) -> Iterable[Party]:
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        given = getattr(value, "params", {})
        if str(given.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE"):
            continue
        address = email_of(str(value)) or email_of(str(given.get("EMAIL", "")))
        if address:
            written = " ".join(str(given.get("CN", "")).strip("\"'").split())
            spoken = "" if email_of(written) else db_text(written, 200)
            response = _RESPONSES.get(str(given.get("PARTSTAT", "")).upper(), "")
            yield Party(Address("email", db_text(address), spoken), part, response)


def _text(event: Component, name: str, limit: int) -> str:
    value = event.get(name, "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return db_text(str(value)[:limit]).replace("\r\n", "\n").strip()
