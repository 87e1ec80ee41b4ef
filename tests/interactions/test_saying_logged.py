"""A sentence becomes an interaction: once, as contact where it is some, and back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.accounts.models import Role
from rapport.care.recognizing import recognize
from rapport.interactions.logging import Logged, log
from rapport.interactions.models import Interaction, Message, PairChange, Participant
from rapport.interactions.saying import understand
from rapport.kit.trouble import NotAllowed, NotFound, Trouble
from rapport.people.models import Affiliation, Organization, Person
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_on

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def priya(by: By) -> UUID:
    """Somebody Maya may have talked to."""
    person = Person.objects.create(
        name="Priya Raman", sort_name="priya raman", made_at=by.now, workspace_id=by.viewer.workspace_id
    )
    return person.id


def say(by: By, text: str, *people: UUID, key: str = "") -> Logged:
    """Log a sentence."""
    return log(by, understand(text, by.now, LONDON), people, key)


def test_a_call_is_kept_with_its_minutes_and_words(by: By, priya: UUID) -> None:
    logged = say(by, "called priya 10 min, rota works", priya)
    one = Interaction.objects.get(id=logged.interaction_id)
    assert (one.kind, one.minutes, one.excerpt, one.by_hand, one.is_contact) == ("call", 10, "rota works", True, True)
    assert Message.objects.get(interaction=one).text == "rota works"
    parts = dict(Participant.objects.filter(interaction=one).values_list("person_id", "part"))
    assert parts == {by.viewer.person_id: "from", priya: "to"}
    read_on(by.now)
    assert Relationship.objects.get(home_person_id=by.viewer.person_id, person_id=priya).contacts == 1


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [("priya rang me", "to", "from"), ("mailed priya", "from", "to"), ("coffee with priya", "attendee", "attendee")],
)
def test_who_began_is_kept(text: str, ours: str, theirs: str, by: By, priya: UUID) -> None:
    one = say(by, text, priya).interaction_id
    parts = dict(Participant.objects.filter(interaction_id=one).values_list("person_id", "part"))
    assert parts == {by.viewer.person_id: ours, priya: theirs}


def test_a_note_is_never_contact(by: By, priya: UUID) -> None:
    one = say(by, "Priya prefers mornings", priya).interaction_id
    assert not Interaction.objects.get(id=one).is_contact
    assert not PairChange.objects.exists()


def test_the_same_key_logs_once(by: By, priya: UUID) -> None:
    first = say(by, "called priya", priya, key="form-1")
    again = say(by, "called priya", priya, key="form-1")
    assert first.interaction_id == again.interaction_id
    assert again.journal_id is None
    assert say(by, "called priya", priya).interaction_id != first.interaction_id
    assert Interaction.objects.count() == 2


def test_undoing_leaves_nothing_behind(by: By, priya: UUID) -> None:
    logged = say(by, "called priya", priya)
    read_on(by.now)
    undo(by.viewer, logged.journal_id, by.now)
    read_on(by.now)
    assert not Interaction.objects.exists()
    assert not Participant.objects.exists()
    assert not Relationship.objects.exists()


def test_what_cannot_be_kept_says_why(by: By, priya: UUID) -> None:
    with pytest.raises(Trouble, match="not happened yet"):
        say(by, "lunch with priya tomorrow", priya)
    with pytest.raises(Trouble, match="who it was with"):
        say(by, "called priya")
    with pytest.raises(Trouble, match="one sentence"):
        say(by, "  ", priya)
    with pytest.raises(NotFound):
        say(by, "called priya", uuid4())
    assert not Interaction.objects.exists()


def test_a_key_that_may_only_read_logs_nothing(by: By, priya: UUID) -> None:
    with pytest.raises(NotAllowed):
        say(replace(by, viewer=replace(by.viewer, may_write=False)), "called priya", priya)


def test_whoever_is_known_or_begins_alike_is_recognized(by: By, priya: UUID) -> None:
    more = {"made_at": by.now, "workspace_id": by.viewer.workspace_id}
    nair = Person.objects.create(name="Priya Nair", sort_name="priya nair", **more)
    solace = Organization.objects.create(name="Solace Ltd", sort_name="solace ltd", **more)
    Affiliation.objects.create(person=nair, organization=solace, origin="hand", workspace_id=by.viewer.workspace_id)
    log(by, understand("called priya", by.now - timedelta(days=3), LONDON), [priya])
    read_on(by.now)

    def meant(text: str) -> list[UUID]:
        settled = recognize(understand(text, by.now, LONDON), by.viewer)
        return [choice.id for one in settled.meant for choice in one.choices]

    assert meant("called priya") == [priya, nair.id]
    assert meant("called priya nair") == [nair.id]
    assert meant("met priya at solace") == [nair.id]
    assert meant("called pryia raman") == [priya]
    assert meant("called Marguerite") == []


def test_a_guest_is_not_told_of_strangers(by: By, priya: UUID) -> None:
    guest = replace(by.viewer, role=Role.GUEST)
    read = understand("called priya", by.now, LONDON)
    assert recognize(read, by.viewer).people == (priya,)
    assert recognize(read, guest).people == ()
