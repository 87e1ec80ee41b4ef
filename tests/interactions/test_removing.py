"""Somebody removed by mistake comes back exactly as they were; with others everything stays."""

from __future__ import annotations

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.interactions.joining import merge
from rapport.interactions.models import Interaction, Participant
from rapport.interactions.notes import add_note
from rapport.interactions.removing import remove_person
from rapport.interactions.wishing import ask_not
from rapport.kit.trouble import Conflict
from rapport.people.editing import add_person, note_fact, tag
from rapport.people.models import Fact, Handle, Person
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_on

from .mails import DANA, MAYA, PRIYA, mail, parts, read

pytestmark = pytest.mark.django_db


def test_removed_and_back_again(by: By) -> None:
    read(by.now, *(mail(f"m{n}", PRIYA, [MAYA, DANA], hour=24 * n) for n in range(5)))
    priya = Handle.objects.get(value=PRIYA).person_id
    note_fact(by, priya, "family", "Two cats")
    tag(by, priya, "partner")
    add_note(by, priya, "Mornings.")
    ask_not(by, priya, "do-not-contact", "By phone.")
    read_on(by.now)
    before = _everything(priya)
    done = remove_person(by, priya)
    read_on(by.now)
    assert not Person.objects.filter(id=priya).exists()
    assert not Fact.objects.exists()
    assert Interaction.objects.count() == 6
    assert {name for _title, name, _part in parts()} == {"Maya Okafor", "Dana Levy"}
    undo(by.viewer, done.journal_id, by.now)
    read_on(by.now)
    assert _everything(priya) == before


def _everything(person_id: object) -> tuple[object, ...]:
    of = {"person_id": person_id}
    tables = (Handle, Fact, Participant)
    relationship = Relationship.objects.get(person_id=person_id)
    rows = [sorted(table.objects.filter(**of).values_list("id", flat=True)) for table in tables]
    return Person.objects.filter(id=person_id).values()[0], rows, relationship.state, parts()


def test_who_signs_in_or_was_joined_stays(by: By) -> None:
    with pytest.raises(Conflict, match="Team"):
        remove_person(by, by.viewer.person_id)
    one, other = add_person(by, "Zoe Chan").person_id, add_person(by, "Z. Chan").person_id
    merge(by, one, other)
    with pytest.raises(Conflict, match="joined"):
        remove_person(by, one)
