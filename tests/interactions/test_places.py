"""Where a meeting takes place and what everybody answered: kept, shown to who may read it, and found."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, User
from rapport.channels.calendar.ics import parse_calendar
from rapport.channels.sightings import ReadingOptions, Sighting
from rapport.doors.keeping.checks.rows import QUESTIONS
from rapport.interactions.models import Interaction
from rapport.interactions.opening import open_interaction
from rapport.interactions.searching import search
from rapport.people.home import found_home, make_home_person

from .mails import MAYA, MORNING, PRIYA, read

LONG = "Seminar Room 4, Quay House"


def told(place: str, sequence: int = 0, stamp: str = "20261101T080000Z") -> Sighting:
    """A walk Maya invited Priya and Kenji to; Kenji declined."""
    lines = ["BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:walk", "SUMMARY:walk", f"SEQUENCE:{sequence}",
             f"DTSTAMP:{stamp}", "DTSTART:20261110T090000Z", "DURATION:PT1H", f"LOCATION:{place}",
             f"ORGANIZER:mailto:{MAYA}", f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{PRIYA}",
             "ATTENDEE;PARTSTAT=DECLINED:mailto:kenji@aurora.example", "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    (sighting,) = parse_calendar("\r\n".join(lines).encode(), ReadingOptions(now=MORNING)).sightings
    return sighting


def place() -> str:
    return Interaction.objects.get().place


def test_place_and_answers_are_shown_and_found(maya: Viewer, now: datetime) -> None:
    (walk,) = read(now, told(LONG.replace(",", "\\,"))).values()
    sheet = open_interaction(maya, walk)
    assert sheet.place == LONG
    assert [(one.address.partition("@")[0], one.response) for one in sheet.participants] == [
        ("maya", ""), ("kenji", "declined"), ("priya", "needs-action"),
    ]  # fmt: skip
    (found,) = search(maya, "quay house").rows
    assert [piece.text for piece in found.place if piece.is_found] == ["Quay", "House"]
    (by_title,) = search(maya, "walk").rows
    assert by_title.place == ()


def test_who_was_not_there_learns_neither_place_nor_answers(maya_membership: Membership, now: datetime) -> None:
    (walk,) = read(now, told("Room 4")).values()
    person = make_home_person("Jo Colleague", "jo@fernhill.example", found_home("Fernhill", now), now)
    user = User.objects.create_user("jo@fernhill.example")
    jo = viewer_of(join(maya_membership.workspace, user, person.id, Role.MEMBER, now))
    sheet = open_interaction(jo, walk)
    assert (sheet.is_private, sheet.place, {one.response for one in sheet.participants}) == (True, "", {""})
    assert search(jo, "room").rows == ()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_last_version_says_where_in_whichever_order_they_come(
    maya: Viewer, now: datetime, order: tuple[int, ...]
) -> None:
    later = "20261102T080000Z"
    copies = [told("Old hall"), told("", 1, later), told("Room 4", 1, later), told("Room 4", 1, later)]
    for one in order:
        read(now + timedelta(minutes=one), copies[one])
    assert place() == "Room 4"
    assert len(search(maya, "room").rows) == 1
    assert search(maya, "hall").rows == ()


def test_a_calendar_read_again_says_where_and_the_check_agrees(maya: Viewer, now: datetime) -> None:
    from rapport.accounts.rows import ask

    read(now, told("Room 4"))
    Interaction.objects.update(place="")  # as it was kept before places were
    read(now, told("Room 4"))
    assert place() == "Room 4"
    assert ask(QUESTIONS["not-found-by-its-words"][1], []) == []
