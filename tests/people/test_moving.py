"""One person for life: who moves is at one place now, and where they were has its end, whatever is read first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from rapport.accounts import journal
from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.sightings import Address, Card
from rapport.interactions.joining import merge, unmerge
from rapport.people.editing import add_handle, set_affiliation
from rapport.people.groups import organizations_in_use
from rapport.people.models import Affiliation, Handle, Organization, Person
from rapport.people.opening import open_person
from rapport.people.stations import present_stations
from rapport.relationships.listing import how_many, list_people
from tests.interactions.address_books import take_in_cards

from ..interactions.mails import MAYA, MORNING, mail, read
from .people import somebody

OLD, NEW, LATEST = "priya@solace.example", "priya@cedar.example", "priya@birch.example"
MONTH = 24 * 30
FIRST = -12 * MONTH
LETTERS = {
    "first": mail("first", OLD, [MAYA], hour=FIRST),
    "last": mail("last", OLD, [MAYA], hour=FIRST + 2 * MONTH),
    "new": mail("new", NEW, [MAYA], hour=FIRST + 3 * MONTH),
}


@pytest.fixture
def priya(by: By) -> Person:
    """Priya, who can be reached by three addresses, said here by hand."""
    person = somebody(by, "Priya Raman", email=OLD)
    for address in (NEW, LATEST):
        add_handle(by, person.id, "email", address)
    return person


def _day(hour: float) -> date:
    return (MORNING + timedelta(hours=FIRST + hour)).date()


def _path(person: Person) -> list[tuple[str, date | None, date | None]]:
    rows = Affiliation.objects.filter(person=person).exclude(since=None).order_by("since")
    return list(rows.values_list("organization__name", "since", "until"))


@pytest.mark.parametrize("order", list(permutations(LETTERS)), ids="-".join)
def test_who_moved_is_at_one_place_and_was_at_the_other(priya: Person, now: datetime, order: tuple[str, ...]) -> None:
    """
    2025-11 Priya writes from Solace
    2026-01 and for the last time
    2026-02 Priya writes from Cedar
    """
    for key in order:
        read(now, LETTERS[key])
    assert _path(priya) == [("Solace", _day(0), _day(2 * MONTH)), ("Cedar", _day(3 * MONTH), None)]


def test_all_at_once_is_as_one_by_one(priya: Person, now: datetime) -> None:
    read(now, *LETTERS.values())
    assert _path(priya) == [("Solace", _day(0), _day(2 * MONTH)), ("Cedar", _day(3 * MONTH), None)]


def test_lists_counts_and_the_page_know_only_the_new_place(priya: Person, maya: Viewer, now: datetime) -> None:
    read(now, *LETTERS.values())
    solace, cedar = (Organization.objects.get(name=name) for name in ("Solace", "Cedar"))
    Affiliation.objects.filter(organization__name="Birch").delete()
    for place, there in ((solace, []), (cedar, ["Priya Raman"])):
        assert [one.name for one in list_people(maya, now, organization_id=place.id).rows] == there
        assert how_many(maya, now, organization_id=place.id) == len(there)
    counted = {one.name: one.people for one in organizations_in_use(maya)}
    assert (counted.get("Solace"), counted.get("Cedar")) == (None, 1)
    assert [(one.organization, one.until) for one in open_person(maya, priya.id).path] == [
        ("Cedar", None),
        ("Solace", _day(2 * MONTH)),
    ]


def test_who_writes_from_two_places_in_the_same_time_is_at_both(priya: Person, now: datetime) -> None:
    read(now, *LETTERS.values(), mail("still", OLD, [MAYA], hour=FIRST + 4 * MONTH))
    assert [until for _place, _since, until in _path(priya)] == [None, None]


def test_who_moves_twice_is_at_the_last_place(priya: Person, now: datetime) -> None:
    read(now, mail("latest", LATEST, [MAYA], hour=FIRST + 6 * MONTH), *LETTERS.values())
    assert _path(priya) == [
        ("Solace", _day(0), _day(2 * MONTH)),
        ("Cedar", _day(3 * MONTH), _day(3 * MONTH)),
        ("Birch", _day(6 * MONTH), None),
    ]


def test_a_colleague_does_not_leave_home_by_writing_from_elsewhere(by: By, now: datetime) -> None:
    ben = somebody(by, "Ben", email="ben@fernhill.example")
    add_handle(by, ben.id, "email", OLD)
    read(now, mail("one", "ben@fernhill.example", [MAYA], hour=FIRST), mail("two", OLD, [MAYA], hour=FIRST + MONTH))
    assert [until for _place, _since, until in _path(ben)] == [None, None]


def test_said_by_hand_they_are_there_and_no_longer_elsewhere(priya: Person, by: By, maya: Viewer) -> None:
    read(by.now, LETTERS["first"])
    before = list(Affiliation.objects.order_by("id").values())
    done = set_affiliation(by, priya.id, "Moss & Sons", "Partner")
    open_now = Affiliation.objects.filter(person=priya, until=None)
    assert [one.organization.name for one in open_now] == ["Moss & Sons"]
    assert set(Affiliation.objects.filter(person=priya).exclude(until=None).values_list("until", flat=True)) == {
        by.now.date()
    }
    journal.undo(maya, done.journal_id, by.now)
    assert list(Affiliation.objects.order_by("id").values()) == before


def test_what_is_said_holds_whatever_older_mail_is_read_later(priya: Person, by: By) -> None:
    set_affiliation(by, priya.id, "Moss & Sons", "Partner")
    read(by.now, mail("old", LATEST, [MAYA], hour=FIRST - MONTH))
    assert present_stations([priya.id])[priya.id].organization == "Moss & Sons"
    assert Affiliation.objects.filter(person=priya, until=None).count() == 1
    read(by.now, mail("newer", LATEST, [MAYA], hour=MONTH))
    assert present_stations([priya.id])[priya.id].organization == "Birch"


def test_saying_two_places_one_after_the_other_leaves_the_latter(priya: Person, by: By, maya: Viewer) -> None:
    first = set_affiliation(by, priya.id, "Moss & Sons", "Partner")
    second = set_affiliation(by, priya.id, "Oak & Co", "Owner")
    assert present_stations([priya.id])[priya.id].organization == "Oak & Co"
    journal.undo(maya, second.journal_id, by.now)
    assert present_stations([priya.id])[priya.id].organization == "Moss & Sons"
    journal.undo(maya, first.journal_id, by.now)
    assert not Affiliation.objects.filter(organization__name="Moss & Sons").exists()
    assert not Affiliation.objects.exclude(until=None).exists()


def test_saying_as_what_moves_nobody(priya: Person, by: By) -> None:
    read(by.now, *LETTERS.values(), mail("still", OLD, [MAYA], hour=FIRST + 4 * MONTH))
    set_affiliation(by, priya.id, "", "Head of Rotas")
    assert not Affiliation.objects.exclude(until=None).exists()


@pytest.mark.parametrize("place", ["Moss & Sons", "Birch"])
def test_undoing_what_was_said_keeps_what_was_seen_since(priya: Person, by: By, maya: Viewer, place: str) -> None:
    """Said to be at `place`; then mail from Cedar and Birch is read: both stay when the saying is undone."""
    done = set_affiliation(by, priya.id, place, "Partner")
    read(by.now, *LETTERS.values(), mail("birch", LATEST, [MAYA], hour=FIRST - 48))
    journal.undo(maya, done.journal_id, by.now)
    assert [(name, since) for name, since, _until in _path(priya)] == [
        ("Birch", _day(-48)), ("Solace", _day(0)), ("Cedar", _day(3 * MONTH)),
    ]  # fmt: skip
    seen = Affiliation.objects.get(organization__name="Birch")
    assert (seen.title, seen.said_at, seen.last_seen) == ("", None, MORNING + timedelta(hours=FIRST - 48))


def test_who_is_joined_has_moved_and_parted_has_not(by: By, maya: Viewer, now: datetime) -> None:
    read(now, *LETTERS.values())
    old, new = (Person.objects.get(id=_owner(address)) for address in (OLD, NEW))
    before: list[dict[str, Any]] = list(Affiliation.objects.order_by("id").values())
    merge(by, old.id, new.id)
    assert _path(old) == [("Solace", _day(0), _day(2 * MONTH)), ("Cedar", _day(3 * MONTH), None)]
    unmerge(by, open_person(by.viewer, old.id).merges[0].merge_id)
    assert list(Affiliation.objects.order_by("id").values()) == before


def _owner(address: str) -> UUID:
    return Handle.objects.get(value=address).person_id


CARD = Card(
    uid="1",
    name="Priya Raman",
    organization="Cedar Ltd",
    title="Partner",
    addresses=(Address("email", NEW), Address("email", OLD)),
    revised=MORNING,
)


@pytest.mark.parametrize("card_first", [True, False])
def test_a_card_names_the_place_of_its_first_address(maya: Viewer, now: datetime, card_first: bool) -> None:
    """She wrote from Solace, and was never heard of from Cedar: the card knows both, and says where she is."""
    if card_first:
        take_in_cards([CARD], None, now)
    read(now, LETTERS["first"], LETTERS["last"])
    take_in_cards([CARD], None, now)
    places = Affiliation.objects.filter(person_id=_owner(OLD)).order_by("organization__name")
    assert list(places.values_list("organization__name", "title", "until")) == [
        ("Cedar Ltd", "Partner", None),
        ("Solace", "", MORNING.date()),
    ]
    read(now, mail("still", OLD, [MAYA], hour=1))
    assert not places.exclude(until=None).exists()


def test_a_card_that_knows_one_place_ends_no_other(maya: Viewer, now: datetime) -> None:
    """It may be as old as the place it names."""
    read(now, LETTERS["new"])
    add = replace(CARD, organization="Solace", addresses=(Address("email", OLD),))
    take_in_cards([replace(CARD, addresses=(Address("email", NEW), Address("phone", "+441614960123"))), add], None, now)
    assert not Affiliation.objects.exclude(until=None).exists()


def test_the_old_address_of_somebody_else_puts_nobody_there(maya: Viewer, now: datetime) -> None:
    read(now, LETTERS["new"], mail("ben", "ben@solace.example", [MAYA]))
    card = replace(CARD, addresses=(Address("email", NEW), Address("email", "ben@solace.example")))
    take_in_cards([card], None, now)
    assert [one.organization.name for one in Affiliation.objects.filter(person_id=_owner(NEW))] == ["Cedar Ltd"]
    assert Organization.objects.get(domain="solace.example").name == "Solace"
