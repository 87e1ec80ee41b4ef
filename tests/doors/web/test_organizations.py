"""Organizations and many people at once, as somebody with a browser without scripts meets them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Membership, Role
from rapport.interactions.logging import log
from rapport.interactions.saying import understand
from rapport.interactions.wishing import ask_not
from rapport.kit import clock
from rapport.people.editing import add_person
from rapport.people.models import Organization, Person, PersonTag
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def northwind(by: By, priya: UUID) -> str:
    """Northwind Clinics, where Priya is, and Elena, whom nobody knows."""
    add_person(by, "Elena Ruiz", organization="Northwind Clinics", title="Finance director")
    return f"/organizations/{Organization.objects.get(name='Northwind Clinics').id}"


def toast(client: Client, answer: object) -> str:
    """Where one is led, and what is said there."""
    page = client.get(answer.headers["Location"])  # type: ignore[attr-defined]
    found = re.search(r'<div class="toast" role="status"><span>(.*?)</span>', page.text)
    assert found
    return found[1]


def test_the_list_and_the_page_say_who_knows_whom(client_maya: Client, northwind: str) -> None:
    listed = client_maya.get("/organizations?q=clinics")
    assert "Northwind Clinics" in listed.text
    assert 'id="sorted-by">Sorted by</span>' in listed.text
    page = client_maya.get(northwind).text
    assert "1 of us knows somebody there." in page
    assert "1 person there nobody knows yet." in page
    assert '<svg class="strands" width="100%"' in page  # as wide as a phone, too
    assert '<text class="known" x="36%" dx="-12"' in page
    table = page[page.index('<table class="ties">') :]
    assert "nobody of us yet" in table[table.index("Elena Ruiz") :]
    assert "Maya Okafor" in table


def test_where_there_is_none_it_says_how_they_come_and_asks_nothing(client_maya: Client) -> None:
    page = client_maya.get("/organizations").text
    assert "No organization yet" in page
    assert 'name="strength"' not in page
    assert re.search(r'href="/people/new">Add one person<', page)


def test_of_who_asked_not_to_be_scored_it_is_not_said_that_nobody_knows_them(
    client_maya: Client, northwind: str, by: By, priya: UUID
) -> None:
    ask_not(by, priya, "do-not-score")
    for _round in range(2):  # before anything is judged again, and after it
        page = client_maya.get(northwind).text
        assert "1 person there nobody knows yet. 1 person there is not scored, as they asked." in page
        table = page[page.index('<table class="ties">') : page.index("</table>")]
        assert "Not scored, as they asked" in table[table.index("Priya Raman") :]
        assert table.count("nobody of us yet") == 1  # Elena
        there = page[page.index("People there") :]
        assert "Not scored, as they asked" in there
        read_on(by.now)
    listed = client_maya.get("/organizations?q=clinics").text
    assert "Not scored, as they asked" in listed
    assert "has been in touch</span>" not in listed


def test_who_is_not_to_be_contacted_is_labelled_among_the_people_there(
    client_maya: Client, northwind: str, by: By, priya: UUID
) -> None:
    ask_not(by, priya, "do-not-contact")
    page = client_maya.get(northwind).text
    assert page.count('<span class="tag care">do not contact</span>') == 1


def test_it_is_named_in_the_list_of_people_and_on_a_page_and_leads_there(
    client_maya: Client, northwind: str, priya: UUID
) -> None:
    for address in ("/people", f"/people/{priya}"):
        assert f'href="{northwind}"' in client_maya.get(address).text


def test_it_is_corrected_where_it_stands_and_a_slip_is_said_beside_the_field(
    client_maya: Client, northwind: str
) -> None:
    assert toast(client_maya, client_maya.post(northwind, {"name": "Northwind"})) == "It is called so now."
    wrong = client_maya.post(f"{northwind}/domains", {"domain": "gmail.com"})
    assert wrong.status_code == 400
    assert 'value="gmail.com"' in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    assert toast(client_maya, client_maya.post(f"{northwind}/domains", {"domain": "nw.example"})) == (
        "The domain is added."
    )
    assert toast(client_maya, client_maya.post(f"{northwind}/domains/nw.example/remove")) == "The domain is removed."


def test_two_are_joined_and_parted_on_the_page(client_maya: Client, northwind: str, by: By) -> None:
    add_person(by, "Wei Chen", organization="Northwind")
    other = Organization.objects.get(name="Northwind").id
    assert f'value="{other}"' in client_maya.get(f"{northwind}/join").text
    before = client_maya.get(f"{northwind}/join?other={other}").text
    for told in ("Called Northwind Clinics. What names Northwind leads here", "people are or were there"):
        assert told in before
    assert not Organization.objects.exclude(merged_into=None).exists(), "looking joins nothing"
    assert client_maya.get(f"{northwind}/join?other={northwind.rpartition('/')[2]}").status_code == 409
    home = Organization.objects.get(is_home=True).id
    assert client_maya.get(f"{northwind}/join?other={home}").status_code == 409
    client_maya.post(f"{northwind}/join", {"other": str(other)})
    part = re.search(r'action="(/undo/[^"]+)"[^>]*>.{0,200}?Part again', client_maya.get(northwind).text, re.DOTALL)
    assert part
    client_maya.post(part[1])
    assert not Organization.objects.exclude(merged_into=None).exists()


def test_of_another_day_it_is_told_as_of_now_and_says_so(client_maya: Client, northwind: str) -> None:
    answer = client_maya.get("/organizations?as_of=2026-10-01")
    assert toast(client_maya, answer) == "Organizations are told as they are now, not as of another day."


def test_what_is_asked_of_people_is_shown_with_a_way_out(client_maya: Client, northwind: str) -> None:
    page = client_maya.get("/people?quiet=30&kind=theirs&strength=steady,light,faint,strong").text
    assert "Priya Raman" in page
    assert "Elena Ruiz" not in page
    assert 'aria-label="Remove the filter: quiet for 30 days"' in page
    assert 'href="/people?quiet=30&amp;kind=theirs&amp;strength=' not in page  # no link leads where one is
    assert "Priya Raman" not in client_maya.get("/people?quiet=3000").text


def test_columns_are_in_the_address(client_maya: Client, northwind: str) -> None:
    assert 'class="rhythm"' in client_maya.get("/people").text
    only = client_maya.get("/people?cols=last&cols=tags")
    assert 'class="rhythm"' not in only.text
    assert "cols=tags%2Clast" in only.text


def test_a_list_is_kept_shared_renamed_and_removed(client_maya: Client, northwind: str) -> None:
    kept = client_maya.post("/people/lists", {"name": "Quiet", "said": "quiet=30&kind=theirs&sort=last"})
    assert kept.headers["Location"] == "/people?quiet=30&kind=theirs&sort=last"
    page = client_maya.get("/people?quiet=30&kind=theirs&sort=last").text
    change = re.search(r'action="(/people/lists/[0-9a-f-]+)"', page)
    assert change
    assert toast(client_maya, client_maya.post(change[1], {"name": "Very quiet", "shared": "1"})) == (
        "The list is changed."
    )
    assert "Very quiet" in client_maya.get("/people").text
    assert toast(client_maya, client_maya.post(f"{change[1]}/remove")) == "The list is removed. Its people stay."
    assert "Very quiet" not in client_maya.get("/people").text


def test_many_are_tagged_by_hand_or_by_what_is_asked(client_maya: Client, northwind: str, priya: UUID) -> None:
    some = client_maya.post("/people/many", {"person": [str(priya)], "act": "tag", "words": "partner"})
    assert toast(client_maya, some) == "1 person: tagged."
    whole = client_maya.post("/people/many", {"all": "1", "said": "kind=theirs", "act": "tag", "words": "partner"})
    assert toast(client_maya, whole) == "2 people: tagged."
    assert PersonTag.objects.count() == 2
    client_maya.post("/undo")
    assert PersonTag.objects.count() == 1


def test_what_cannot_be_done_with_them_is_said_at_the_field_and_they_stay_chosen(
    client_maya: Client, northwind: str, priya: UUID
) -> None:
    elsewhere = str(Person.objects.get(name="Elena Ruiz").id)
    for act in ("tag", "untag", "place"):
        given = {"person": [str(priya), elsewhere], "act": act, "words": " ", "said": "q=priya"}
        again = client_maya.post("/people/many", given)
        assert again.status_code == 400
        page = again.text
        assert 'aria-describedby="f-words-error" aria-invalid="true"' in page
        assert f'<option value="{act}" selected>' in page
        assert re.search(rf'value="{priya}" checked data-pick', page)
        assert f'value="{elsewhere}" checked hidden data-pick' in page  # of a later page of the list
        assert 'name="q" type="search" value="priya"' in page
    assert not PersonTag.objects.exists()
    given = {"person": [str(priya)], "act": "tag", "words": "partner", "said": "q=priya"}
    mended = client_maya.post("/people/many", given, headers={"referer": "http://testserver/people/many"})
    assert mended.headers["Location"] == "/people?q=priya"


def test_a_tag_nobody_has_is_not_said_to_be_taken_off(client_maya: Client, northwind: str, priya: UUID) -> None:
    entries = JournalEntry.objects.count()
    given = {"person": [str(priya)], "act": "untag", "words": "partner"}
    assert toast(client_maya, client_maya.post("/people/many", given)) == (
        "Nobody chosen had that tag, so nothing is changed."
    )
    assert JournalEntry.objects.count() == entries


def test_many_are_a_file(client_maya: Client, northwind: str, priya: UUID) -> None:
    answer = client_maya.post("/people/many", {"person": [str(priya), "nonsense"], "act": "vcard"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people.vcf"'
    assert b"FN:Priya Raman" in answer.content
    assert client_maya.post("/people/many", {"person": [str(priya)], "act": "dance"}).status_code == 400
    assert client_maya.post("/people/many", {"act": "csv"}).status_code == 404


def test_a_guest_chooses_nobody_and_sees_only_their_own(
    client_maya: Client, northwind: str, maya_membership: Membership, priya: UUID
) -> None:
    Membership.objects.filter(id=maya_membership.id).update(role=Role.GUEST)
    page = client_maya.get("/people").text
    assert "data-pick" not in page
    assert 'name="whose"' not in page
    assert client_maya.post("/people/many", {"person": [str(priya)], "act": "csv"}).status_code == 403
    assert "Elena Ruiz" not in client_maya.get(northwind).text  # whom they never were in touch with
    assert client_maya.get(f"{northwind}/join").status_code == 403


def test_a_colleague_who_knows_them_better_is_named(client_maya: Client, by: By, priya: UUID) -> None:
    jon = add_person(by, "Jon Bell").person_id
    Person.objects.filter(id=jon).update(is_home=True)
    as_jon = By(replace(by.viewer, person_id=jon), "web", by.now)
    for week in range(1, 30):
        at = by.now - timedelta(weeks=week)
        log(as_jon, understand("met Priya", by.now, clock.zone("UTC"), at=at), [priya])
    read_on(by.now)
    theirs = client_maya.get(f"/people?whose={jon}").text
    assert "known to Jon Bell" in theirs
    assert "Priya Raman" in theirs
    assert 'class="rhythm"' not in theirs  # it would say "you"
    page = client_maya.get(f"/people/{priya}").text
    assert "best introduction" in page
    assert "last in touch 13 November" in page
