"""Every page opens, for whom it should and for nobody else, with a bounded number of queries, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rapport.accounts.acting import By
from rapport.accounts.models import Membership
from rapport.accounts.rows import enter
from rapport.interactions.models import Interaction
from rapport.interactions.notes import add_note
from rapport.people.editing import add_person
from rapport.people.models import Organization
from tests.care.conftest import History

pytestmark = pytest.mark.django_db
AROUND = 13  # session, user, its last sign of life, memberships, the transaction, the shell

PAGES = {  # the address, and how many queries of its own it may ask
    "/": 24,
    "/why-these": 16,
    "/people": 13,
    "/people?q=priya&sort=last&often=1&tag=x": 19,
    "/people?state=at_risk,needs_care&quiet=30&whose=anybody&kind=theirs&coming=birthday": 18,
    "/people/new": 0,
    "/people/{person}": 26,
    "/people/{person}?edit": 34,
    "/people/{person}?show=mail": 26,
    "/people/{person}?show=files": 26,
    "/people/{person}/why": 10,
    "/people/{person}/why?row=strength:calls": 10,
    "/people/{person}/merge": 9,
    "/people/{person}/merge?other={other}": 13,
    "/people/{person}/known": 46,
    "/people/{person}/erase": 21,
    "/erasures": 1,
    "/organizations": 6,
    "/organizations?q=north&sort=strength&known=yes&quiet=30&strength=steady": 6,
    "/organizations/{organization}": 18,
    "/organizations/{organization}?edit": 18,
    "/organizations/{organization}/join": 8,
    "/organizations/{organization}/join?other={place}": 16,
    "/interactions/{interaction}": 10,
    "/import": 6,
    "/imports": 4,
    "/find": 8,
    "/find?q=priya": 12,
    "/find?q=prya": 12,
    "/find?q=northwind": 12,
    "/search": 0,
    "/search?q=priya": 4,
    "/search?q=rota": 4,
    "/log": 0,
    "/team": 8,
    "/workspace/end": 0,
    "/settings": 0,
    "/settings/sessions": 1,
    "/settings/keys": 1,
    "/settings/factors": 5,
    "/settings/changes": 2,
}

KEYS = ("person", "other", "interaction", "organization", "place")


@pytest.fixture
def fill(priya: UUID, by: By) -> Callable[[str], str]:
    """An address with Priya, something that happened, whom and what she might be joined with in it."""
    interaction = Interaction.objects.filter(kind="call").order_by("at")[0].id
    other = add_person(by, "Wei Chen", organization="Northwind").person_id
    place = Organization.objects.get(name="Northwind Clinics").id
    ids = {
        "person": priya,
        "other": other,
        "interaction": interaction,
        "organization": place,
        "place": Organization.objects.get(name="Northwind").id,
    }
    return lambda address: address.format(**ids)


@pytest.mark.parametrize("address", PAGES)
def test_it_opens_with_few_queries_changes_nothing_and_runs_nothing_of_its_own(
    address: str, client_maya: Client, fill: Callable[[str], str]
) -> None:
    client_maya.get("/")  # the first look of a day makes its list
    with CaptureQueriesContext(connection) as asked:
        answer = client_maya.get(fill(address))
    assert answer.status_code == 200
    assert len(asked) <= PAGES[address] + AROUND, "\n".join(one["sql"][:160] for one in asked)
    writes = [one["sql"] for one in asked if re.match(r"(INSERT|UPDATE|DELETE)", one["sql"])]
    assert [sql for sql in writes if not re.search(r'"(django_session|usersessions_usersession)"', sql)] == []
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", answer.text)
    assert len(inline) == 1  # the theme line, which the policy names by its hash
    assert not re.search(r"<[^>]+\son\w+=", answer.text)


def test_what_a_browser_is_told(client_maya: Client) -> None:
    headers = client_maya.get("/people").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_stranger_is_led_to_sign_in() -> None:
    for address in PAGES:
        answer = Client().get(address.format(**dict.fromkeys(KEYS, uuid4())))
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/accounts/login")


def test_a_neighbour_learns_nothing(client_maya: Client, fill: Callable[[str], str], neighbour: Client) -> None:
    for address in (
        "/people/{person}", "/people/{person}/why", "/people/{person}/merge", "/interactions/{interaction}",
        "/interactions/{interaction}/html", "/organizations/{organization}", "/organizations/{organization}/join",
    ):  # fmt: skip
        nowhere = address.format(**dict.fromkeys(KEYS, uuid4()))
        answers = neighbour.get(fill(address)), neighbour.get(nowhere)
        assert [one.status_code for one in answers] == [404, 404]
    assert client_maya.get(fill("/people/{person}")).status_code == 200
    assert "Priya Raman" not in neighbour.get("/people").text + neighbour.get("/find?q=priya").text


def test_a_page_nobody_lives_at(client_maya: Client) -> None:
    answer = client_maya.get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_a_fault_is_told_without_its_cause_and_nothing_is_half_done(
    client_maya: Client, priya: UUID, monkeypatch: Any, maya_membership: Membership
) -> None:
    def fault(now: object) -> None:
        raise RuntimeError("secret cause")

    monkeypatch.setattr("rapport.doors.web.person.editing.read_on", fault)
    client_maya.raise_request_exception = False
    answer = client_maya.post(f"/people/{priya}/edit", {"name": "Somebody else"})
    assert answer.status_code == 500
    assert "secret cause" not in answer.text
    enter(maya_membership.workspace_id)
    assert "Priya Raman" in client_maya.get(f"/people/{priya}").text


def test_a_part_of_a_page_gets_a_part(client_maya: Client, priya: UUID) -> None:
    part = client_maya.get("/find?q=priya", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Priya Raman" in part.text
    boosted = client_maya.get("/find?q=priya", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in boosted.text
    lost = client_maya.get(f"/import/{uuid4()}/progress", headers={"HX-Request": "true"})
    assert (lost.status_code, "<html" in lost.text) == (404, False)


def test_an_earlier_day_is_looked_back_at(client_maya: Client, priya: UUID) -> None:
    then = client_maya.get(f"/people/{priya}?as_of=2026-01-10")
    assert "As things stood on" in then.text
    assert client_maya.get("/?as_of=2026-01-10").status_code == 200
    assert client_maya.get("/people?as_of=yesterday").status_code == 400


@pytest.mark.parametrize("path", ["/people/{}/edit", "/people/{}/tags", "/people/{}/notes", "/log", "/team/invite"])
def test_a_form_from_elsewhere_is_refused(path: str, maya_membership: Membership, priya: UUID) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(maya_membership.user)
    answer = client.post(path.format(priya), {"text": "called priya", "name": "x"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text


def test_a_note_is_read_again(client_maya: Client, by: By, priya: UUID) -> None:
    add_note(by, priya, "Bad news first,\nand early.")
    assert "Bad news first,\nand early." in client_maya.get(f"/people/{priya}").text


def test_where_nobody_is_talked_to_often_no_letters_are_blamed(client_maya: Client, by: By) -> None:
    add_person(by, "Jon Postel")
    page = client_maya.get("/people?often=1").text
    assert "There is nobody you talk to every month." in page
    assert "Try fewer letters" not in page
    assert "Try fewer letters" in client_maya.get("/people?q=zzzz").text


def test_more_rows_are_given_without_counting_anybody(client_maya: Client, by: By) -> None:
    for n in range(60):
        add_person(by, f"Person {n:02}")
    first = client_maya.get("/people").text
    more = re.search(r'href="([^"]*after=[^"]*)" data-more', first)
    assert more
    with CaptureQueriesContext(connection) as asked:
        part = client_maya.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    assert part.count('class="p-row"') == 11
    assert "<html" not in part
    assert not [one["sql"] for one in asked if "COUNT(" in one["sql"].upper()]


def test_who_knows_somebody_is_the_same_above_and_beside(client_maya: Client, by: By, priya: UUID) -> None:
    """Seven colleagues and oneself: two are named above and five beside, each with how many more there are."""
    told = History(by.viewer.person_id, by.viewer.workspace_id, by.now)
    for number in range(7):
        colleague = told.person(f"Colleague{number} Bell", is_home=True)
        told.happened("meeting", 3 + number, {colleague: "organizer", priya: "attendee"})
    told.judge()
    page = client_maya.get(f"/people/{priya}").text
    above = re.search(r"Known to ([^<]+)<", page)
    assert above
    assert above[1].startswith("you, ")
    assert above[1].endswith("5 more")
    assert above[1].count("Colleague") == 2
    assert len(re.findall(r"<bdi>Colleague\d Bell</bdi>", page)) == 5
    assert "and 2 more" in page
