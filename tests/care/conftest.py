"""Maya's history, told in rows: mails, meetings and calls with a few people, judged as the worker would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from rapport.accounts.access import Viewer
from rapport.interactions.changes import note_pair_changes
from rapport.interactions.models import Interaction, Message, Participant, Thread
from rapport.interactions.words import keep_words
from rapport.kit.ids import new_id
from rapport.kit.text import fold
from rapport.moments.situation import Week
from rapport.people.models import Person
from rapport.relationships.refresh import read_on

LONDON = Week("Europe/London")
Told = tuple[Interaction, dict[UUID, str]]


@dataclass(frozen=True)
class History:
    """Writes what happened to Maya."""

    maya: UUID
    workspace_id: UUID
    now: datetime

    def person(self, name: str, **more: Any) -> UUID:
        """Somebody new."""
        made = Person(name=name, sort_name=fold(name), made_at=self.now, workspace_id=self.workspace_id, **more)
        made.save(force_insert=True)
        return made.id

    def happened(self, kind: str, days_ago: float, parts: dict[UUID, str], **more: Any) -> UUID:
        """One interaction and who was in it."""
        return self._written([self._told(kind, days_ago, parts, **more)])[0]

    def _told(self, kind: str, days_ago: float, parts: dict[UUID, str], **more: Any) -> Told:
        more.setdefault("is_contact", kind != "note")
        at = self.now - timedelta(days=days_ago)
        one = Interaction(
            kind=kind, origin=str(new_id()), at=at, group_size=len(parts), made_at=at,
            workspace_id=self.workspace_id, **more,
        )  # fmt: skip
        return one, parts

    def _written(self, told: list[Told]) -> list[UUID]:
        """All of it at once: a year of mails row by row was most of what a test of somebody's history took."""
        Interaction.objects.bulk_create(one for one, _parts in told)
        Participant.objects.bulk_create(
            Participant(interaction_id=one.id, person_id=person, part=part, at=one.at, workspace_id=self.workspace_id)
            for one, parts in told
            for person, part in parts.items()
        )
        Message.objects.bulk_create(
            Message(interaction_id=one.id, workspace_id=self.workspace_id) for one, _parts in told
        )
        ids = [one.id for one, _parts in told]
        keep_words(ids)
        note_pair_changes(ids)
        return ids

    def mail(self, sender: UUID, to: UUID | Iterable[UUID], days_ago: float, **more: Any) -> UUID:
        """A mail."""
        return self._written([self._mail(sender, to, days_ago, **more)])[0]

    def _mail(self, sender: UUID, to: UUID | Iterable[UUID], days_ago: float, **more: Any) -> Told:
        recipients = [to] if isinstance(to, UUID) else list(to)
        return self._told("mail", days_ago, {sender: "from"} | dict.fromkeys(recipients, "to"), **more)

    def weekly(self, other: UUID, since: int, until: int, **more: Any) -> None:
        """Mails both ways every week, from so many days ago until so many."""
        told: list[Told] = []
        for days in range(since, until - 1, -7):
            told.append(self._mail(self.maya, other, days + 0.5))
            told.append(self._mail(other, self.maya, days, **more))
        self._written(told)

    def met_weekly(self, others: Iterable[UUID], since: int, until: int) -> None:
        """Meetings of Maya with all of these every week, from so many days ago until so many."""
        table = {self.maya: "organizer"} | dict.fromkeys(others, "attendee")
        self._written([self._told("meeting", days, table) for days in range(since, until - 1, -7)])

    def thread(self) -> UUID:
        """A new conversation."""
        made = Thread(root=str(new_id()), workspace_id=self.workspace_id)
        made.save(force_insert=True)
        return made.id

    def judge(self, now: datetime | None = None) -> None:
        """What the worker does after new history."""
        while read_on(now or self.now):
            pass


@pytest.fixture
def history(maya: Viewer, now: datetime) -> History:
    """Maya's empty history."""
    return History(maya.person_id, maya.workspace_id, now)


@pytest.fixture
def priya(history: History) -> UUID:
    """Priya, with whom Maya mailed weekly until 40 days ago."""
    priya = history.person("Priya Raman")
    history.weekly(priya, 250, 40, excerpt="The two-site rota works.", title="Re: [ops] The rota")
    return priya


@pytest.fixture
def dana(history: History) -> UUID:
    """Dana, who asked something five days ago."""
    dana = history.person("Dana Whitfield")
    history.mail(dana, history.maya, 5, question="Could we see the rota by Friday?", excerpt="Hello Maya.")
    return dana


@pytest.fixture
def wei(history: History, now: datetime) -> UUID:
    """Wei, in his usual rhythm, whose birthday is tomorrow, a Saturday."""
    wei = history.person("Wei Chen", birthday_month=11, birthday_day=21)
    history.weekly(wei, 250, 3, excerpt="See you.")
    return wei


@pytest.fixture
def elena(history: History) -> UUID:
    """Elena, met for the first time three days ago after arranging it by mail."""
    elena = history.person("Elena Ruiz")
    history.mail(history.maya, elena, 9)
    history.mail(elena, history.maya, 8)
    history.happened("meeting", 3, {history.maya: "organizer", elena: "attendee"}, title="Hello at Solace", minutes=45)
    return elena
