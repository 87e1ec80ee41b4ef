"""Cards become people: by address, never joined silently, and twice is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.accounts.access import Viewer
from rapport.channels.sightings import Address, Card, PartialDate
from rapport.interactions.cards import take_in_cards
from rapport.people.models import Affiliation, Handle, Person

from ..people.people import everything
from .mails import MAYA, PRIYA, mail, read

PRIYAS = Card(
    uid="1",
    name="Priya Raman",
    organization="Solace Ltd",
    title="Head of Rotas",
    addresses=(Address("email", PRIYA), Address("phone", "+441614960123")),
    birthday=PartialDate(3, 14),
    note="Loves moss",
    tags=("Gardener",),
)


def test_a_card_twice_is_once(maya: Viewer, now: datetime) -> None:
    first = take_in_cards([PRIYAS, PRIYAS], None, now)
    before = everything()
    again = take_in_cards([PRIYAS], None, now)
    assert everything() == before
    assert [one.is_new for one in (*first, *again)] == [True, False, False]
    assert len({one.person_id for one in (*first, *again)}) == 1


@pytest.mark.parametrize("card_first", [True, False])
def test_mail_and_card_in_either_order_are_one_person(maya: Viewer, now: datetime, card_first: bool) -> None:
    hello = mail("hello", PRIYA, [MAYA], names={PRIYA: "P. Raman via Lists"})
    if card_first:
        take_in_cards([PRIYAS], None, now)
        read(now, hello)
    else:
        read(now, hello)
        take_in_cards([PRIYAS], None, now)
    priya = Person.objects.get(is_home=False)
    assert (priya.name, priya.birthday_month) == ("Priya Raman", 3)
    handle = Handle.objects.get(value=PRIYA)
    assert handle.first_seen == handle.last_seen == hello.at
    place = Affiliation.objects.select_related("organization").get(person=priya)
    assert (place.organization.name, place.organization.domain, place.title) == (
        "Solace Ltd",
        "solace.example",
        "Head of Rotas",
    )
    assert place.last_seen == hello.at


def test_two_people_on_one_card_stay_two(maya: Viewer, now: datetime) -> None:
    read(now, mail("one", PRIYA, [MAYA]), mail("two", "olga@solace.example", [MAYA]))
    both = Card(uid="2", name="Priya", addresses=(Address("email", PRIYA), Address("email", "olga@solace.example")))
    outcome = take_in_cards([both], None, now)[0]
    assert outcome.person_id == Handle.objects.get(value=PRIYA).person_id
    assert outcome.also_reaches == (Handle.objects.get(value="olga@solace.example").person_id,)


def test_cards_with_a_name_alone_are_met_again(maya: Viewer, now: datetime) -> None:
    aunt = Card(uid="3", name="Aunt Rosa", birthday=PartialDate(5, 1, 1950))
    first, again = take_in_cards([aunt], None, now)[0], take_in_cards([aunt], None, now)[0]
    assert (first.person_id, again.is_new) == (again.person_id, False)


def test_a_whole_address_book_costs_as_many_questions_as_one_card(maya: Viewer, now: datetime) -> None:
    book = [
        replace(PRIYAS, name=f"Person {n}", addresses=(Address("email", f"p{n}@org{n % 7}.example"),))
        for n in range(60)
    ]
    take_in_cards([PRIYAS], None, now)
    with CaptureQueriesContext(connection) as asked:
        outcomes = take_in_cards(book, None, now)
    assert len(asked) < 60
    assert len({one.person_id for one in outcomes}) == 60
    before = everything()
    take_in_cards(book, None, now)
    assert everything() == before


def test_who_works_at_a_place_without_an_address_is_put_there_once(maya: Viewer, now: datetime) -> None:
    first = [Card(uid="4", name="Ana Silva", organization="Moss & Co", title="Potter")]
    later = [Card(uid="5", name="Bo Berg", organization="Moss & Co", addresses=(Address("email", "bo@moss.example"),))]
    for cards in (first, later, first, later):
        take_in_cards(cards, None, now)
    (station,) = Affiliation.objects.select_related("organization").filter(person__name="Ana Silva")
    assert (station.organization.name, station.title) == ("Moss & Co", "Potter")
