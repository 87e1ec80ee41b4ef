"""What one is called stands in the form already, and what a sample calls one is never anybody's own name."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.models import Membership, User, Workspace
from rapport.people.colleagues import invite_colleague
from rapport.people.home import found_home, make_home_person

pytestmark = pytest.mark.django_db
SAID = {"time_zone": "UTC", "working_days": ["1"], "per_day": "7", "theme": "dark", "reading": "plain", "keys": "on"}


@pytest.fixture
def nameless(maya_membership: Membership) -> User:
    """Maya's account as `rapport up` makes it: it is called nothing yet."""
    User.objects.filter(id=maya_membership.user_id).update(name="")
    return User.objects.get(id=maya_membership.user_id)


def test_the_name_of_ones_person_is_in_the_field_and_kept(client_maya: Client, nameless: User) -> None:
    assert 'name="name" type="text" value="Maya Okafor"' in client_maya.get("/settings").text
    client_maya.post("/settings", {**SAID, "name": "Maya Okafor"})
    nameless.refresh_from_db()
    assert nameless.name == "Maya Okafor"


def test_the_person_of_the_sample_gives_nobody_a_name(client_maya: Client, nameless: User) -> None:
    Workspace.objects.update(is_sample=True)
    assert 'value="Maya Okafor"' in client_maya.get("/settings").text
    client_maya.post("/settings", {**SAID, "name": "Maya Okafor"})
    nameless.refresh_from_db()
    assert (nameless.name, nameless.theme) == ("", "dark")
    client_maya.post("/sample/leave")
    assert 'name="name" type="text" value=""' in client_maya.get("/welcome").text


def test_a_name_of_ones_own_said_in_the_sample_is_kept(client_maya: Client, nameless: User) -> None:
    Workspace.objects.update(is_sample=True)
    client_maya.post("/settings", {**SAID, "name": "Zoë Real"})
    nameless.refresh_from_db()
    assert nameless.name == "Zoë Real"


def test_an_invited_colleague_finds_their_name_in_the_form(by: By, maya_membership: Membership) -> None:
    make_home_person("Alejandro Núñez", "a.n@fernhill.example", found_home("Fernhill", by.now), by.now)
    for email, called in (("a.n@fernhill.example", "Alejandro Núñez"), ("zoe.chan@fernhill.example", "Zoe Chan")):
        link = f"/link/{invite_colleague(by, maya_membership, email, 'member')}"
        assert f'name="name" type="text" value="{called}"' in Client().get(link).text
