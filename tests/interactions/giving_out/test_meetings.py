"""A meeting is given out as it came, or made of what is known; never what is private or a colleague's copy."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from rapport.accounts.acting import By
from rapport.accounts.models import Membership
from rapport.channels.calendar.ics import parse_calendar
from rapport.interactions.giving_out.meetings import meeting_file
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.models import Interaction
from rapport.kit.trouble import NotAllowed
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db

SERIES = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Maya's\r\nBEGIN:VEVENT\r\nUID:rota\r\nDTSTAMP:20261101T080000Z\r\n"
    "DTSTART;TZID=W. Europe Standard Time:20261103T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
    'SUMMARY:Rota\\, again\r\nX-COLOUR;X-OF="a:b":green\r\nORGANIZER;CN=Maya:mailto:maya@fernhill.example\r\n'
    "ATTENDEE;PARTSTAT=ACCEPTED;CN=Priya:mailto:priya@northwind.example\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n"
    "TRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:rota\r\nDTSTAMP:20261101T080000Z\r\n"
    "RECURRENCE-ID;TZID=W. Europe Standard Time:20261110T100000\r\nSUMMARY:Rota elsewhere\r\n"
    "DTSTART;TZID=W. Europe Standard Time:20261110T110000\r\nORGANIZER;CN=Maya:mailto:maya@fernhill.example\r\n"
    "ATTENDEE;CN=Priya:mailto:priya@northwind.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def meeting(by: By, settings: object) -> UUID:
    """The second time of a series in Maya's calendar."""
    return bring_in(by, SERIES, "Rota elsewhere", settings)


def bring_in(by: By, calendar: str, title: str, settings: object) -> UUID:
    folder = settings.HOUSE.files_folder  # type: ignore[attr-defined]
    begun = start_import(by, [GivenFile("maya.ics", [calendar.encode()])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)
    return Interaction.objects.get(title=title).id


def test_it_is_given_as_it_came_with_all_its_times_and_its_zone(by: By, meeting: UUID) -> None:
    found = meeting_file(by.viewer, meeting, by.now)
    text = found.body.decode()
    assert found.name == "2026-11-10.ics"
    for line in SERIES.split("\r\n"):
        assert line.startswith("X-WR") or f"{line}\r\n" in text, line
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:W. Europe Standard Time\r\n" in text
    assert [one.at for one in parse_calendar(found.body).sightings] == [
        one.at for one in parse_calendar(SERIES.encode()).sightings
    ]


def test_of_a_colleagues_copy_what_is_known_is_written(by: By, meeting: UUID, colleague_reads: By) -> None:
    Interaction.objects.update(is_shared=True)
    text = meeting_file(colleague_reads.viewer, meeting, by.now).body.decode()
    assert "X-COLOUR" not in text
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Rota elsewhere"
    assert {str(one).lower() for one in (event["ORGANIZER"], event["ATTENDEE"])} == {
        "mailto:maya@fernhill.example", "mailto:priya@northwind.example",
    }  # fmt: skip


def test_what_is_private_is_not_given(meeting: UUID, by: By, colleague_reads: By) -> None:
    with pytest.raises(NotAllowed):
        meeting_file(colleague_reads.viewer, meeting, by.now)


@pytest.mark.parametrize("told", ["", "X-WR-TIMEZONE:Pacific/Auckland\r\n", "X-WR-TIMEZONE:Pacific/Honolulu\r\n"])
def test_the_days_of_a_meeting_are_the_same_for_everybody(
    by: By, colleague_reads: By, settings: object, told: str
) -> None:
    Membership.objects.update(time_zone="Europe/Berlin")
    days = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{told}BEGIN:VEVENT\r\nUID:days\r\nDTSTAMP:20261001T080000Z\r\n"
        "DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261104\r\nSUMMARY:Away\r\n"
        "ORGANIZER;CN=Maya:mailto:maya@fernhill.example\r\nATTENDEE;CN=Priya:mailto:priya@northwind.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    away = bring_in(by, days, "Away", settings)
    Interaction.objects.update(is_shared=True)
    for zone in ("America/New_York", "Asia/Tokyo"):
        viewer = replace(colleague_reads.viewer, time_zone=zone)
        found = meeting_file(viewer, away, by.now)
        assert found.name == "2026-11-02.ics"
        assert "DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261104\r\n" in found.body.decode()
    assert meeting_file(by.viewer, away, by.now).name == "2026-11-02.ics"


@pytest.fixture
def colleague_reads(by: By) -> By:
    """Somebody at home who was not there."""
    return replace(by, viewer=replace(by.viewer, membership_id=uuid4(), person_id=uuid4(), role="member"))


def test_the_page_offers_it(client_maya: Client, meeting: UUID) -> None:
    assert f'href="/interactions/{meeting}/calendar" download' in client_maya.get(f"/interactions/{meeting}").text
    answer = client_maya.get(f"/interactions/{meeting}/calendar")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="2026-11-10.ics"'
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
