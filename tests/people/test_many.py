"""Many people at once: the same as one by one, in a few statements, and taken back together."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.accounts import journal
from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Role
from rapport.channels.cards.vcf import parse_card
from rapport.channels.tables.csv import parse_table
from rapport.interactions.giving_out.people import export_people
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.editing import edit_person, tag
from rapport.people.many import MOST, place_many, tag_many, untag_many
from rapport.people.models import Person, PersonTag, Tag
from rapport.people.stations import present_stations

from .people import everything, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(by: By) -> list[UUID]:
    """Four people; the first is tagged and at Northwind by her address."""
    priya = somebody(by, "Priya Raman", email="priya@northwind.example", title="")
    tag(by, priya.id, "Partner")
    return [priya.id, *(somebody(by, f"Person {n}").id for n in range(3))]


def tagged() -> set[str]:
    return set(PersonTag.objects.values_list("person__name", flat=True))


def test_all_have_the_tag_once_in_one_entry_and_lose_only_what_they_got(by: By, maya: Viewer, four: list[UUID]) -> None:
    before, entries = everything(), JournalEntry.objects.count()
    done = tag_many(by, [*four, four[0], uuid4()], "partner")
    assert (done.people, done.changed, len(tagged())) == (4, 3, 4)
    assert JournalEntry.objects.count() == entries + 1
    journal.undo(maya, done.journal_id, by.now)
    assert everything() == before


def test_a_new_tag_goes_again_with_its_people(by: By, maya: Viewer, four: list[UUID]) -> None:
    done = tag_many(by, four, "brand new")
    journal.undo(maya, done.journal_id, by.now)
    assert not Tag.objects.filter(name="brand new").exists()


def test_a_tag_is_taken_off_all_and_put_on_those_again_who_had_it(by: By, maya: Viewer, four: list[UUID]) -> None:
    before = everything()
    done = untag_many(by, four, "PARTNER")
    assert (done.people, done.changed) == (4, 1)
    assert JournalEntry.objects.get(id=done.journal_id).values["people"] == 1
    assert not Tag.objects.exists()
    journal.undo(maya, done.journal_id, by.now)
    assert everything() == before


def test_a_tag_none_of_them_has_is_taken_off_nobody_and_noted_nowhere(by: By, four: list[UUID]) -> None:
    before, entries = everything(), JournalEntry.objects.count()
    for word in ("PARTNER", "never heard of"):
        done = untag_many(by, four[1:], word)
        assert (done.people, done.changed, done.journal_id) == (3, 0, None)
    assert everything() == before
    assert JournalEntry.objects.count() == entries


def test_taken_off_and_made_anew_by_somebody_it_is_one_tag(by: By, maya: Viewer, four: list[UUID]) -> None:
    done = untag_many(by, four, "partner")
    tag(by, four[1], "partner")
    journal.undo(maya, done.journal_id, by.now)
    assert Tag.objects.count() == 1
    assert len(tagged()) == 2


def test_all_are_at_one_place_and_back(by: By, maya: Viewer, four: list[UUID]) -> None:
    place_many(by, four[1:2], "Solace", "Nurse")
    before = everything()
    done = place_many(by, four, "Solace")
    there = present_stations(four)
    assert {one.organization for one in there.values()} == {"Solace"}
    assert there[four[1]].title == "Nurse"  # no title was said
    journal.undo(maya, done.journal_id, by.now)
    assert everything() == before


def test_who_is_ours_is_not_placed_in_passing(by: By, maya: Viewer, four: list[UUID]) -> None:
    for chosen, place in (([*four, maya.person_id], "Solace"), (four, "Fernhill")):
        with pytest.raises(Conflict):
            place_many(by, chosen, place)
    with pytest.raises(Trouble):
        place_many(by, four, " ")


def test_it_asks_the_same_few_queries_for_two_hundred(by: By, four: list[UUID]) -> None:
    many = [
        Person(workspace_id=by.viewer.workspace_id, name=f"N {n}", sort_name=f"n {n}", made_at=by.now)
        for n in range(200)
    ]
    Person.objects.bulk_create(many)
    asked = []
    for people in (four[:2], [one.id for one in many]):
        with CaptureQueriesContext(connection) as these:
            tag_many(by, people, "partner")
            place_many(by, people, "Solace")
            untag_many(by, people, "partner")
            export_people(by, people, "csv")
        asked.append(len(these))
    assert asked[1] <= asked[0]


def test_nobody_too_many_and_without_a_right(by: By, maya: Viewer, four: list[UUID]) -> None:
    with pytest.raises(NotFound):
        tag_many(by, [uuid4()], "x")
    with pytest.raises(Trouble, match="more than"):
        tag_many(by, [uuid4()] * (MOST + 1), "x")
    with pytest.raises(Trouble):
        tag_many(by, four, " ")
    guest = replace(by, viewer=replace(maya, role=Role.GUEST))
    for verb in (lambda: tag_many(guest, four, "x"), lambda: export_people(guest, four, "csv")):
        with pytest.raises(NotAllowed):
            verb()


def test_a_table_reads_as_it_was(by: By, four: list[UUID]) -> None:
    edit_person(by, four[0], birthday="--03-14")
    somebody(by, '=HYPERLINK("x"), "Zoë"', phone="+44 161 496 0718")
    found = export_people(by, list(Person.objects.values_list("id", flat=True)), "csv")
    assert (found.name, found.people) == ("people.csv", 6)
    cards = {one.name: one for one in parse_table(found.body).cards}
    assert "priya@northwind.example" in {one.value for one in cards["Priya Raman"].addresses}
    assert cards["Priya Raman"].organization == "Northwind"
    assert b"\"'=HYPERLINK" in found.body  # no spreadsheet works it out
    assert '=HYPERLINK("x"), "Zoë"' in cards
    assert JournalEntry.objects.filter(verb="people.export", values__people=6, way_back__isnull=True).exists()


def test_cards_read_as_they_were(by: By, four: list[UUID]) -> None:
    edit_person(by, four[0], birthday="--03-14", name="Priya; Raman, née Ä" + "ö" * 60)
    tag(by, four[0], "a, b")
    body = export_people(by, four, "vcard").body
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    first = next(one for one in parse_card(body).cards if one.name.startswith("Priya"))
    assert first.name == "Priya; Raman, née Ä" + "ö" * 60
    assert first.organization == "Northwind"
    assert first.birthday is not None
    assert (first.birthday.month, first.birthday.day) == (3, 14)
    assert set(first.tags) == {"Partner", "a, b"}
