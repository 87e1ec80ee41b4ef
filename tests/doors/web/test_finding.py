"""Find or do: Enter opens what stands first, so what begins as typed stands before what only has it within."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.doors.web.find.finding import how_it_begins
from rapport.people.editing import add_person, set_affiliation
from rapport.people.models import Organization
from rapport.people.organizations import find_organizations
from rapport.people.searching import find
from tests.interactions.mails import mail, read
from tests.people.people import somebody

pytestmark = pytest.mark.django_db


def _found(client: Client, q: str) -> list[str]:
    """Where each option leads, from above."""
    page = client.get("/find", {"q": q}, headers={"HX-Request": "true"}).text
    return re.findall(r'role="option"[^>]*href="([^"]*)"', page)


def test_a_command_that_begins_so_stands_before_a_name_that_has_it_within(client_maya: Client, by: By) -> None:
    rhys = f"/people/{add_person(by, 'Rhys Bassett').person_id}"
    assert _found(client_maya, "sett") == ["/settings", rhys, "/search?q=sett"]
    assert _found(client_maya, "bass")[0] == rhys


def test_a_name_that_begins_so_stands_before_commands(client_maya: Client, by: By) -> None:
    setter = f"/people/{add_person(by, 'Ada Setter').person_id}"
    assert _found(client_maya, "sett") == [setter, "/settings", "/search?q=sett"]


def test_guesses_stand_behind_what_can_be_done(client_maya: Client, by: By) -> None:
    add_person(by, "Tean Brown")
    assert _found(client_maya, "team")[0] == "/team"


def test_commands_that_begin_so_come_first_among_themselves(client_maya: Client) -> None:
    assert _found(client_maya, "new")[0].startswith("/people/new")
    assert _found(client_maya, "people")[:2] == ["/people?sort=last", "/people"]


def test_an_organization_is_found_with_how_many_are_there(client_maya: Client, by: By) -> None:
    priya, tomas = (
        somebody(by, "Priya Raman", organization="Northwind"),
        somebody(by, "Tomás", organization="Northwind"),
    )
    somebody(by, "Rosa North")
    set_affiliation(by, tomas.id, "Müller Bau", "")
    there = {one.name: f"/organizations/{one.id}" for one in Organization.objects.all()}
    assert _found(client_maya, "northwind")[:2] == [there["Northwind"], f"/people/{priya.id}"]
    page = client_maya.get("/find?q=northwind").text
    assert re.search(r"<bdi>Northwind</bdi></b> <span[^>]*>1 person<", page)
    assert "here yet" not in client_maya.get("/find?q=mueller").text
    for q in ("MÜLLER", "mueller b", "bau", "muell", "ba"):
        assert there["Müller Bau"] in _found(client_maya, q), q
    for q in ("", "fernhill", "au", "zzz"):
        assert not [one for one in _found(client_maya, q) if one.startswith("/organizations/")], q


def test_who_is_called_so_stands_before_where_others_are(client_maya: Client, by: By) -> None:
    rosa = somebody(by, "Rosa North")
    somebody(by, "Priya Raman", organization="Northwind")
    kinds = [one.split("/")[1].split("?")[0] for one in _found(client_maya, "north")]
    assert _found(client_maya, "north")[0] == f"/people/{rosa.id}"
    assert kinds == ["people", "people", "organizations", "search"]


def test_an_organization_stands_before_commands_where_both_begin_so(client_maya: Client, by: By) -> None:
    somebody(by, "Priya Raman", organization="Settle Ltd")
    assert _found(client_maya, "sett")[0].startswith("/organizations/")


def test_few_organizations_are_shown_the_closest_first(client_maya: Client, by: By) -> None:
    for n, name in enumerate(("Anorth", "Old North", "Northern", "North", "Zanorth")):
        somebody(by, f"Person {n}", organization=name)
    page = client_maya.get("/find?q=north", headers={"HX-Request": "true"}).text
    shown = re.search(r'aria-label="Organizations">(.*?)</div>', page)
    assert shown is not None
    assert re.findall(r"<bdi>([^<]*)</bdi>", shown[1]) == ["North", "Northern", "Old North"]


def test_a_guest_finds_where_somebody_is_whom_they_met(by: By, maya: Viewer, now: datetime) -> None:
    met = somebody(by, "Priya Raman", email="priya@northwind.example", organization="Northwind")
    for other, place in (("Ann", "Northwind"), ("Bo", "Northgate")):
        somebody(by, other, organization=place)
    ben = somebody(by, "Ben", email="ben@fernhill.example")
    read(now, mail("hello", "ben@fernhill.example", ["priya@northwind.example"]))
    guest = replace(maya, role="guest", person_id=ben.id)
    assert [one.id for one in find(guest, "north").people] == [met.id]
    assert [(one.name, one.people) for one in find_organizations(guest, "north", 3)] == [("Northwind", 1)]
    assert [(one.name, one.people) for one in find_organizations(maya, "north", 3)] == [
        ("Northgate", 1), ("Northwind", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("q", "label", "how"),
    [
        ("sett", "Settings", 0),
        ("SETT", "Rhys Bassett", 2),
        ("tod", "Go to Today", 1),
        ("pri ram", "Priya Raman", 1),
        ("ram pri", "Priya Raman", 1),
        ("aman", "Priya Raman", 2),
        ("nunez", "Alejandro Núñez", 1),
    ],
)
def test_how_something_begins(q: str, label: str, how: int) -> None:
    assert how_it_begins(q, label) == how
