"""Find or do: Enter opens what stands first, so what begins as typed stands before what only has it within."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.doors.web.find.finding import how_it_begins
from rapport.people.editing import add_person

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
