"""A series whose times changed is as its last telling says, and guests as they answered, whatever was read first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.calendar.ics import parse_calendar
from rapport.channels.models import ImportItem
from rapport.channels.sightings import ReadingOptions, Sighting
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.models import Interaction, PairChange, Participant
from rapport.people.models import Handle
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_on
from tests.accept.importing import import_all

from .mails import DANA, KENJI, MAYA, MORNING, PRIYA, flags, parts, read

Telling = tuple[Sighting, ...]


def written(method: str, sequence: int, stamp: int, starts: str, guests: str, *more: str, uid: str = "walk") -> str:
    """Guests as "priya@… accepted"; `starts` as 1102T09, in 2026."""
    lines = ["BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:walk",
             f"SEQUENCE:{sequence}", f"DTSTAMP:202611{stamp:02}T080000Z", f"DTSTART:2026{starts}0000Z",
             "DURATION:PT1H", *more]  # fmt: skip
    for guest in guests.split(", "):
        address, response = guest.split()
        lines.append(f"ATTENDEE;PARTSTAT={response.upper()}:mailto:{address}")
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])


def telling(*what: object, **which: str) -> Telling:
    return parse_calendar(written(*what, **which).encode(), ReadingOptions(now=MORNING)).sightings  # type: ignore[arg-type]


ASKED, ALL = f"{MAYA} accepted, {PRIYA} needs-action", f"{MAYA} accepted, {PRIYA} needs-action, {KENJI} accepted"
SERIES = (
    telling("REQUEST", 0, 1, "1102T09", ALL, "RRULE:FREQ=WEEKLY;COUNT=4"),
    telling("REQUEST", 1, 2, "1103T10", ASKED, "RRULE:FREQ=WEEKLY;COUNT=4"),
    telling("REQUEST", 2, 3, "1104T09", f"{ASKED}, {DANA} accepted", "RRULE:FREQ=WEEKLY;COUNT=3"),
    telling("REQUEST", 3, 4, "1112T15", ASKED, "RECURRENCE-ID:20261111T090000Z"),
    telling("REPLY", 2, 5, "1118T09", f"{PRIYA} declined", "RECURRENCE-ID:20261118T090000Z"),
)
ONCE = (
    telling("REQUEST", 0, 1, "1102T09", ALL),
    telling("REQUEST", 0, 6, "1102T10", ALL),
    telling("REQUEST", 1, 9, "1103T10", ASKED),
    telling("REPLY", 0, 3, "1102T09", f"{PRIYA} accepted"),
    telling("REPLY", 0, 4, "1102T09", f"{PRIYA} declined"),
    telling("REPLY", 0, 5, "1102T09", f"{KENJI} tentative"),
)


def told() -> tuple[object, ...]:
    return (
        sorted(Interaction.objects.values_list("at", "title", "is_cancelled", "is_contact", "group_size")),
        parts(),
        flags(),
        set(Participant.objects.values_list("person__name", "at", "response")),
        set(Handle.objects.values_list("value", "first_seen", "last_seen", "person__name")),
    )


def _is_told_of(chosen: list[Telling]) -> bool:
    return any(one.revision >= 0 for telling in chosen for one in telling)


@pytest.mark.parametrize("tellings", [SERIES[:4], SERIES[2:], ONCE], ids=["series", "answered", "once"])
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_the_tellings_gives_the_same(
    maya: Viewer, now: datetime, tellings: tuple[Telling, ...], data: st.DataObject
) -> None:
    # Of a meeting nobody told of, answers alone say only who gave them.
    told_of = st.lists(st.sampled_from(tellings), min_size=2, unique_by=id).filter(_is_told_of)
    chosen = data.draw(told_of)
    shuffled = data.draw(st.permutations(chosen))
    size = data.draw(st.integers(1, len(chosen)))
    outcomes = []
    for order, at_once in ((chosen, len(chosen)), (shuffled, size)):
        with transaction.atomic():
            for start in range(0, len(order), at_once):
                read(now, *(one for some in order[start : start + at_once] for one in some))
            outcomes.append(told())
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]


def test_a_series_that_moved_is_at_its_new_times_alone(maya: Viewer, now: datetime) -> None:
    read(now, *SERIES[0])
    PairChange.objects.all().delete()
    ids = read(now, *SERIES[2])
    assert [at.day for at in Interaction.objects.order_by("at").values_list("at", flat=True)] == [4, 11, 18]
    assert PairChange.objects.exists()
    assert read(now, *SERIES[0]).keys() == {one.origin for one in SERIES[0]}
    assert set(Interaction.objects.values_list("id", flat=True)) == set(ids.values())


def test_one_time_told_alone_replaces_no_other(maya: Viewer, now: datetime) -> None:
    read(now, *SERIES[2])
    read(now, *SERIES[3])
    assert [at.day for at in Interaction.objects.order_by("at").values_list("at", flat=True)] == [4, 12, 18]


def test_what_brought_an_earlier_telling_leads_to_the_meeting_as_it_is(by: By, tmp_path: Path) -> None:
    for sequence, starts in ((0, "1102T09"), (1, "1103T10")):
        text = written("REQUEST", sequence, sequence + 1, starts, ALL, "RRULE:FREQ=WEEKLY;COUNT=3")
        run = start_import(by, [GivenFile("walk.ics", [text.encode()])], tmp_path).import_id
        assert run_import(by.viewer.workspace_id, run, tmp_path, read_on)
    assert Interaction.objects.count() == 3
    here = set(Interaction.objects.values_list("id", flat=True))
    assert set(ImportItem.objects.values_list("interaction_id", flat=True)) <= here


def test_who_declines_was_not_there(maya: Viewer, now: datetime) -> None:
    read(now, *ONCE[0])
    read_on(now)
    before = Relationship.objects.get(person__name__icontains="priya").contacts
    read(now, *ONCE[4])
    read_on(now)
    assert set(Participant.objects.filter(address=PRIYA).values_list("response", flat=True)) == {"declined"}
    left = Relationship.objects.filter(person__name__icontains="priya").values_list("contacts", flat=True)
    assert sum(left) == before - 1


def test_an_old_telling_read_again_adds_nothing(maya: Viewer, tmp_path: Path) -> None:
    weekly = "RRULE:FREQ=WEEKLY;COUNT=4"
    (tmp_path / "1.ics").write_text(written("REQUEST", 0, 1, "1102T09", ALL, weekly))
    (tmp_path / "2.ics").write_text(written("REQUEST", 1, 2, "1103T10", ASKED, weekly))
    first = import_all(maya, [tmp_path])
    assert (first.found, Interaction.objects.count()) == (8, 4)
    again = import_all(maya, [tmp_path])
    assert (again.stored, again.already, Interaction.objects.count()) == (0, 8, 4)
