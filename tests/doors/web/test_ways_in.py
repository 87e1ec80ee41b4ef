"""The ways into an account: whoever sits at an open screen does not get them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rapport.accounts.links import look_at, make_sign_in_link
from rapport.accounts.models import JournalEntry, Membership, User
from rapport.kit import clock

pytestmark = pytest.mark.django_db
SECRET = "a long enough secret"
WANTED = "maya@home.example"


def _address_of(membership: Membership) -> str:
    return User.objects.get(id=membership.user_id).email


def test_another_address_needs_the_password(client_maya: Client, maya_membership: Membership) -> None:
    for said in ({}, {"address_current": "wrong"}):
        refused = client_maya.post("/settings/address", {"email": WANTED, **said})
        assert refused.status_code == 422
        assert "not your present password" in refused.text
        assert WANTED in refused.text  # what was typed is kept
    assert _address_of(maya_membership) == "maya@fernhill.example"
    assert not JournalEntry.objects.filter(verb="member.address").exists()


def test_another_address_ends_all_other_ways_in(client_maya: Client, maya_membership: Membership) -> None:
    elsewhere = Client()
    elsewhere.force_login(maya_membership.user)
    assert elsewhere.get("/settings").status_code == 200
    link = make_sign_in_link(maya_membership.user, clock.now())
    given = {"email": "Maya@home.example", "address_current": SECRET}
    assert client_maya.post("/settings/address", given).headers["Location"] == "/settings"
    assert f"From now on you sign in as {WANTED}" in client_maya.get("/settings").text
    assert elsewhere.get("/settings").status_code == 303
    assert look_at(link, clock.now()) is None
    assert "Changed the address Maya Okafor signs in with" in client_maya.get("/settings/changes").text
    signed_in = [
        Client().post("/accounts/login", {"email": email, "password": SECRET}).status_code
        for email in (WANTED, "maya@fernhill.example")
    ]
    assert signed_in == [303, 422]


@pytest.mark.parametrize("wrong", ["nonsense", "ned@elsewhere.example", ""])
def test_an_address_must_be_one_and_free(
    client_maya: Client, maya_membership: Membership, neighbour: Client, wrong: str
) -> None:
    refused = client_maya.post("/settings/address", {"email": wrong, "address_current": SECRET})
    assert refused.status_code == 422
    assert _address_of(maya_membership) == "maya@fernhill.example"


def test_who_has_no_password_has_just_entered(maya_membership: Membership) -> None:
    user = maya_membership.user
    user.set_unusable_password()
    user.save()
    client, then = Client(), clock.now()
    client.post(f"/link/{make_sign_in_link(user, then)}")
    with clock.stopped_at(then + timedelta(minutes=16)):
        for address, given in (("address", {"email": WANTED}), ("password", {"password": "yet another secret"})):
            refused = client.post(f"/settings/{address}", given)
            assert refused.status_code == 422
            assert "by a new link" in refused.text
    with clock.stopped_at(then + timedelta(minutes=14)):
        assert client.post("/settings/address", {"email": WANTED}).status_code == 303
        assert client.post("/settings/password", {"password": "yet another secret"}).status_code == 303
    assert client.get("/settings").status_code == 200
    assert _address_of(maya_membership) == WANTED


def test_founding_another_workspace_is_no_way_around(client_maya: Client, maya_membership: Membership) -> None:
    begun = {"step": "1", "name": "Maya", "business": "Oak & Co", "email": WANTED}
    client_maya.post("/welcome", begun)
    client_maya.post("/welcome", {"step": "2", "time_zone": "UTC", "working_days": ["1"]})
    assert _address_of(maya_membership) == "maya@fernhill.example"
