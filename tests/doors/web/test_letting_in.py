"""A colleague who lost their way in gets a new link: their own session, never that of whoever helps them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.test.utils import override_settings

from rapport.accounts.founding import join
from rapport.accounts.models import JournalEntry, Membership, OneTimeLink, Role, Workspace
from rapport.doors.running.links import sign_in_link
from rapport.kit import clock
from rapport.kit.house import House
from rapport.kit.trouble import NotFound

from .conftest import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def ali(colleague: Client) -> Membership:
    """Ali's membership; he has no password."""
    return Membership.objects.get(user__email="ali@fernhill.example")


def _link_in(page: str) -> str:
    found = re.search(r"http://[^/]+(/link/[\w-]{43})", page)
    assert found
    return found[1]


def test_who_manages_makes_a_member_a_link_shown_once(client_maya: Client, colleague: Client, ali: Membership) -> None:
    assert "New sign-in link for Ali Reza" in client_maya.get("/team").text
    assert "New sign-in link for Maya" not in client_maya.get("/team").text
    link = _link_in(client_maya.post("/team/link", {"member": str(ali.id)}).text)
    assert "/link/" not in client_maya.get("/team").text
    assert "Made Ali Reza a new link to sign in" in colleague.get("/settings/changes").text
    entering = Client()
    assert entering.post(link).status_code == 303
    assert 'value="ali@fernhill.example"' in entering.get("/settings").text
    assert OneTimeLink.objects.get().expires_at - clock.now() == timedelta(days=1)


def test_where_mail_goes_out_the_link_is_mailed_and_not_shown(client_maya: Client, ali: Membership, post: Post) -> None:
    assert client_maya.post("/team/link", {"member": str(ali.id)}).status_code == 303
    assert "on its way to ali@fernhill.example" in client_maya.get("/team").text
    (letter,) = post.delivered()
    assert letter["to"] == "ali@fernhill.example"
    assert "/link/" in letter.get_content()


def test_nobody_gets_into_a_stronger_role_or_without_the_right(
    client_maya: Client, maya_membership: Membership, colleague: Client, guest: Client, ali: Membership
) -> None:
    for client in (colleague, guest):
        assert "New sign-in link" not in client.get("/team").text
        assert client.post("/team/link", {"member": str(ali.id)}).status_code == 403
    Membership.objects.filter(id=ali.id).update(role=Role.ADMIN)
    page = colleague.get("/team").text
    assert "New sign-in link for Gus Guest" in page
    assert "New sign-in link for Maya" not in page
    refused = colleague.post("/team/link", {"member": str(maya_membership.id)})
    assert refused.status_code == 403
    assert "Their role is stronger than yours." in refused.text
    assert not OneTimeLink.objects.exists()


def test_a_link_opens_no_other_workspace(
    client_maya: Client, ali: Membership, other_workspace: Workspace, neighbour: Client
) -> None:
    join(other_workspace, ali.user, ali.person_id, Role.MEMBER, clock.now())  # type: ignore[arg-type]
    refused = client_maya.post("/team/link", {"member": str(ali.id)})
    assert refused.status_code == 400
    assert "rapport link --member ali@fernhill.example" in refused.text
    ned = Membership.objects.get(user__email="ned@elsewhere.example")
    assert client_maya.post("/team/link", {"member": str(ned.id)}).status_code == 404
    assert client_maya.post("/team/link", {"member": "nonsense"}).status_code == 404
    assert not OneTimeLink.objects.exists()
    assert not JournalEntry.objects.filter(verb="member.link").exists()


def test_the_command_prints_a_link_for_whom_it_is_asked(ali: Membership) -> None:
    house = House.from_environment()
    assert sign_in_link(house)[0] == "maya@fernhill.example"
    whose, address = sign_in_link(house, "Ali@fernhill.example")
    assert whose == "ali@fernhill.example"
    assert address.startswith(f"http://localhost:{house.web_port}/link/")
    client = Client()
    client.post(_link_in(address))
    assert 'value="ali@fernhill.example"' in client.get("/settings").text
    with pytest.raises(NotFound):
        sign_in_link(house, "nobody@fernhill.example")


def test_a_printed_link_leads_where_colleagues_reach_it(ali: Membership) -> None:
    with override_settings(BEHIND_TLS=True, CSRF_TRUSTED_ORIGINS=["https://rapport.example.com"]):
        assert sign_in_link(House.from_environment())[1].startswith("https://rapport.example.com/link/")


def test_nobody_is_told_to_hand_over_a_session_of_ones_own() -> None:
    for page in (Client().get("/accounts/login").text, Client().get("/link/used").text):
        assert "they make it under Team" in page
        assert "rapport link --member" in page
