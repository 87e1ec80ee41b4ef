"""No member comes by the mail of others through an address: by hand, by an address book, by saying it is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.models import User, Workspace
from rapport.accounts.oneself import set_address
from rapport.channels.sightings import Address, Card
from rapport.interactions.models import AddressPart, Interaction
from rapport.interactions.visible import readable_to
from rapport.kit.trouble import Conflict, NotAllowed
from rapport.people.editing import add_person
from rapport.people.handles import add_handle, remove_handle
from rapport.people.home import claim_addresses
from rapport.people.models import Affiliation, Handle, Organization, Person

from ..people.people import membered, somebody
from .address_books import take_in_cards
from .mails import MAYA, PRIYA, mail, read

pytestmark = pytest.mark.django_db
DESK = "hr@fernhill.example"


@pytest.fixture
def ali(by: By, workspace: Workspace, now: datetime) -> By:
    """Ali, a member who manages nothing."""
    person = somebody(by, "Ali Reza", email="ali@fernhill.example")
    return By(viewer_of(membered(person.id, "ali@fernhill.example", workspace, now)), "web", now)


def card(name: str, *addresses: str) -> Card:
    return Card(uid="1", name=name, addresses=tuple(Address("email", one) for one in addresses))


def _addresses(viewer: Viewer) -> set[str]:
    return set(Handle.objects.filter(person_id=viewer.person_id).values_list("value", flat=True))


@pytest.mark.parametrize("at_a_time", [1, 2, 1000])
def test_an_address_book_gives_no_member_the_mail_of_a_desk(
    by: By, ali: By, now: datetime, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.interactions.cards.SOME", at_a_time)
    read(now, mail("salaries", PRIYA, [DESK, MAYA]))
    take_in_cards([card("Ali Reza", "ali@fernhill.example", DESK)] * 3, None, now)
    assert _addresses(ali.viewer) == {"ali@fernhill.example"}
    assert not Handle.objects.filter(value=DESK).exists()
    assert AddressPart.objects.filter(address=DESK).exists()
    with pytest.raises(NotAllowed):
        readable_to(ali.viewer, Interaction.objects.get().id)


def test_nobody_takes_a_colleagues_address_before_they_come(ali: By, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        add_handle(ali, ali.viewer.person_id, "email", "boss@fernhill.example")
    with pytest.raises(NotAllowed):
        claim_addresses(ali.viewer.person_id, ["boss@fernhill.example"], now, ali.viewer)
    take_in_cards([card("Ali Reza", "ali@fernhill.example", "boss@fernhill.example")], None, now)
    assert _addresses(ali.viewer) == {"ali@fernhill.example"}


@pytest.mark.parametrize("address", [DESK, "boss@fernhill.example"])
def test_signing_in_with_an_address_does_not_give_its_mail(by: By, ali: By, now: datetime, address: str) -> None:
    """Anything can be written down to sign in with: nobody asks whether mail reaches them there."""
    read(now, mail("salaries", PRIYA, [DESK, MAYA]))
    set_address(User.objects.get(id=ali.viewer.user_id), address)
    with pytest.raises(NotAllowed):
        add_handle(ali, ali.viewer.person_id, "email", address)
    with pytest.raises(NotAllowed):
        claim_addresses(ali.viewer.person_id, [address], now, ali.viewer)
    take_in_cards([card("Ali Reza", "ali@fernhill.example", address)], None, now)
    assert _addresses(ali.viewer) == {"ali@fernhill.example"}
    add_handle(by, ali.viewer.person_id, "email", address)
    assert address in _addresses(ali.viewer)


def test_whoever_signs_in_with_a_new_address_of_their_own_is_reached_by_it(ali: By) -> None:
    user = User.objects.get(id=ali.viewer.user_id)
    set_address(user, "ali@work.example")
    add_handle(ali, ali.viewer.person_id, "email", "ali@work.example")
    assert "ali@work.example" in _addresses(ali.viewer)


def test_a_private_address_nobody_has_seen_is_ones_own_to_say(ali: By, now: datetime) -> None:
    take_in_cards([card("Ali Reza", "ali@fernhill.example", "ali@gmail.com")], None, now)
    claim_addresses(ali.viewer.person_id, ["ali@work.example"], now, ali.viewer)
    assert _addresses(ali.viewer) == {"ali@fernhill.example", "ali@gmail.com", "ali@work.example"}


def test_the_address_of_whoever_signs_in_is_removed_by_them_or_a_manager(by: By, ali: By) -> None:
    mine = Handle.objects.get(value=MAYA)
    with pytest.raises(NotAllowed):
        remove_handle(ali, mine.id)
    remove_handle(by, mine.id)
    remove_handle(ali, Handle.objects.get(value="ali@fernhill.example").id)


def test_saying_a_customers_address_is_ones_own_does_not_make_them_ours(by: By, now: datetime) -> None:
    priya = add_person(by, "Priya Raman", PRIYA).person_id
    with pytest.raises(Conflict, match="who is not one of yours"):
        claim_addresses(by.viewer.person_id, [PRIYA], now, by.viewer)
    assert not Person.objects.get(id=priya).is_home


@pytest.mark.parametrize("at_a_time", [1, 2, 1000])
def test_what_was_said_not_to_be_theirs_stays_so_on_every_card(
    by: By, now: datetime, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.interactions.cards.SOME", at_a_time)
    kim = somebody(by, "Kim Berg", email="kim@one.example")
    add_handle(by, kim.id, "email", "kim@gone.example")
    remove_handle(by, Handle.objects.get(value="kim@gone.example").id)
    Affiliation.objects.filter(organization__domain="gone.example").delete()
    Organization.objects.filter(domain="gone.example").delete()
    take_in_cards([card("Kim Berg", "kim@one.example", "kim@gone.example")] * 3, None, now)
    assert set(Handle.objects.filter(person=kim).values_list("value", flat=True)) == {"kim@one.example"}
    assert not Organization.objects.filter(domain="gone.example").exists()


@pytest.mark.parametrize("at_a_time", [1, 2, 1000])
def test_an_address_refused_to_one_reaches_whose_it_is(
    by: By, now: datetime, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people, and the address that was said not to be the first one's stands on both their cards."""
    monkeypatch.setattr("rapport.interactions.cards.SOME", at_a_time)
    kim = somebody(by, "Kim Berg", email="kim@one.example")
    add_handle(by, kim.id, "email", "lee@one.example")
    remove_handle(by, Handle.objects.get(value="lee@one.example").id)
    cards = [card("Kim Berg", "kim@one.example", "lee@one.example"), card("Lee Moss", "lee@one.example")]
    _, lee = take_in_cards(cards, None, now)
    assert lee.person_id != kim.id
    assert Person.objects.get(id=lee.person_id).name == "Lee Moss"
    assert Person.objects.get(id=kim.id).name == "Kim Berg"


def test_no_organization_is_made_for_nobody(now: datetime, by: By) -> None:
    """Whose second card has an address that reaches another by now are not put where it leads."""
    sam = Card("1", "Sam Ode", addresses=(Address("telegram", "sam"), Address("email", "sam@gmail.com")))
    ann = card("Ann Lee", "ann@one.example", "b@org.example")
    again = replace(sam, addresses=(Address("telegram", "sam"), Address("email", "b@org.example")))
    take_in_cards([sam, ann, again], None, now)
    assert set(Organization.objects.filter(is_home=False).values_list("domain", flat=True)) == {"one.example"}
