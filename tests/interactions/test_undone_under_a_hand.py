"""Whom somebody wrote about stays who they are when the import that brought them is undone, and the next finds them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from rapport.accounts.acting import By
from rapport.accounts.models import Membership
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import
from rapport.interactions.joining import merge
from rapport.interactions.logging import log
from rapport.interactions.models import Interaction, Participant
from rapport.interactions.saying import understand
from rapport.interactions.undo_plan import is_asked_about, undo_plan
from rapport.people.facts import note_fact
from rapport.people.models import Affiliation, Fact, Handle, Person
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db


def _card(name: str, *lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""])


STEFAN = ("EMAIL:s.gross@moss.example", "EMAIL:stefan@gmx.example", "TEL:+49 170 1234567", "ORG:Moss GmbH")
CARDS = [
    _card("Stefan Gross", *STEFAN, "TITLE:Head of Works", "BDAY:1970-03-01", "NOTE:Likes moss"),
    _card("Marie", "TEL:+49 170 7654321"),
    _card("Hanna Brandt"),
    _card("Bo Berg", "EMAIL:bo@moss.example", "ORG:Moss GmbH"),
]
MAIL = (
    "From: s.gross@moss.example\nTo: maya@fernhill.example\nSubject: Rota\n"
    "Date: Thu, 19 Nov 2026 10:00:00 +0000\nMessage-ID: <1@moss.example>\n\nThe rota works.\n"
)


def _bring(by: By, folder: Path, *files: str) -> UUID:
    given = [GivenFile(f"{n}.{'vcf' if 'VCARD' in one else 'eml'}", [one.encode()]) for n, one in enumerate(files)]
    run = start_import(by, given, folder).import_id
    assert run_import(by.viewer.workspace_id, run, folder, read_on)
    return run


def _called(by: By, name: str) -> Person:
    """Whom a call with them was logged."""
    person = Person.objects.get(name=name)
    log(by, understand("called them, rota works", by.now, ZoneInfo("Europe/London")), [person.id])
    return person


def _identity() -> dict[str, list[tuple[object, ...]]]:
    people = Person.objects.exclude(name__startswith="Maya")
    return {
        "people": sorted(
            people.values_list("name", "filed_as", "name_rank", "birthday_month", "birthday_day", "birthday_year")
        ),
        "handles": sorted(Handle.objects.filter(person__in=people).values_list("person_id", "kind", "value")),
        "places": sorted(
            Affiliation.objects.filter(person__in=people).values_list("person_id", "organization__name", "title")
        ),
    }


def test_whom_one_called_keeps_name_addresses_and_place(by: By, maya_membership: Membership, tmp_path: Path) -> None:
    run = _bring(by, tmp_path, *CARDS, MAIL)
    before = Person.objects.count()
    called = [_called(by, name) for name in ("Stefan Gross", "Marie", "Hanna Brandt")]
    undo_import(by, run)
    read_on(by.now)
    assert {one.name for one in Person.objects.exclude(name__startswith="Maya")} == {one.name for one in called}
    stefan = called[0]
    assert set(Handle.objects.filter(person=stefan).values_list("value", flat=True)) == {
        "s.gross@moss.example", "stefan@gmx.example", "+491701234567",
    }  # fmt: skip
    place = Affiliation.objects.get(person=stefan)
    assert (place.organization.name, place.title) == ("Moss GmbH", "Head of Works")
    stefan.refresh_from_db()
    assert (stefan.birthday_day, stefan.birthday_month) == (1, 3)
    assert not Interaction.objects.filter(by_hand=False).exists()
    assert not Fact.objects.exists()
    assert not Handle.objects.exclude(first_seen=None).exists()
    again = _bring(by, tmp_path, *CARDS, MAIL)
    assert Person.objects.count() == before
    assert Participant.objects.filter(person=stefan).count() == 2
    assert Fact.objects.get().person_id == stefan.id
    full = _identity()
    undo_import(by, again)
    read_on(by.now)
    _bring(by, tmp_path, *CARDS, MAIL)
    assert _identity()["people"] == full["people"]
    assert Handle.objects.filter(person__in=called).count() == 5


def test_what_is_undone_twice_is_kept_twice(by: By, maya_membership: Membership, tmp_path: Path) -> None:
    run = _bring(by, tmp_path, *CARDS, MAIL)
    for name in ("Stefan Gross", "Marie", "Hanna Brandt"):
        _called(by, name)
    undo_import(by, run)
    once = _identity()
    undo_import(by, _bring(by, tmp_path, *CARDS, MAIL))
    assert _identity() == once


def test_whom_another_import_knows_too_keeps_what_the_first_gave(
    by: By, maya_membership: Membership, tmp_path: Path
) -> None:
    run = _bring(by, tmp_path, *CARDS)
    mail = _bring(by, tmp_path, MAIL)
    stefan = _called(by, "Stefan Gross")
    undo_import(by, run)
    undo_import(by, mail)
    stefan.refresh_from_db()
    assert stefan.name == "Stefan Gross"
    assert Handle.objects.filter(person=stefan).count() == 3


def test_whom_one_joined_with_somebody_entered_by_hand_is_found_again(
    by: By, maya_membership: Membership, tmp_path: Path
) -> None:
    run = _bring(by, tmp_path, *CARDS)
    entered = Person.objects.create(
        name="Steff", sort_name="steff", name_rank=3, touched_by_hand=True, made_at=by.now,
        workspace_id=by.viewer.workspace_id,
    )  # fmt: skip
    merge(by, entered.id, Person.objects.get(name="Stefan Gross").id)
    undo_import(by, run)
    _bring(by, tmp_path, *CARDS)
    assert Handle.objects.get(value="s.gross@moss.example").person_id == entered.id
    assert not Person.objects.filter(name="Stefan Gross", merged_into=None).exists()


def test_what_was_added_to_whom_one_entered_by_hand_goes(by: By, maya_membership: Membership, tmp_path: Path) -> None:
    first = _bring(by, tmp_path, CARDS[3])
    bo = _called(by, "Bo Berg")
    run = _bring(by, tmp_path, _card("Bo Berg", "EMAIL:bo@moss.example", "TEL:+44 161 496 0000"))
    assert Handle.objects.filter(person=bo).count() == 2
    undo_import(by, run)
    assert [one.value for one in Handle.objects.filter(person=bo)] == ["bo@moss.example"]
    undo_import(by, first)
    assert [one.value for one in Handle.objects.filter(person=bo)] == ["bo@moss.example"]


def test_the_plan_says_who_stays_and_asks(by: By, maya_membership: Membership, tmp_path: Path) -> None:
    run = _bring(by, tmp_path, *CARDS, MAIL)
    plan = undo_plan(by.viewer, run)
    assert not is_asked_about(plan.progress)
    _called(by, "Stefan Gross")
    note_fact(by, Person.objects.get(name="Marie").id, "family", "two children")
    plan = undo_plan(by.viewer, run)
    assert (plan.people_going, plan.changed_by_hand, plan.known_otherwise) == (2, 2, 0)
    assert is_asked_about(plan.progress)
