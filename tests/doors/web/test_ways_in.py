"""The ways into an account: whoever sits at an open screen does not get them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rapport.accounts.links import make_sign_in_link
from rapport.accounts.models import JournalEntry, Membership, User
from rapport.doors.running.links import sign_in_link
from rapport.kit import clock
from rapport.kit.house import House

from .conftest import Post

pytestmark = pytest.mark.django_db
SECRET = "a long enough secret"
WANTED = "maya@home.example"


def _address_of(membership: Membership) -> str:
    return User.objects.get(id=membership.user_id).email


def test_another_address_needs_the_password(client_maya: Client, maya_membership: Membership, post: Post) -> None:
    for said in ({}, {"address_current": "wrong"}):
        refused = client_maya.post("/settings/address", {"email": WANTED, **said})
        assert refused.status_code == 422
        assert "not your present password" in refused.text
        assert WANTED in refused.text  # what was typed is kept
    assert _address_of(maya_membership) == "maya@fernhill.example"
    assert not JournalEntry.objects.filter(verb__startswith="member.address").exists()
    assert post.delivered() == []


@pytest.mark.parametrize("wrong", ["nonsense", "ned@elsewhere.example", ""])
def test_an_address_must_be_one_and_free(
    client_maya: Client, maya_membership: Membership, neighbour: Client, post: Post, wrong: str
) -> None:
    refused = client_maya.post("/settings/address", {"email": wrong, "address_current": SECRET})
    assert refused.status_code == 422
    assert _address_of(maya_membership) == "maya@fernhill.example"
    assert post.delivered() == []


def test_who_has_no_password_has_just_entered(maya_membership: Membership, post: Post) -> None:
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
        post.later(minutes=14)
        assert WANTED in [one["To"] for one in post.delivered()]
        assert client.post("/settings/password", {"password": "yet another secret"}).status_code == 303
    assert client.get("/settings").status_code == 200


def test_what_the_first_password_lacks_is_said_with_the_rest(maya_membership: Membership) -> None:
    user = maya_membership.user
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)  # hours ago
    refused = client.post("/settings/password", {"password": "password1234"})
    assert refused.status_code == 422
    assert "by a new link" in refused.text
    assert "too common" in refused.text


def test_a_wrong_present_password_does_not_hide_what_the_new_one_lacks(client_maya: Client) -> None:
    refused = client_maya.post("/settings/password", {"current": "wrong", "password": "password1234"})
    assert "not your present password" in refused.text
    assert "too common" in refused.text


def test_who_came_long_ago_is_told_how_to_set_the_first_password(
    maya_membership: Membership, colleague: Client
) -> None:
    user = maya_membership.user
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    asked = client.get("/settings").text
    assert 'action="/settings/password"' not in asked  # a form that cannot be kept
    assert ">rapport link --password<" in asked
    assert ">rapport link --password --member ali@fernhill.example<" in colleague.get("/settings").text
    address = sign_in_link(House.from_environment(), to_password=True)[1]
    page, onward = address.split("/link/")[1].split("?next=")
    opened = client.get(f"/link/{page}?next={onward}").text
    assert 'name="next" value="/settings#password"' in opened
    assert client.post(f"/link/{page}", {"next": "/settings#password"}).headers["Location"] == "/settings#password"
    assert 'action="/settings/password"' in client.get("/settings").text


def test_a_link_leads_on_to_pages_of_ours_only(maya_membership: Membership) -> None:
    link = f"/link/{make_sign_in_link(maya_membership.user, clock.now())}"
    assert 'name="next" value="/"' in Client().get(f"{link}?next=//elsewhere.example").text
    assert Client().post(link, {"next": "https://elsewhere.example"}).headers["Location"] == "/"


def test_where_mail_goes_out_the_link_to_the_first_password_is_mailed(colleague: Client, post: Post) -> None:
    asked = colleague.get("/settings").text
    assert 'name="email" value="ali@fernhill.example"' in asked
    form = {"email": "ali@fernhill.example", "way": "link", "next": "/settings#password"}
    assert "Look in your mail" in colleague.post("/accounts/login", form).text
    (letter,) = post.delivered()
    assert "?next=%2Fsettings%23password" in letter.get_content()


def test_founding_another_workspace_is_no_way_around(client_maya: Client, maya_membership: Membership) -> None:
    begun = {"step": "1", "name": "Maya", "business": "Oak & Co", "email": WANTED}
    client_maya.post("/welcome", begun)
    client_maya.post("/welcome", {"step": "2", "time_zone": "UTC", "working_days": ["1"]})
    assert _address_of(maya_membership) == "maya@fernhill.example"
