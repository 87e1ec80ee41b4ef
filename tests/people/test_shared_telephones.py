"""Who shares a telephone stays somebody of their own: a number alone says nothing of who a card is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.sightings import Address, Card
from rapport.interactions.erasing.sharing import sought_of
from rapport.interactions.joining import merge, unmerge
from rapport.kit.trouble import Conflict
from rapport.people.editing import add_handle, edit_person, remove_handle
from rapport.people.matching import words_of
from rapport.people.models import Fact, Handle, Person
from rapport.people.opening import open_person
from tests.interactions.address_books import take_in_cards

from .people import everything, somebody

pytestmark = pytest.mark.django_db
NUMBER = ("phone", "+441614960123")
ANNA, BEN = (
    Card(uid=name, name=name, addresses=(Address(*NUMBER),), note=f"Note on {name}")
    for name in ("Anna Berg", "Ben Okoro")
)
ANNAS_OTHER = Card(uid="o", name="Berg, Dr. Anna", addresses=(Address("email", "a@x.example"), Address(*NUMBER)))


def people() -> dict[str, list[str]]:
    """Everybody's notes, by name."""
    return {
        one.name: sorted(Fact.objects.filter(person=one).values_list("value", flat=True))
        for one in Person.objects.filter(is_home=False)
    }


@pytest.mark.parametrize("is_one_import", [True, False])
@pytest.mark.parametrize("cards", list(permutations((ANNA, BEN, ANNAS_OTHER))))
def test_in_any_order_each_name_is_one_person(
    maya: Viewer, now: datetime, cards: Sequence[Card], is_one_import: bool
) -> None:
    for some in [cards] if is_one_import else [[one] for one in cards]:
        take_in_cards(some, None, now)
    before = everything()
    assert sorted(len(notes) for notes in people().values()) == [1, 1]
    assert people()["Ben Okoro"] == ["Note on Ben Okoro"]
    assert Handle.objects.filter(kind="phone", value=NUMBER[1]).count() == 2
    assert (
        Handle.objects.get(kind="email", value="a@x.example").person
        == Handle.objects.get(kind="phone", called=["anna berg"]).person
    )
    take_in_cards(cards, None, now)
    assert everything() == before


def test_a_card_is_met_again_after_its_person_was_called_otherwise(maya: Viewer, by: By, now: datetime) -> None:
    anna = take_in_cards([ANNA, BEN], None, now)[0].person_id
    edit_person(by, anna, name="Mum")
    assert [one.is_new for one in take_in_cards([ANNA, BEN], None, now)] == [False, False]


def test_a_second_name_of_a_number_is_met_again(maya: Viewer, now: datetime) -> None:
    married = replace(ANNAS_OTHER, name="Anna Okoro")
    first = take_in_cards([ANNAS_OTHER], None, now)[0].person_id
    assert take_in_cards([married], None, now)[0].person_id == first  # by the address
    by_number = replace(ANNA, name="Okoro, Anna")
    assert [one.person_id for one in take_in_cards([ANNA, by_number], None, now)] == [first, first]


def test_a_number_without_a_name_is_whoever_it_reaches(maya: Viewer, now: datetime) -> None:
    nameless = Card(uid="n", name="", addresses=(Address(*NUMBER),))
    first = take_in_cards([nameless], None, now)[0].person_id
    anna, ben, again = (one.person_id for one in take_in_cards([ANNA, BEN, nameless], None, now))
    assert (anna, again) == (first, first)
    assert ben != first
    assert set(people()) == {"Anna Berg", "Ben Okoro"}


def test_by_hand_somebody_of_another_name_shares_it(maya: Viewer, by: By) -> None:
    anna = somebody(by, "Anna Berg", phone=NUMBER[1])
    ben = somebody(by, "Ben Okoro", phone=NUMBER[1])
    assert [one.is_shared for one in open_person(maya, anna.id).handles] == [True]
    with pytest.raises(Conflict, match="already reaches Anna Berg"):
        somebody(by, "Berg, Anna", phone=NUMBER[1])
    (theirs,) = open_person(maya, ben.id).handles
    remove_handle(by, theirs.id)
    assert [one.is_shared for one in open_person(maya, anna.id).handles] == [False]
    add_handle(by, ben.id, *NUMBER)
    again = add_handle(by, ben.id, *NUMBER)
    assert (again.person_id, len(open_person(maya, ben.id).handles)) == (ben.id, 1)


def test_merged_they_have_it_once_and_apart_each_has_it(maya: Viewer, by: By, now: datetime) -> None:
    anna, ben = (one.person_id for one in take_in_cards([ANNA, BEN], None, now))
    before = Handle.objects.order_by("id").values("id", "person_id", "called")
    were = list(before)
    merge(by, anna, ben)
    assert [one.person_id for one in Handle.objects.filter(kind="phone")] == [anna]
    unmerge(by, open_person(maya, anna).merges[0].merge_id)
    assert list(before.all()) == were


def test_who_is_erased_does_not_take_it_from_others(maya: Viewer, now: datetime) -> None:
    anna, ben = (one.person_id for one in take_in_cards([ANNA, BEN], None, now))
    assert NUMBER not in sought_of([anna])[0].keys
    assert NUMBER in sought_of([anna, ben])[0].keys


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Berg, Dr. Anna", "anna berg"),
        ("ANNA  Berg", "anna berg"),
        ("Åsa Öberg", "asa oberg"),
        ("+44 161 496 0123", ""),
        ("", ""),
        ("Jean-Luc O’Neil Berg", "berg jean luc neil o"),
        ("Jean-Luc O’Neil Berg II", "berg jean luc neil o"),
        ("Dr.", "dr"),
        ("李 小龙", "小龙 李"),
    ],
)
def test_names_are_compared_by_their_words(name: str, words: str) -> None:
    assert words_of(name) == words
