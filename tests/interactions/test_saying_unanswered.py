"""A call nobody answered is kept with its words, and is no contact."""

from __future__ import annotations

from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.interactions.models import Interaction
from rapport.interactions.saying import Candidate, settle
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_on

from .test_saying import CAST, DANA, understood
from .test_saying_logged import priya, say  # noqa: F401 - a fixture

MARIE = Candidate(UUID(int=31), "Marie Laurent", "", 10)
KNOWN = [*CAST, MARIE]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("called Marie, voicemail", "voicemail"),
        ("called Marie, got her voicemail", "got her voicemail"),
        ("called Marie, left a message", "left a message"),
        ("called Marie and left a voicemail", "left a voicemail"),
        ("called Marie yesterday, went straight to voicemail", "went straight to voicemail"),
        ("rang Marie, no answer", "no answer"),
        ("rang Marie, no answer again", "no answer again"),
        ("called Marie, she didn't pick up", "she didn't pick up"),
        ("Marie angerufen, nicht erreicht", "nicht erreicht"),
        ("Marie angerufen, Mailbox", "Mailbox"),
        ("Marie angerufen, ging nicht ran", "ging nicht ran"),
        ("Marie auf die Mailbox gesprochen", "auf die Mailbox"),
        ("appelé Marie, pas de réponse", "pas de réponse"),
        ("llamé a Marie, no contestó", "no contestó"),
    ],
)
def test_nobody_answered(text: str, note: str) -> None:
    settled = settle(understood(text), KNOWN)
    read = settled.understood
    assert (read.kind, read.is_unanswered, read.note) == ("call", True, note)
    assert (settled.people, settled.unclear) == ((MARIE.id,), ())


@pytest.mark.parametrize(
    "text",
    [
        "called Dana 10 min, she never got my voicemail", "called Dana about the voicemail", "called Dana, rota works",
        "called Dana, no answer yet on the budget", "Dana rang me, had not reached Wei", "mit Dana telefoniert",
        "called Dana, she will answer on Friday", "mailed Dana, no answer",
    ],
)  # fmt: skip
def test_somebody_may_have_answered(text: str) -> None:
    settled = settle(understood(text), KNOWN)
    assert not settled.understood.is_unanswered
    assert DANA.id in settled.people


def test_marie_not_reached_is_a_note() -> None:
    settled = settle(understood("Marie nicht erreicht"), KNOWN)
    assert (settled.understood.kind, settled.people) == ("note", (MARIE.id,))


def test_it_is_on_the_timeline_and_raises_nothing(by: By, priya: UUID) -> None:  # noqa: F811
    say(by, "called priya, rota works", priya)
    read_on(by.now)
    logged = say(by, "called priya, voicemail", priya)
    one = Interaction.objects.get(id=logged.interaction_id)
    assert (one.kind, one.excerpt, one.is_contact) == ("call", "voicemail", False)
    read_on(by.now)
    assert Relationship.objects.get(home_person_id=by.viewer.person_id, person_id=priya).contacts == 1
