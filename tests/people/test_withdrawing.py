"""What somebody put right by hand is not brought back by reading the same file again; saying it by hand does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.kit.trouble import Conflict
from rapport.people.editing import add_handle, edit_person, forget_fact, note_fact, remove_handle, set_affiliation, tag
from rapport.people.editing import untag as take_off
from rapport.people.leaving_places import remove_place
from rapport.people.models import Affiliation, Fact, Handle, Person, PersonTag
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
CARD = (
    b"BEGIN:VCARD\nVERSION:3.0\nFN:Wei Chen\nEMAIL:wei@solace.example\nEMAIL:wei@old.example\nORG:Solace\n"
    b"TITLE:Baker\nNOTE:Likes tea\nCATEGORIES:partner\nBDAY:1980-03-04\nEND:VCARD\n"
)
MAIL = (
    b"From: Wei C. <wei@solace.example>\nTo: maya@fernhill.example\nDate: Thu, 19 Nov 2026 10:00:00 +0000\n"
    b"Message-ID: <1@solace.example>\n\nHello.\n"
)


@pytest.fixture
def read(by: By, settings: Any) -> Callable[[], Person]:
    """Read the card and the mail; once more each time."""

    def read() -> Person:
        folder = settings.HOUSE.files_folder
        files = [GivenFile("wei.vcf", [CARD]), GivenFile("wei.eml", [MAIL])]
        run = start_import(by, files, folder, ["maya@fernhill.example"]).import_id
        run_import(by.viewer.workspace_id, run, folder, read_on)
        return Handle.objects.get(value="wei@solace.example").person

    return read


def told(wei: Person) -> dict[str, object]:
    wei.refresh_from_db()
    return {
        "name": wei.name,
        "birthday": (wei.birthday_month, wei.birthday_day),
        "handles": set(Handle.objects.filter(person=wei).values_list("value", flat=True)),
        "facts": set(Fact.objects.filter(person=wei).values_list("value", flat=True)),
        "tags": set(PersonTag.objects.filter(person=wei).values_list("tag__name", flat=True)),
        "places": set(Affiliation.objects.filter(person=wei).values_list("organization__name", "title")),
    }


def put_right(by: By, wei: Person) -> list[Any]:
    place = Affiliation.objects.get(person=wei, organization__name="Solace")
    return [
        edit_person(by, wei.id, name="Chen Wei", birthday=""),
        remove_handle(by, Handle.objects.get(value="wei@old.example").id),
        forget_fact(by, Fact.objects.get(value="Likes tea").id),
        take_off(by, wei.id, "partner"),
        remove_place(by, place.id),
    ]


def test_reading_the_same_files_again_brings_nothing_back(by: By, read: Callable[[], Person]) -> None:
    wei = read()
    assert told(wei)["facts"] == {"Likes tea"}
    put_right(by, wei)
    right = told(wei)
    assert right["name"] == "Chen Wei"
    assert right["birthday"] == (None, None)
    assert right["handles"] == {"wei@solace.example"}
    assert (right["facts"], right["tags"]) == (set(), set())
    assert ("Solace", "Baker") not in right["places"]  # type: ignore[operator]
    assert read() == wei
    assert told(wei) == right


def test_undone_it_may_be_read_again(by: By, read: Callable[[], Person]) -> None:
    wei = read()
    before = told(wei)
    for done in reversed(put_right(by, wei)):
        undo(by.viewer, done.journal_id, by.now)
    assert told(wei) == before
    assert read() == wei
    assert told(wei) == before


def test_said_by_hand_it_is_so_again(by: By, read: Callable[[], Person]) -> None:
    wei = read()
    before = told(wei)
    put_right(by, wei)
    edit_person(by, wei.id, name="Wei Chen", birthday="1980-03-04")
    add_handle(by, wei.id, "email", "wei@old.example")
    note_fact(by, wei.id, "note", "Likes tea")
    tag(by, wei.id, "Partner")
    set_affiliation(by, wei.id, "Solace", "Baker")
    again = told(wei)
    assert {name: again[name] for name in ("birthday", "handles", "facts")} == {
        name: before[name] for name in ("birthday", "handles", "facts")
    }
    read()
    assert told(wei) == again


def test_ours_are_not_taken_from_home_that_way(by: By) -> None:
    home = Affiliation.objects.get(person_id=by.viewer.person_id)
    with pytest.raises(Conflict, match="Team"):
        remove_place(by, home.id)
