"""Two people with one address of mail are two: nobody's name, note or telephone goes over to the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.models import Import
from rapport.doors.known.everything import everything_about
from rapport.doors.operations.catalogue import call
from rapport.interactions.imports import undo_import
from rapport.interactions.joining import merge
from rapport.people.editing import add_person
from rapport.people.models import Fact, Handle, Person
from rapport.people.opening import SharedLine, open_person
from rapport.people.two_people import are_two, full_name
from tests.accept.importing import import_all
from tests.conftest import NOW
from tests.people.people import everything

pytestmark = pytest.mark.django_db
FAMILY = "family@ohm.example"
HEAD = "Name,E-mail,E-mail 2,Phone,Notes\n"
PETER = f"Peter Ohm,{FAMILY},,,Likes tea\n"
PETRA = f"Petra Ohm,{FAMILY},,,Likes coffee\n"
PAUL = f"Paul Ohm,{FAMILY},paul@ohm.example,+441614960123,Likes milk\n"


def brought(maya: Viewer, folder: Path, *rows: str) -> None:
    for number, some in enumerate(rows):
        path = folder / f"{number}.csv"
        path.write_text(HEAD + some)
        import_all(maya, [path])


def known() -> dict[str, list[str]]:
    """Everybody's notes, by name."""
    return {
        one.name: sorted(Fact.objects.filter(person=one).values_list("value", flat=True))
        for one in Person.objects.filter(is_home=False, merged_into=None)
    }


@pytest.mark.parametrize("is_one_import", [True, False])
@pytest.mark.parametrize("rows", list(permutations((PETER, PETRA, PAUL))))
def test_in_any_order_each_is_somebody_and_twice_is_once(
    maya: Viewer, tmp_path: Path, rows: Sequence[str], is_one_import: bool
) -> None:
    files = ["".join(rows)] if is_one_import else list(rows)
    brought(maya, tmp_path, *files)
    assert known() == {"Peter Ohm": ["Likes tea"], "Petra Ohm": ["Likes coffee"], "Paul Ohm": ["Likes milk"]}
    (holder,) = Handle.objects.filter(kind="email", value=FAMILY)
    assert holder.person.name == rows[0].partition(",")[0]
    paul = Person.objects.get(name="Paul Ohm")
    assert {"paul@ohm.example", "+441614960123"} <= set(
        Handle.objects.filter(person=paul).values_list("value", flat=True)
    )
    before = {table: len(rows) for table, rows in everything().items() if table in ("Person", "Handle", "Fact")}
    again = tmp_path / "again"
    again.mkdir()
    brought(maya, again, *(one.replace("Likes", "Likes ") for one in reversed(files)))
    after = {table: len(rows) for table, rows in everything().items()}
    assert {table: after[table] for table in ("Person", "Handle")} == {
        table: before[table] for table in ("Person", "Handle")
    }


def test_the_page_says_whom_else_the_address_reaches(maya: Viewer, client_maya: Client, tmp_path: Path) -> None:
    brought(maya, tmp_path, PETER + PETRA)
    petra, peter = Person.objects.get(name="Petra Ohm").id, Person.objects.get(name="Peter Ohm").id
    assert open_person(maya, petra).shared == (SharedLine(FAMILY, peter, "Peter Ohm"),)
    assert open_person(maya, peter).shared == ()
    page = client_maya.get(f"/people/{petra}").text
    assert f"mailto:{FAMILY}" in page
    assert "mail through it is told with them" in page
    (told,) = everything_about(maya, petra, NOW).sections["handle"]
    assert told["called"] == [FAMILY]
    edit = call("people.get", maya, "api", {"person_id": str(petra)})
    assert [one.address for one in edit.shared] == [FAMILY]
    for one in Person.objects.filter(is_home=False):
        told = client_maya.get(f"/people/{one.id}/known").text
        assert FAMILY in told
        assert "shared:" not in told


def test_who_was_written_down_by_hand_is_not_taken_for_another(maya: Viewer, by: By, tmp_path: Path) -> None:
    add_person(by, "Peter Ohm", email=FAMILY)
    brought(maya, tmp_path, PETRA)
    assert known() == {"Peter Ohm": [], "Petra Ohm": ["Likes coffee"]}


def test_joined_by_hand_they_stay_one(maya: Viewer, by: By, tmp_path: Path) -> None:
    brought(maya, tmp_path, PETER + PETRA)
    peter, petra = (Person.objects.get(name=name).id for name in ("Peter Ohm", "Petra Ohm"))
    merge(by, peter, petra)
    (tmp_path / "again").mkdir()
    brought(maya, tmp_path / "again", PETRA.replace("coffee", "cake") + PETER)
    assert len(known()) == 1


def test_with_the_first_taken_back_the_other_is_met_again_and_has_the_address(
    maya: Viewer, by: By, tmp_path: Path
) -> None:
    brought(maya, tmp_path, PETER, PETRA)
    undo_import(by, Import.objects.order_by("made_at").first().id)  # type: ignore[union-attr]
    assert set(known()) == {"Petra Ohm"}
    (tmp_path / "again").mkdir()
    brought(maya, tmp_path / "again", PETRA.replace("coffee", "cake"))
    assert set(known()) == {"Petra Ohm"}
    assert Handle.objects.get(kind="email", value=FAMILY).person.name == "Petra Ohm"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peter Ohm", "Petra Ohm"), ("Anna Berg", "Ben Okoro"), ("Иван Петров", "Ольга Петрова"),
        ("Dr. Peter Ohm", "Ohm, Petra"),
    ],
)  # fmt: skip
def test_these_are_two(one: str, other: str) -> None:
    assert are_two(full_name(one), full_name(other))
    assert are_two(full_name(other), full_name(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peter Ohm", "Ohm, Dr. Peter"), ("Peter Ohm", "Ohm Peter"), ("Peter Ohm", "P. Ohm"), ("Peter Ohm", "Peter"),
        ("Peter Ohm", ""), ("Robert Smith", "Bob Smith"), ("Alexander Berg", "Alex Berg"), ("Anna Berg", "Anna Okoro"),
        ("Jon Smith", "John Smith"), ("Katherine Berg", "Kate Berg"), ("Hans-Peter Ohm", "Peter Ohm"),
        ("Maria Anna Berg", "Anna Berg"), ("Sergey Ivanov", "Сергей Иванов"), ("Peter Ohm", "Peter and Petra Ohm"),
        ("Clinic Nord", "Anna Kern"), ("Stephen Berg", "Steven Berg"), ("J. R. Tolkien", "John Tolkien"),
    ],
)  # fmt: skip
def test_these_may_be_one(one: str, other: str) -> None:
    assert not are_two(full_name(one), full_name(other))
    assert not are_two(full_name(other), full_name(one))
