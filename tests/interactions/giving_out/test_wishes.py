"""What somebody asked of us goes out with them, and comes in again where their file is read."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.channels.cards.vcf import parse_card
from rapport.channels.sightings import CardWish
from rapport.interactions.giving_out.people import export_people
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.undoing import take_back
from rapport.interactions.wishing import ask_not, lift
from rapport.people.editing import add_person
from rapport.people.models import Person, Wish
from rapport.people.withdrawing import withdrawn_of
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
WHY = "Her letter; of 3 November,\nby hand."


@pytest.fixture
def priya(by: By) -> UUID:
    return add_person(by, "Priya Raman", email="priya@northwind.example").person_id


def bring_in(by: By, name: str, body: bytes, settings: object) -> UUID:
    folder = settings.HOUSE.files_folder  # type: ignore[attr-defined]
    begun = start_import(by, [GivenFile(name, [body])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)
    return begun.import_id


def wishes() -> list[tuple[str, str, str]]:
    return sorted(Wish.objects.values_list("person__name", "kind", "why"))


@pytest.mark.parametrize("form", ["vcard", "csv"])
def test_a_wish_goes_out_and_comes_in(by: By, priya: UUID, form: str, settings: object) -> None:
    ask_not(by, priya, "do-not-contact", WHY)
    ask_not(by, priya, "do-not-score")
    body = export_people(by, [priya], form).body  # type: ignore[arg-type]
    noted = set(Wish.objects.values_list("noted_at", flat=True))
    Person.objects.filter(id=priya).delete()
    assert wishes() == []
    run = bring_in(by, f"people.{'csv' if form == 'csv' else 'vcf'}", body, settings)
    again = Person.objects.get(name="Priya Raman")
    if form == "vcard":
        assert wishes() == [("Priya Raman", "do-not-contact", WHY), ("Priya Raman", "do-not-score", "")]
        assert {one.replace(microsecond=0) for one in noted} == set(Wish.objects.values_list("noted_at", flat=True))
        assert (again.do_not_contact, again.do_not_score) == (True, True)
    else:
        assert wishes() == [("Priya Raman", "do-not-contact", "")]
        assert again.do_not_contact
    take_back(run, by.now)
    assert wishes() == []


def test_taking_the_import_back_leaves_whom_it_did_not_bring_to_be_contacted(
    by: By, priya: UUID, settings: object
) -> None:
    card = b"BEGIN:VCARD\nFN:Priya\nEMAIL:priya@northwind.example\nX-RAPPORT-WISH:do-not-contact;x\nEND:VCARD\n"
    run = bring_in(by, "one.vcf", card, settings)
    assert Person.objects.get(id=priya).do_not_contact
    take_back(run, by.now)
    assert not Person.objects.get(id=priya).do_not_contact
    ask_not(by, priya, "do-not-contact", "By hand.")
    run = bring_in(by, "one.vcf", card, settings)
    take_back(run, by.now)
    assert wishes() == [("Priya Raman", "do-not-contact", "By hand.")]
    assert Person.objects.get(id=priya).do_not_contact


def test_what_was_lifted_by_hand_is_not_brought_back(by: By, priya: UUID, settings: object) -> None:
    ask_not(by, priya, "do-not-contact", WHY)
    body = export_people(by, [priya], "vcard").body
    lifted = lift(by, priya, "do-not-contact")
    bring_in(by, "people.vcf", body, settings)
    assert wishes() == []
    undo(by.viewer, lifted.journal_id, by.now)
    assert wishes() == [("Priya Raman", "do-not-contact", WHY)]
    assert withdrawn_of("wish", [priya]) == set()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_two_reasons_the_same_stays_in_whichever_order_they_come(
    by: By, order: tuple[int, ...], settings: object
) -> None:
    for place in order:
        why = ("", "By letter.", "On the phone.")[place]
        card = f"BEGIN:VCARD\nFN:Bo\nEMAIL:bo@x.example\nNOTE:{place}\nX-RAPPORT-WISH:do-not-score;{why}\nEND:VCARD\n"
        bring_in(by, f"{place}.vcf", card.encode(), settings)
    assert wishes() == [("Bo", "do-not-score", "On the phone.")]


def test_a_card_says_it_in_one_property_and_no_note(by: By, priya: UUID) -> None:
    ask_not(by, priya, "do-not-contact", WHY)
    body = export_people(by, [priya], "vcard").body
    (card,) = parse_card(body).cards
    at = by.now.replace(microsecond=0)
    assert card.wishes == (CardWish("do-not-contact", WHY, at),)
    assert (card.note, card.tags, card.extra) == ("", (), ())
    tomorrow = f"{by.now + timedelta(days=1):%Y%m%dT%H%M%SZ}"
    odd = f"BEGIN:VCARD\nFN:Bo\nX-RAPPORT-WISH:be-nice\nX-RAPPORT-WISH;X-NOTED-AT={tomorrow}:do-not-score\nEND:VCARD"
    assert [one.kind for one in parse_card(odd.encode()).cards[0].wishes] == ["do-not-score"]
