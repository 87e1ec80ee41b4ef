"""What is planned counts when its time has come, however long before it was read, and not when it was called off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.models import Agenda
from rapport.doors.worker import judge_round, look_round
from rapport.interactions.coming import next_to_come
from rapport.interactions.models import Interaction
from rapport.kit import clock
from rapport.people.models import Affiliation, Handle, Person
from rapport.relationships.reading import standing_of
from rapport.relationships.refresh import read_on

from .mails import MAYA, MORNING, PRIYA, mail, meeting, read

pytestmark = pytest.mark.django_db
DESK = "info@solace.example"
READ = MORNING + timedelta(hours=1)


@pytest.fixture
def planned(maya: Viewer) -> datetime:
    """A meeting with Priya in two days, read today; the moment it begins."""
    read(READ, meeting("plans", MAYA, PRIYA, hour=49, organizer=MAYA))
    while read_on(READ):
        pass
    return MORNING + timedelta(hours=49)


def _rounds(maya: Viewer, now: datetime) -> datetime | None:
    with clock.stopped_at(now):
        again = look_round(maya.workspace_id, lambda: None)
        judge_round(maya.workspace_id, lambda: None)
    return again


def _contacts(maya: Viewer, now: datetime) -> int:
    ground = standing_of(maya.person_id, Person.objects.get(name="Priya Raman").id, now, False).ground
    return ground.state.contacts if ground else 0


def test_a_planned_meeting_is_contact_once_it_took_place(maya: Viewer, planned: datetime) -> None:
    assert Agenda.objects.get(kind="look").due_at == planned
    assert _rounds(maya, planned - timedelta(minutes=1)) == planned
    assert _contacts(maya, planned - timedelta(minutes=1)) == 0
    _rounds(maya, planned + timedelta(minutes=1))
    assert _contacts(maya, planned + timedelta(minutes=1)) == 1
    assert next_to_come() is None


def test_what_is_moved_waits_for_its_new_time(maya: Viewer, planned: datetime) -> None:
    read(READ, meeting("plans", MAYA, PRIYA, hour=73, organizer=MAYA, revision=1))
    assert next_to_come() == MORNING + timedelta(hours=73)
    _rounds(maya, planned + timedelta(minutes=1))
    assert _contacts(maya, planned + timedelta(minutes=1)) == 0


def test_what_is_called_off_is_waited_for_no_more(maya: Viewer, planned: datetime) -> None:
    read(READ, meeting("plans", MAYA, PRIYA, hour=49, organizer=MAYA, revision=1, cancelled=True))
    assert next_to_come() is None
    _rounds(maya, planned + timedelta(minutes=1))
    assert _contacts(maya, planned + timedelta(minutes=1)) == 0


def test_what_was_read_after_it_took_place_waits_for_nothing(maya: Viewer) -> None:
    read(READ, mail("hello", PRIYA, [MAYA]), meeting("past", MAYA, PRIYA, hour=-5))
    assert not Interaction.objects.filter(comes_at__isnull=False).exists()


def test_who_is_to_be_met_was_not_seen_yet(maya: Viewer, planned: datetime) -> None:
    address = Handle.objects.get(value=PRIYA)
    assert (address.first_seen, address.last_seen) == (planned, None)
    read(READ, mail("hello", PRIYA, [MAYA], hour=-9))
    address.refresh_from_db()
    assert (address.first_seen, address.last_seen) == (MORNING - timedelta(hours=9), MORNING - timedelta(hours=9))
    _rounds(maya, planned + timedelta(minutes=1))
    address.refresh_from_db()
    assert address.last_seen == Affiliation.objects.get(person=address.person_id).last_seen == planned


def test_mail_of_a_clock_that_runs_ahead_was_seen(maya: Viewer) -> None:
    read(READ, mail("hello", PRIYA, [MAYA], hour=2))
    assert Handle.objects.get(value=PRIYA).last_seen == MORNING + timedelta(hours=2)


def test_a_desk_somebody_turns_out_to_answer_was_not_seen_in_a_plan(maya: Viewer) -> None:
    read(READ, meeting("plans", MAYA, DESK, hour=49, organizer=MAYA))
    assert not Handle.objects.filter(value=DESK).exists()
    read(READ, mail("hello", DESK, [MAYA], names={DESK: "Anna Berg"}))
    assert Handle.objects.get(value=DESK).last_seen == MORNING
