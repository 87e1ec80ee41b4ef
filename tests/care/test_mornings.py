"""Mornings: the worker makes every member's list, once, and knows when the next day begins for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections

from rapport.accounts import agenda
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Agenda, Membership, Role, User, Workspace
from rapport.accounts.rows import in_workspace
from rapport.care.models import Suggestion, TodayList
from rapport.doors.worker import import_round, judge_round, today_round
from rapport.kit import clock
from rapport.kit.ids import new_id
from rapport.kit.postgres import Addresses
from rapport.people.home import found_home, make_home_person

from .conftest import History


@pytest.fixture(autouse=True)
def _stopped_clock(now: datetime) -> Iterator[None]:
    with clock.stopped_at(now):
        yield


def held() -> None:
    """A claim that needs no holding."""


@pytest.fixture
def kenji(maya_membership: Membership, now: datetime) -> Membership:
    """A colleague in Tokyo."""
    home = found_home("Fernhill", now)
    person = make_home_person("Kenji Sato", "kenji@fernhill.example", home, now)
    user = User.objects.create_user("kenji@fernhill.example", name="Kenji Sato")
    return join(maya_membership.workspace, user, person.id, Role.MEMBER, now, "Asia/Tokyo")


def test_every_member_gets_a_list_and_the_next_is_due_when_a_day_begins(
    history: History, kenji: Membership, priya: UUID
) -> None:
    history.judge()
    due = today_round(history.workspace_id, held)
    assert due == datetime(2026, 11, 20, 15, tzinfo=UTC)  # midnight in Tokyo
    assert set(TodayList.objects.values_list("home_person_id", flat=True)) == {history.maya, kenji.person_id}
    assert list(Suggestion.objects.values_list("person_id", flat=True)) == [priya]
    with clock.stopped_at(due):
        assert today_round(history.workspace_id, held) == datetime(2026, 11, 21, tzinfo=UTC)  # midnight in London
    assert TodayList.objects.filter(home_person_id=kenji.person_id).count() == 2
    assert TodayList.objects.filter(home_person_id=history.maya).count() == 1


def test_a_fault_in_one_list_keeps_nobody_else_from_theirs(history: History, kenji: Membership, now: datetime) -> None:
    Membership.objects.filter(id=kenji.id).update(person_id=new_id(), joined_at=now - timedelta(days=9))
    assert today_round(history.workspace_id, held) == now + timedelta(minutes=1)
    assert list(TodayList.objects.values_list("home_person_id", flat=True)) == [history.maya]


def test_twice_is_once(history: History, priya: UUID, dana: UUID) -> None:
    history.judge()
    first = today_round(history.workspace_id, held)
    kept = list(Suggestion.objects.order_by("id").values())
    assert today_round(history.workspace_id, held) == first
    assert list(Suggestion.objects.order_by("id").values()) == kept
    assert TodayList.objects.count() == 1


def test_whoever_left_gets_no_list(history: History, kenji: Membership, now: datetime) -> None:
    Membership.objects.filter(id=kenji.id).update(ended_at=now)
    today_round(history.workspace_id, held)
    assert list(TodayList.objects.values_list("home_person_id", flat=True)) == [history.maya]


@pytest.mark.parametrize("work", [judge_round, import_round])
def test_what_was_judged_or_read_asks_for_todays_list(work: object, history: History, dana: UUID) -> None:
    """Whoever founds or joins is judged, too."""
    work(history.workspace_id, held)  # type: ignore[operator]
    assert Agenda.objects.get(workspace_id=history.workspace_id, kind="today").due_at == history.now


def test_two_workers_make_one_list(committed: Addresses, now: datetime) -> None:
    workspace = found_workspace("Fernhill", "Europe/London", now)
    with in_workspace(workspace.id):
        maya = _member(workspace, "Maya Okafor", now)
        other = History(maya, workspace.id, now)
        other.mail(other.person("Dana Whitfield"), maya, 5, question="Could we see the rota by Friday?")
        other.judge()
        agenda.put_down("today", now)
    together, failed = Barrier(2), []

    def work() -> None:
        try:
            together.wait()
            with clock.stopped_at(now):
                today_round(workspace.id, held)
        except Exception as fault:
            failed.append(fault)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert failed == []
    with in_workspace(workspace.id):
        assert TodayList.objects.count() == 1
        assert Suggestion.objects.count() == 1


def _member(workspace: Workspace, name: str, now: datetime) -> UUID:
    email = f"{name.split()[0].lower()}@fernhill.example"
    person = make_home_person(name, email, found_home(workspace.name, now), now)
    join(workspace, User.objects.create_user(email, name=name), person.id, Role.OWNER, now)
    return person.id
