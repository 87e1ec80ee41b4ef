"""Joining two people on their page, and parting them: what is offered, what is said, and that it can be undone."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.people.editing import add_person, edit_person, tag
from rapport.people.models import Merge, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(by: By) -> tuple[UUID, UUID]:
    return add_person(by, "Priya Raman", email="p@solace.example").person_id, add_person(by, "Priya R").person_id


def offered(page: str) -> list[str]:
    """Who may be chosen, by id, in order."""
    return re.findall(r'name="other"[^>]*value="([^"]+)"', page)


def test_who_is_called_alike_is_offered_and_nobody_twice(client_maya: Client, by: By, two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    assert offered(client_maya.get(f"/people/{gone}/merge").text) == [str(kept)]
    assert offered(client_maya.get(f"/people/{kept}/merge?q=%20Priya%20R%20").text) == [str(gone)]
    assert "p@solace.example" in client_maya.get(f"/people/{gone}/merge").text
    for number in range(12):
        add_person(by, f"Priya Number {number}")
    assert len(offered(client_maya.get(f"/people/{kept}/merge?q=priya").text)) == 8


def test_who_shares_a_telephone_comes_first_then_who_may_be_called_so(client_maya: Client, by: By) -> None:
    jana = add_person(by, "Jana Müller").person_id
    hers = add_person(by, "Ruth Okafor", phone="+44 161 496 0123").person_id
    typed = add_person(by, "J. Mueller", phone="+44 161 496 0123").person_id
    add_person(by, "Otto Müller")
    assert offered(client_maya.get(f"/people/{typed}/merge").text) == [str(hers), str(jana)]
    assert offered(client_maya.get(f"/people/{jana}/merge").text)[0] == str(typed)


def test_a_place_called_so_brings_nobody(client_maya: Client, by: By) -> None:
    one = add_person(by, "Ana Reed", organization="Quayside").person_id
    add_person(by, "Bo Moss", organization="Quayside")
    quill = add_person(by, "Zoe Quayside").person_id
    assert offered(client_maya.get(f"/people/{one}/merge?q=quayside").text) == [str(quill)]
    by_address = add_person(by, "Cy Hale", email="cy@moss.example", organization="Quayside").person_id
    assert offered(client_maya.get(f"/people/{one}/merge?q=cy@moss").text) == [str(by_address)]


def test_before_they_are_joined_a_page_says_what_comes_together(
    client_maya: Client, by: By, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    edit_person(by, kept, birthday="--03-14")
    edit_person(by, gone, birthday="--03-15")
    page = client_maya.get(f"/people/{kept}/merge?other={gone}").text
    assert offered(page) == [str(gone)]
    for told in ("Called Priya Raman. Priya R is found", "Reached by p@solace.example.", "0 mails", "Two birthdays"):
        assert told in page
    assert "You can part them again" in page
    assert not Merge.objects.exists()
    assert client_maya.get(f"/people/{kept}/merge?other={UUID(int=1)}").status_code == 404


def test_only_what_can_be_joined_by_whoever_looks_is_shown_before(
    client_maya: Client, maya: Viewer, by: By, two: tuple[UUID, UUID], colleague: Client
) -> None:
    assert client_maya.get(f"/people/{two[0]}/merge?other={two[0]}").status_code == 409
    ours = maya.person_id
    assert colleague.get(f"/people/{two[0]}/merge?other={two[1]}").status_code == 200
    assert colleague.get(f"/people/{two[0]}/merge?other={ours}").status_code == 403, "a colleague's mail is theirs"
    assert client_maya.get(f"/people/{two[0]}/merge?other={ours}").status_code == 200


def test_two_of_one_name_are_told_by_what_tells_them_apart(client_maya: Client, by: By) -> None:
    one = add_person(by, "Stefan Groß", phone="+49 221 5550400", organization="Quayside", title="Controller").person_id
    other = add_person(by, "Stefan Groß", organization="Solace").person_id
    edit_person(by, other, birthday="1980-05-03")
    tag(by, one, "partner")
    tag(by, other, "choir")
    page = client_maya.get(f"/people/{one}/merge?other={other}").text
    for told in ("Called Stefan Groß.<", "Reached by +49 221 5550400.",
                 "At Quayside (Controller), Solace, now or before.",
                 "Tagged partner, choir.", "Birthday: 3 May 1980."):  # fmt: skip
        assert told in page


def test_they_are_joined_and_parted_and_either_can_be_undone(client_maya: Client, two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    answer = client_maya.post(f"/people/{kept}/merge", {"other": str(gone)})
    assert (answer.status_code, answer["Location"]) == (303, f"/people/{kept}")
    page = client_maya.get(f"/people/{kept}").text
    assert "They are joined." in page
    assert "Undo" in page
    assert Person.objects.get(id=gone).merged_into_id == kept
    answer = client_maya.post(f"/people/{kept}/unmerge/{Merge.objects.get().id}")
    assert (answer.status_code, answer["Location"]) == (303, f"/people/{kept}")
    page = client_maya.get(f"/people/{kept}").text
    assert "They are two again." in page
    assert "Undo" in page


def test_nobody_chosen_is_nobody_joined(client_maya: Client, two: tuple[UUID, UUID]) -> None:
    answer = client_maya.post(f"/people/{two[0]}/merge", {"other": "nonsense"})
    assert answer.status_code == 404
    assert "Choose whom to join them with." in answer.text
    assert not Merge.objects.exists()


def test_a_guest_is_offered_nobody(guest: Client, two: tuple[UUID, UUID]) -> None:
    assert guest.get(f"/people/{two[0]}/merge").status_code == 403
