"""The files come out the same for the same day, quickly, and the calendar and address book read as they were meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

from rapport.village import raise_village
from tests.village.conftest import NOW, Raised


def written(folder: Path, now: datetime, seed: int = 7) -> dict[str, bytes]:
    village = raise_village(folder, now, seed, scale=0.1)
    return {file.path.name: file.path.read_bytes() for file in village.files}


def calendar_of(raised: Raised) -> Calendar:
    return Calendar.from_ical(raised.path("ics").read_bytes())


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "a", NOW) == written(tmp_path / "b", NOW + timedelta(hours=9))


def test_another_seed_or_day_gives_another_village(tmp_path: Path) -> None:
    usual = written(tmp_path / "a", NOW)
    assert usual != written(tmp_path / "b", NOW, seed=8)
    assert usual != written(tmp_path / "c", NOW + timedelta(days=1))


def test_every_colleague_owns_a_mailbox(raised: Raised) -> None:
    owners = {file.owner for file in raised.village.files if file.format == "mbox"}
    assert owners == {colleague.email for colleague in raised.village.colleagues}
    assert len(owners) == 8


def test_the_calendar_holds_about_nine_hundred_talks(raised: Raised) -> None:
    calendar = calendar_of(raised)
    talks = recurring_ical_events.of(calendar).between(NOW - timedelta(days=1465), NOW)
    assert 700 <= len(talks) <= 1_100
    calls = [event for event in calendar.walk("VEVENT") if event.get("CATEGORIES")]
    assert len(calls) > 200
    assert all(str(call["SUMMARY"]).startswith("Call with ") for call in calls)
    assert any(str(call.get("URL", "")).startswith("tel:+") for call in calls)


def test_entries_are_told_apart_and_some_are_called_off_or_declined(raised: Raised) -> None:
    events = calendar_of(raised).walk("VEVENT")
    keys = [(str(e["UID"]), str(e.get("RECURRENCE-ID") and e["RECURRENCE-ID"].dt)) for e in events]
    assert len(set(keys)) == len(keys)
    assert sum(e["STATUS"] == "CANCELLED" for e in events) >= 5
    assert b"PARTSTAT=DECLINED" in calendar_of(raised).to_ical()
    assert sum("RRULE" in e for e in events) >= 4


def test_written_zones_agree_with_the_real_ones(raised: Raised) -> None:
    """10:00 in Jerusalem in summer is 07:00 UTC; the file's own rules must say so too."""
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar_of(raised).walk("VTIMEZONE")}
    assert datetime(2026, 7, 1, 10, tzinfo=zones["Asia/Jerusalem"]).astimezone(UTC).hour == 7
    assert datetime(2026, 7, 1, 10, tzinfo=zones["Europe/London"]).astimezone(UTC).hour == 9
    assert datetime(2026, 12, 1, 10, tzinfo=zones["Europe/Rome"]).astimezone(UTC).hour == 9


def test_maya_met_someone_for_the_first_time_this_week(raised: Raised) -> None:
    email = next(s.email for s in raised.village.scenes if s.kind == "first" and s.owner == "maya@fernhill.example")
    met = [
        event
        for event in calendar_of(raised).walk("VEVENT")
        if f"mailto:{email}".encode() in event.to_ical().replace(b"\r\n ", b"")
    ]
    assert [NOW - timedelta(days=7) < event["DTSTART"].dt < NOW for event in met] == [True]
    assert not any(email in mail.addresses("From", "To", "Cc") for mail in raised.every_mail)


def test_cards_are_whole_and_phones_belong_to_one_person_each(raised: Raised) -> None:
    cards = raised.path("vcf").read_bytes().decode()
    assert cards.count("BEGIN:VCARD") == cards.count("END:VCARD") > 150
    assert max(len(line.encode()) for line in cards.split("\r\n")) <= 75
    phones = [line.partition(":")[2] for line in cards.split("\r\n") if line.startswith("TEL")]
    assert len(set(phones)) == len(phones) > 80
    addresses = [line.partition(":")[2] for line in cards.split("\r\n") if line.startswith("EMAIL")]
    assert len(set(addresses)) == len(addresses) > cards.count("BEGIN:VCARD")


def test_facts_tags_and_faces_are_about_people_who_are_there(raised: Raised) -> None:
    village = raised.village
    there = {address for mail in raised.every_mail for address in mail.addresses("From", "To")}
    there |= {scene.email for scene in village.scenes}
    assert {fact.email for fact in village.facts} <= there
    assert {tag.email for tag in village.tags} <= there
    assert len(set(village.portraits.values())) == 27
    assert all(fact.source for fact in village.facts)
