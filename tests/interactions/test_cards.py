"""Cards become people: by address, never joined silently, and twice is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.cards.vcf import parse_card
from rapport.channels.sightings import Address, Card, PartialDate
from rapport.channels.tables.csv import parse_table
from rapport.interactions.cards import why_nobody
from rapport.kit.trouble import Trouble
from rapport.people.editing import add_person
from rapport.people.models import Affiliation, Fact, Handle, Person, PersonTag, Tag

from ..people.people import everything
from .address_books import take_in_cards
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


OLDER = replace(
    PRIYAS, title="Assistant to the Managing Director", birthday=PartialDate(12, 31, 1990),
    revised=datetime(2024, 5, 1, tzinfo=UTC),
)  # fmt: skip
NEWER = replace(
    PRIYAS, title="Managing Director", birthday=PartialDate(3, 14), revised=datetime(2026, 5, 1, tzinfo=UTC)
)
UNDATED = replace(
    PRIYAS, title="Assistant to the Assistant to the Managing Director", birthday=PartialDate(12, 31, 1999)
)
UNTITLED = replace(PRIYAS, title="", birthday=None, revised=datetime(2026, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("is_one_import", [True, False])
@pytest.mark.parametrize("cards", list(permutations((OLDER, NEWER, UNDATED))))
def test_the_card_last_seen_to_says_the_title_and_the_birthday(
    maya: Viewer, now: datetime, cards: tuple[Card, ...], is_one_import: bool
) -> None:
    cards = (*cards[:2], UNTITLED, cards[2])
    for some in [cards] if is_one_import else [[one] for one in cards]:
        take_in_cards(some, None, now)
    priya = Person.objects.get(is_home=False)
    assert (priya.birthday_month, priya.birthday_day, priya.birthday_year) == (3, 14, None)
    assert priya.birthday_revised == NEWER.revised
    assert list(Affiliation.objects.filter(person=priya).values_list("title", "title_revised")) == [
        ("Managing Director", NEWER.revised)
    ]


def test_two_people_on_one_card_stay_two(maya: Viewer, now: datetime) -> None:
    read(now, mail("one", PRIYA, [MAYA]), mail("two", "olga@solace.example", [MAYA]))
    both = Card(uid="2", name="Priya", addresses=(Address("email", PRIYA), Address("email", "olga@solace.example")))
    outcome = take_in_cards([both], None, now)[0]
    assert outcome.person_id == Handle.objects.get(value=PRIYA).person_id
    assert Handle.objects.get(value="olga@solace.example").person_id != outcome.person_id


def test_cards_with_a_name_alone_are_met_again(maya: Viewer, now: datetime) -> None:
    aunt = Card(uid="3", name="Aunt Rosa", birthday=PartialDate(5, 1, 1950))
    first, again = take_in_cards([aunt], None, now)[0], take_in_cards([aunt], None, now)[0]
    assert (first.person_id, again.is_new) == (again.person_id, False)


def book(people: int) -> list[Card]:
    """Cards as they come: some share a place, some a word in another case, some come twice, some have no address."""
    return [_card(n - n % 9 // 8, n) for n in range(people)]


def _card(who: int, n: int) -> Card:
    return replace(
        PRIYAS,
        uid=str(n),
        name=f"Person {who}",
        organization=f"Org {who % 5}" if n % 3 else "",
        addresses=()
        if who % 11 == 10
        else (Address("email", f"p{who}@org{who % 5}.example"), Address("phone", f"+44161496{who:04}")),
        birthday=PartialDate(1, who % 28 + 1) if n % 4 else None,
        note=f"Met {n % 6} times" if n % 2 else "",
        tags=(f"word {n % 13}", "Gardener" if n % 2 else "gardener", ""),
    )


def test_a_whole_address_book_costs_as_many_questions_as_a_few_cards(maya: Viewer, now: datetime) -> None:
    asked = []
    for cards in (book(15), book(150)[15:]):
        with CaptureQueriesContext(connection) as context:
            take_in_cards(cards, None, now)
        asked.append(len(context))
    assert asked[1] <= asked[0] < 60
    before = everything()
    take_in_cards(book(150), None, now)
    assert everything() == before


@pytest.mark.parametrize("at_a_time", [1, 7, 1000])
def test_cards_together_become_what_they_become_one_by_one(
    maya: Viewer, now: datetime, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.interactions.cards.SOME", at_a_time)
    with transaction.atomic():
        together = [one.is_new for one in take_in_cards(book(80), None, now)]
        whole = everything_said()
        transaction.set_rollback(True)
    apart = [take_in_cards([card], None, now)[0].is_new for card in book(80)]
    assert apart == together
    for table, lines in everything_said().items():
        assert lines == whole[table], table


def everything_said() -> dict[str, list[tuple[object, ...]]]:
    """All that cards leave, in words without ids."""
    person = Person.objects.values_list("name", "name_rank", "birthday_month", "birthday_day", "is_home")
    handle = Handle.objects.values_list("person__name", "kind", "value", "origin")
    station = Affiliation.objects.values_list("person__name", "organization__name", "organization__domain", "title")
    fact = Fact.objects.values_list("person__name", "kind", "value", "learnt")
    tag = PersonTag.objects.values_list("person__name", "tag__name")
    word = Tag.objects.values_list("name")
    return {table.model.__name__: sorted(table, key=str) for table in (person, handle, station, fact, tag, word)}


def test_who_works_at_a_place_without_an_address_is_put_there_once(maya: Viewer, now: datetime) -> None:
    first = [Card(uid="4", name="Ana Silva", organization="Moss & Co", title="Potter")]
    later = [Card(uid="5", name="Bo Berg", organization="Moss & Co", addresses=(Address("email", "bo@moss.example"),))]
    for cards in (first, later, first, later):
        take_in_cards(cards, None, now)
    (station,) = Affiliation.objects.select_related("organization").filter(person__name="Ana Silva")
    assert (station.organization.name, station.title) == ("Moss & Co", "Potter")


def test_a_card_of_an_organization_alone_is_nobodys(maya: Viewer, now: datetime) -> None:
    only = Card(uid="2", name="", organization="Only Org Ltd", addresses=(Address("phone", "+441614960123"),))
    assert why_nobody(only) == "card-of-a-group"
    assert why_nobody(replace(only, addresses=(Address("email", "info@only.example"),))) == "card-of-a-group"
    assert why_nobody(replace(only, addresses=(Address("email", "zoe.chan@only.example"),))) == ""
    assert why_nobody(replace(only, name="Zoë")) == ""
    assert why_nobody(Card(uid="3", name=" ")) == "nobody-on-it"
    assert why_nobody(Card(uid="4", name="...")) == "nobody-on-it"


@pytest.mark.parametrize(
    ("number", "rule"),
    [("112", "short-number"), ("+112", "short-number"), ("11880", "short-number"), ("116117", "short-number"),
     ("+491701234567", ""), ("0301234567", ""), ("234567", "")],
)  # fmt: skip
def test_a_short_number_without_a_name_is_nobody(number: str, rule: str) -> None:
    nameless = Card(uid="", name=number, addresses=(Address("phone", number),))
    assert why_nobody(nameless) == rule
    assert why_nobody(replace(nameless, name="")) == rule
    assert why_nobody(replace(nameless, name="Zoë")) == ""
    assert why_nobody(replace(nameless, addresses=(*nameless.addresses, Address("email", "zoe.chan@x.example")))) == ""


@pytest.mark.parametrize("written", ["...", "?!", "— –", "+++", "“”", "、。"])
def test_punctuation_is_nobodys_name(by: By, maya: Viewer, now: datetime, written: str) -> None:
    """By hand a sentence says what to do; a file's person is called by what else the file says of them."""
    with pytest.raises(Trouble, match="letters in it"):
        add_person(by, written)
    reached = Address("email", "rosa.diaz@moss.example")
    take_in_cards([Card(uid="1", name=written, addresses=(reached,))], None, now)
    assert Handle.objects.get(value=reached.value).person.name == "Rosa Diaz"
    card = parse_card(f"BEGIN:VCARD\nFN:{written}\nN:Silva;Ana\nEND:VCARD\n".encode()).cards[0]
    assert card.name == "Ana Silva"
    (row,) = parse_table(f"Name,First name,Email\n{written},Ana,ana@moss.example\n".encode()).cards
    assert row.name == "Ana"
    assert parse_table(f"Name,Email\n{written},\nBo,\n".encode()).cards[0].name == "Bo"


@pytest.mark.parametrize("written", ["ж", "宮", "💜", "7", "D'Arcy"])
def test_whatever_holds_a_letter_a_number_or_a_picture_is_a_name(by: By, written: str) -> None:
    assert Person.objects.get(id=add_person(by, written).person_id).name == written


def test_together_or_apart_they_are_at_the_same_places(by: By, maya: Viewer, now: datetime) -> None:
    """What a card of the same batch has just written down is known to the next, and is nobody else's."""
    known = Address("email", "bob@gmail.com")
    take_in_cards([Card(uid="0", name="Bob Hall", addresses=(known,))], None, now)
    office, number = Address("email", "office@hall.example"), Address("phone", "+441614960777")
    anna = Card(uid="1", name="Anna Hall", addresses=(office,))
    bob = Card(
        uid="2", name="Bob Hall", addresses=(Address("email", "bob@gmail.com"), office), organization="Hall & Co"
    )
    first = Card(uid="3", name="Cem Ada", addresses=(Address("email", "cem@solace.example"), number))
    then = Card(uid="4", name="Cem Ada", addresses=(number,), organization="Solace Ltd", title="CTO")
    take_in_cards([anna, bob, first, then], None, now)
    at = Affiliation.objects.values_list("person__name", "organization__name", "organization__domain", "title")
    assert sorted(one for one in at if not one[0].startswith("Maya")) == [
        ("Anna Hall", "Hall & Co", "hall.example", ""),
        ("Bob Hall", "Hall & Co", "hall.example", ""),
        ("Cem Ada", "Solace Ltd", "solace.example", "CTO"),
    ]
