"""A meeting that was changed is one meeting, as its last version says, whichever was read first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.accounts.access import Viewer
from rapport.channels.calendar.ics import parse_calendar
from rapport.channels.sightings import ReadingOptions, Sighting
from rapport.interactions.models import Interaction, Message, PairChange, Participant

from .mails import DANA, KENJI, MAYA, MORNING, PRIYA, flags, mail, meeting, parts, read


def version(number: int, *people: str, hour: float, stamped: int = 0, **more: object) -> Sighting:
    told = meeting("plans", MAYA, *people, hour=hour, organizer=MAYA, **more)
    return replace(told, revision=number, revised_at=MORNING + timedelta(minutes=stamped))


VERSIONS = (
    version(0, PRIYA, KENJI, hour=30),
    version(0, PRIYA, KENJI, hour=31, stamped=5, subject="plans"),
    version(1, PRIYA, hour=54, text="Bring the map."),
    version(2, PRIYA, DANA, hour=78, text="Bring the new map."),
    version(2, PRIYA, DANA, hour=79, stamped=9, text="Bring the old map."),
)
CALLED_OFF = version(3, PRIYA, DANA, hour=79, cancelled=True)
KNOWN = tuple(mail(f"hello-{one[0]}", one, [MAYA], hour=1) for one in (PRIYA, KENJI, DANA))


def told() -> tuple[object, ...]:
    when = Interaction.objects.values_list("title", "at", "until", "minutes", "is_cancelled", "is_contact", "excerpt")
    return (
        set(when),
        parts(),
        flags(),
        set(Participant.objects.values_list("person__name", "at", "response")),
        set(Message.objects.exclude(text="").values_list("interaction__title", "text")),
    )


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_the_versions_gives_the_same(maya: Viewer, now: datetime, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from((*VERSIONS, CALLED_OFF)), min_size=2, unique_by=id))
    shuffled = data.draw(st.permutations(chosen))
    size = data.draw(st.integers(1, len(chosen)))
    outcomes = []
    for order, at_once in ((chosen, len(chosen)), (shuffled, size)):
        with transaction.atomic():
            read(now, *KNOWN)
            for start in range(0, len(order), at_once):
                read(now, *order[start : start + at_once])
            outcomes.append(told())
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]
    last = max(chosen, key=lambda one: one.version)
    assert ("plans", last.at, last.until, 60, last.cancelled, not last.cancelled, last.excerpt) in outcomes[0][0]  # type: ignore[operator]


def test_a_meeting_that_was_moved_is_at_its_new_time_with_those_who_are_still_in_it(
    maya: Viewer, now: datetime
) -> None:
    read(now, VERSIONS[0])
    PairChange.objects.all().delete()
    read(now, VERSIONS[2])
    walk = Interaction.objects.get()
    assert walk.at == MORNING + timedelta(hours=54)
    assert {name for _, name, _ in parts()} == {"Maya Okafor", "Priya Raman"}
    assert set(Participant.objects.values_list("at", flat=True)) == {walk.at}
    assert PairChange.objects.values("person_id").distinct().count() >= 2  # who left is judged again too


def test_an_earlier_version_read_later_changes_nothing(maya: Viewer, now: datetime) -> None:
    read(now, *KNOWN, CALLED_OFF)
    before = told()
    PairChange.objects.all().delete()
    read(now, VERSIONS[0])
    assert told() == before
    assert not PairChange.objects.exists()


def test_what_is_called_off_and_then_agreed_anew_takes_place(maya: Viewer, now: datetime) -> None:
    read(now, CALLED_OFF)
    read(now, version(4, PRIYA, hour=99))
    again = Interaction.objects.get()
    assert (again.is_cancelled, again.is_contact, again.at) == (False, True, MORNING + timedelta(hours=99))


@pytest.mark.parametrize(("method", "at"), [("REQUEST", 11), ("REPLY", 9)])
def test_a_guests_answer_moves_no_meeting(maya: Viewer, now: datetime, method: str, at: int) -> None:
    first = event("REQUEST", 0, 9, "20261101T080000Z", MAYA, PRIYA)
    read(now, first)
    read(now, event(method, 1, 11, "20261102T080000Z", PRIYA))
    assert Interaction.objects.get().at.hour == at
    assert ("walk", "Maya Okafor", "attendee") in parts() or method == "REQUEST"


def event(method: str, sequence: int, hour: int, stamp: str, *people: str) -> Sighting:
    lines = ["BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", "UID:walk", "SUMMARY:walk", f"SEQUENCE:{sequence}",
             f"DTSTAMP:{stamp}", f"DTSTART:20261110T{hour:02}0000Z", "DURATION:PT1H",
             *(f"ATTENDEE:mailto:{one}" for one in people), "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    (sighting,) = parse_calendar("\r\n".join(lines).encode(), ReadingOptions(now=MORNING)).sightings
    return sighting
