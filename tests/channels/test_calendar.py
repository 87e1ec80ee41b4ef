"""Calendars: each meeting once, at the right time, whatever its file got wrong."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from rapport.channels.calendar.cutting import split_calendar
from rapport.channels.calendar.ics import parse_calendar
from rapport.channels.sightings import Parsed, ReadingOptions

LARGE = 1 << 20
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def calendar(*parts: str) -> bytes:
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(parts) + "END:VCALENDAR\r\n").encode()


def read(raw: bytes, **options: str) -> Parsed:
    return parse_calendar(raw, ReadingOptions(now=NOW, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "at"),
    [
        ("DTSTART:20260303T090000Z", (9, 0)),
        ("DTSTART;TZID=Europe/Berlin:20260303T100000", (9, 0)),
        ("DTSTART;TZID=W. Europe Standard Time:20260303T100000", (9, 0)),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260303T100000", (9, 0)),
        ("DTSTART:20260303T100000", (9, 0)),  # floating: the reader's own zone
        ("DTSTART:2026-03-03T09:00:00Z", (9, 0)),
    ],
)
def test_a_meeting_is_at_the_right_time_in_every_zone(start: str, at: tuple[int, int]) -> None:
    (sighting,) = read(calendar(event("UID:a", start, "DURATION:PT30M")), time_zone="Europe/Berlin").sightings
    assert sighting.at == datetime(2026, 3, 3, *at, tzinfo=UTC)
    assert sighting.until is not None
    assert (sighting.until - sighting.at).seconds == 1800


def test_a_zone_only_its_file_knows_is_read_from_the_file() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Our Own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    raw = calendar(zone, event("UID:a", "DTSTART;TZID=Our Own:20260303T120000"))
    ((prefix, body),) = split_calendar(io.BytesIO(raw), LARGE)
    (sighting,) = parse_calendar(body, ReadingOptions(prefix=prefix)).sightings
    assert sighting.at == datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_an_all_day_event_lasts_the_day_where_its_owner_is() -> None:
    (sighting,) = read(calendar(event("UID:a", "DTSTART;VALUE=DATE:20260303")), time_zone="Europe/Berlin").sightings
    assert sighting.all_day
    assert (sighting.at, sighting.until) == (
        datetime(2026, 3, 2, 23, tzinfo=UTC),
        datetime(2026, 3, 3, 23, tzinfo=UTC),
    )


def test_who_came_and_who_declined() -> None:
    (sighting,) = read(
        calendar(
            event(
                "UID:a",
                "DTSTART:20260303T090000Z",
                "SUMMARY:Rota\\, again",
                "ORGANIZER;CN=Ana:mailto:Ana@x.org",
                "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@x.org",
                'ATTENDEE;CN="Nair, Priya";PARTSTAT=DECLINED:MAILTO:priya@y.org',
                "ATTENDEE;CUTYPE=ROOM:mailto:room@x.org",
            )
        )
    ).sightings
    assert sighting.subject == "Rota, again"
    assert [(p.address.value, p.address.name, p.part, p.response) for p in sighting.parties] == [
        ("ana@x.org", "Ana", "organizer", "accepted"),
        ("priya@y.org", "Nair, Priya", "attendee", "declined"),
    ]


def test_a_series_keeps_its_hour_over_the_change_of_clocks_and_its_exceptions() -> None:
    parsed = read(
        calendar(
            event(
                "UID:a",
                "DTSTART;TZID=Europe/Berlin:20260318T100000",
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE;TZID=Europe/Berlin:20260325T100000",
            ),
            event(
                "UID:a",
                "RECURRENCE-ID;TZID=Europe/Berlin:20260401T100000",
                "DTSTART;TZID=Europe/Berlin:20260402T150000",
                "STATUS:CANCELLED",
            ),
        )
    )
    assert [(one.at.isoformat()[:16], one.cancelled) for one in parsed.sightings] == [
        ("2026-03-18T09:00", False),
        ("2026-04-02T13:00", True),
        ("2026-04-08T08:00", False),
    ]


def test_a_moved_meeting_of_a_series_stays_itself() -> None:
    series = event("UID:a", "DTSTART:20260318T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    moved = event("UID:a", "RECURRENCE-ID:20260325T100000Z", "DTSTART:20260326T100000Z")
    before = {one.origin for one in read(calendar(series)).sightings}
    after = {one.origin for one in read(calendar(series, moved)).sightings}
    assert before == after


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5"])
def test_a_rule_by_the_minute_is_refused(rule: str) -> None:
    parsed = read(calendar(event("UID:a", "DTSTART:20260303T090000Z", f"RRULE:{rule}")))
    assert (len(parsed.sightings), parsed.remarks) == (1, ("repeats-too-often",))


@pytest.mark.parametrize(("year", "rule"), [(1990, "FREQ=DAILY"), (2026, "FREQ=HOURLY"), (1990, "FREQ=YEARLY")])
def test_an_endless_rule_is_bounded_and_keeps_what_is_near(year: int, rule: str) -> None:
    parsed = read(calendar(event("UID:a", f"DTSTART:{year}0303T090000Z", f"RRULE:{rule}")))
    assert 10 < len(parsed.sightings) <= 1_000
    assert any(abs((one.at - NOW).days) < 370 for one in parsed.sightings)


def test_one_bad_event_loses_no_other() -> None:
    raw = calendar(
        event("UID:a", "SUMMARY:no day"),
        event("UID:b", "DTSTART:20260303T090000Z"),
        "BEGIN:VEVENT\r\nUID:c\r\nDTSTART:20260304T090000Z\r\n",
    )
    parsed = read(raw)
    assert [one.message_id for one in parsed.sightings] == ["b", "c"]
    assert parsed.failure is not None
    assert parsed.failure.reason == "no-start"


def test_what_is_no_meeting_is_skipped_by_name() -> None:
    parsed = read(calendar("BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\n"))
    assert parsed.skipped is not None
    assert parsed.skipped.rule == "calendar-task"


def test_items_of_a_file_keep_their_bytes() -> None:
    raw = calendar(event("UID:a", "SUMMARY:Grüße"), event("UID:b", "SUMMARY:b")).replace(b"\r\n", b"\n")
    bodies = [body for _, body in split_calendar(io.BytesIO(raw), LARGE)]
    assert len(bodies) == 2
    assert all(body in raw for body in bodies)


def test_a_cancelled_calendar_cancels_its_events() -> None:
    (sighting,) = read(calendar("METHOD:CANCEL\r\n", event("UID:a", "DTSTART:20260303T090000Z"))).sightings
    assert sighting.cancelled


def test_of_calendars_that_share_a_file_each_speaks_for_its_own() -> None:
    cancelled = calendar("METHOD:CANCEL\r\n", event("UID:a", "DTSTART:20260303T090000Z"))
    others = [calendar("METHOD:PUBLISH\r\n", event(f"UID:{n}", "DTSTART:20260304T090000Z")) for n in range(50)]
    pieces = list(split_calendar(io.BytesIO(cancelled + b"".join(others)), LARGE))
    assert max(len(prefix) for prefix, _ in pieces) < 100
    read_alone = [
        one for prefix, body in pieces for one in parse_calendar(body, ReadingOptions(prefix=prefix)).sightings
    ]
    for found in (read_alone, read(cancelled + b"".join(others)).sightings):
        assert [one.message_id for one in found if one.cancelled] == ["a"]
        assert len(found) == 51


def test_a_meeting_all_of_whose_times_are_excepted_does_not_take_place() -> None:
    lines = ("UID:a", "DTSTART:20260303T090000Z", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20260303T090000Z")
    read_in_it = read(calendar(event(*lines)))
    assert read_in_it.sightings == ()
    assert read_in_it.skipped is not None
    assert read_in_it.skipped.rule == "nothing-in-it"
