"""After a restore nothing is sent from here until somebody who manages the workspace says so."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.people.home import found_home, make_home_person

from .conftest import Post

BAR = "Nothing is sent until you say so"


@pytest.fixture
def held(workspace: Workspace, now: datetime) -> None:
    """Fernhill, just restored."""
    Workspace.objects.filter(id=workspace.id).update(outgoing_held_since=now)


def test_an_owner_lets_it_out_again(held: None, client_maya: Client) -> None:
    assert BAR in client_maya.get("/").text
    assert client_maya.post("/outgoing/release").status_code == 303
    assert Workspace.objects.get().outgoing_held_since is None
    after = client_maya.get("/").text
    assert "From now on mail goes out again." in after
    assert BAR not in after


def test_a_member_neither_sees_nor_may_say_it(
    held: None, maya_membership: Membership, workspace: Workspace, now: datetime
) -> None:
    person = make_home_person("Ali Rezaei", "ali@fernhill.example", found_home("Fernhill", now), now)
    ali = User.objects.create_user("ali@fernhill.example", "a secret of his own", name="Ali Rezaei")
    join(workspace, ali, person.id, Role.MEMBER, now)
    client = Client()
    client.force_login(ali)
    assert BAR not in client.get("/").text
    assert client.post("/outgoing/release").status_code == 403
    assert Workspace.objects.get().outgoing_held_since == now


def test_an_invitation_is_shown_to_the_inviter_instead(held: None, client_maya: Client, post: Post) -> None:
    answer = client_maya.post("/team/invite", {"email": "nia@fernhill.example", "role": "member"})
    assert "http://testserver/link/" in answer.text
    assert post.delivered() == []
    Workspace.objects.update(outgoing_held_since=None)
    client_maya.post("/team/invite", {"email": "nia@fernhill.example", "role": "member"})
    assert [one["To"] for one in post.delivered()] == ["nia@fernhill.example"]


def test_what_waited_is_held_until_a_person_says_so(client_maya: Client, post: Post, now: datetime) -> None:
    client_maya.post("/team/invite", {"email": "nia@fernhill.example", "role": "member"})
    Client().post("/accounts/login", {"email": "maya@fernhill.example", "way": "link"})
    Workspace.objects.update(outgoing_held_since=now)
    assert post.delivered() == []
    assert "The mail waits to be sent." in client_maya.get("/team").text
    client_maya.post("/outgoing/release")
    post.later(minutes=2)
    assert {one["To"] for one in post.delivered()} == {"nia@fernhill.example", "maya@fernhill.example"}


def test_no_link_is_mailed_and_the_page_says_why(held: None, maya_membership: Membership, post: Post) -> None:
    answer = Client().post("/accounts/login", {"email": "maya@fernhill.example", "way": "link"})
    assert "nothing is sent" in answer.text
    assert post.delivered() == []
    Workspace.objects.update(outgoing_held_since=None)
    answer = Client().post("/accounts/login", {"email": "maya@fernhill.example", "way": "link"})
    assert "nothing is sent" not in answer.text
    assert [one["To"] for one in post.delivered()] == ["maya@fernhill.example"]
