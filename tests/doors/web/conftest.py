"""A small history for pages to show: Priya writes and is written to, meets, and asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.models import JournalEntry, Membership, Role, User, Workspace
from rapport.accounts.outgoing import send_next
from rapport.accounts.rows import enter, in_workspace
from rapport.interactions.changes import note_pair_changes
from rapport.interactions.logging import log
from rapport.interactions.models import Interaction, Message, Participant
from rapport.interactions.saying import understand
from rapport.interactions.words import keep_words
from rapport.kit import clock
from rapport.kit.ids import new_id
from rapport.people.editing import add_person
from rapport.people.home import found_home, make_home_person
from rapport.relationships.refresh import read_on
from tests.conftest import signed_in
from tests.kit.smtp_sink import Sink, smtp_sink


@pytest.fixture(autouse=True)
def _stopped_clock(now: datetime) -> Iterator[None]:
    """The doors ask the clock; here it stands."""
    with clock.stopped_at(now):
        yield


@pytest.fixture
def priya(by: By) -> UUID:
    """Somebody Maya has talked to every week for a year, until seven weeks ago."""
    person_id = add_person(
        by, "Priya Raman", email="priya@northwind.example", phone="+44 161 496 0718", organization="Northwind Clinics",
        title="Head of Operations", last_said="The rota works",
    ).person_id  # fmt: skip
    calls = [called(by, person_id, week) for week in (7, 8)]
    _as_often(calls, range(9, 59))
    read_on(by.now)
    return person_id


def called(by: By, person_id: UUID, week: int) -> list[Any]:
    """The rows of a call that was logged so many weeks ago."""
    at = by.now - timedelta(weeks=week)
    who = "Priya rang me" if week % 2 else "called Priya"
    said = understand(f"{who}, 10 min, rota {week}", by.now, clock.zone("UTC"), at=at)
    logged = log(by, said, [person_id]).interaction_id
    return [
        Interaction.objects.get(id=logged),
        *Participant.objects.filter(interaction_id=logged),
        Message.objects.get(interaction_id=logged),
        JournalEntry.objects.get(way_back={"interaction": str(logged)}),
    ]


def _as_often(calls: list[list[Any]], weeks: range) -> None:
    """These calls again, in turn, in earlier weeks. Logged one by one, fifty of them took most of a test's time."""
    again: dict[type[Any], list[Any]] = {}
    for place, week in enumerate(weeks):
        rows, logged = calls[place % len(calls)], new_id()
        earlier = timedelta(weeks=week - 7 - place % len(calls))
        for row in rows:
            again.setdefault(type(row), []).append(_moved(row, rows[0].id, logged, earlier, f"rota {week}"))
    for model, made in again.items():
        model.objects.bulk_create(made)
    ids = [one.id for one in again[Interaction]]
    keep_words(ids)
    note_pair_changes(ids)


def _moved(row: Any, before: UUID, now: UUID, earlier: timedelta, said: str) -> Any:
    """A row of another call: its own ids and time, and what was said."""
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = re.sub(r"rota \d+", said, value)
        elif isinstance(value, dict):
            values[name] = json.loads(json.dumps(value).replace(str(before), str(now)))
        elif name in ("at", "until") and not isinstance(row, JournalEntry):
            values[name] = value - earlier
        elif value == before:
            values[name] = now
    values |= {"id": now if row.id == before else new_id()}
    return type(row)(**values | ({"origin": f"hand:{new_id()}"} if "origin" in values else {}))


@pytest.fixture
def stranger(client_maya: Client) -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def neighbour(other_workspace: Workspace, maya_membership: Membership) -> Client:
    """Somebody signed in next door."""
    with in_workspace(other_workspace.id):
        home = found_home("Elsewhere", maya_membership.joined_at)
        person = make_home_person("Ned", "ned@elsewhere.example", home, maya_membership.joined_at)
        user = User.objects.create_user("ned@elsewhere.example", "another long secret", name="Ned")
        join(other_workspace, user, person.id, Role.OWNER, maya_membership.joined_at)
    enter(maya_membership.workspace_id)
    return signed_in(user)


class Post:
    """A mail server, and the worker that brings it what waits."""

    def __init__(self, sink: Sink, now: datetime) -> None:
        self.sink, self.now = sink, now
        self.server = sink.server()

    def later(self, **past: float) -> None:
        """Time passes."""
        self.now += timedelta(**past)

    def send(self) -> None:
        """Send what is due."""
        while send_next(self.server, self.now):
            pass

    def delivered(self) -> list[EmailMessage]:
        """Send what is due; all that has arrived so far."""
        self.send()
        return [message_from_string(one, policy=policy.default) for one in self.sink.mails]  # type: ignore[misc]


@pytest.fixture
def post(settings: Any, now: datetime) -> Iterator[Post]:
    """A mail server this house knows."""
    with smtp_sink() as sink:
        settings.MAIL_SERVER = sink.server()
        yield Post(sink, now)


@pytest.fixture
def colleague(maya_membership: Membership) -> Client:
    """Ali, a member at Fernhill."""
    return _member(maya_membership, "Ali Reza", Role.MEMBER)


@pytest.fixture
def guest(maya_membership: Membership) -> Client:
    """Gus, a guest at Fernhill."""
    return _member(maya_membership, "Gus Guest", Role.GUEST)


def _member(maya: Membership, name: str, role: str) -> Client:
    email = f"{name.split()[0].lower()}@fernhill.example"
    person = make_home_person(name, email, found_home("Fernhill", maya.joined_at), maya.joined_at)
    user = User.objects.create_user(email, name=name)
    join(maya.workspace, user, person.id, role, maya.joined_at)
    return signed_in(user)
