"""The team: everybody of home, also who cannot sign in yet; and oneself is nobody one has not met."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.models import Membership, OneTimeLink, Workspace
from rapport.doors.operations.catalogue import call
from rapport.kit.trouble import Conflict, NotAllowed, NotUnderstood
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(by: By) -> UUID:
    """A colleague found in mail, who has no account."""
    return make_home_person("Ana Sousa", "ana@fernhill.example", found_home("Fernhill", by.now), by.now).id


def test_colleagues_without_a_sign_in_are_shown_and_invited(client_maya: Client, ana: UUID, priya: UUID) -> None:
    page = client_maya.get("/team").text
    assert "No sign-in yet" in page
    assert f'href="/people/{ana}"' in page
    assert "Priya Raman" not in page
    form = re.search(
        r'<form[^>]*action="/team/invite">(?:(?!</form>).)*value="ana@fernhill.example".*?</form>', page, re.S
    )
    assert form
    client_maya.post("/team/invite", {"email": "ana@fernhill.example"})
    assert OneTimeLink.objects.get().role == "member"
    again = client_maya.get("/team").text
    assert 'name="email" value="ana@fernhill.example"' not in again  # invited already
    assert "Ana Sousa" in again


def test_who_may_not_invite_sees_them_without_a_button(colleague: Client, ana: UUID) -> None:
    page = colleague.get("/team").text
    assert "Ana Sousa" in page
    assert 'action="/team/invite"' not in page


def test_into_the_sample_nobody_is_invited(client_maya: Client, maya_membership: Membership, ana: UUID) -> None:
    Workspace.objects.filter(id=maya_membership.workspace_id).update(is_sample=True)
    page = client_maya.get("/team").text
    assert "Invite your colleagues once you have begun with your own." in page
    assert 'action="/team/invite"' not in page
    refused = client_maya.post("/team/invite", {"email": "x@real.example", "role": "member"})
    assert refused.status_code == 400
    assert "once you have begun with your own" in refused.text
    assert not OneTimeLink.objects.exists()


def test_oneself_has_nothing_to_explain(client_maya: Client, maya_membership: object, priya: UUID) -> None:
    own = f"/people/{maya_membership.person_id}"  # type: ignore[attr-defined]
    assert client_maya.get(f"{own}/why").headers["Location"] == own
    assert "Not met yet" not in client_maya.get(own).text
    rows = client_maya.get("/people?q=maya").text.partition('id="people-rows"')[2]
    assert rows
    assert "Not met yet" not in rows
    assert client_maya.get(f"/people/{priya}/why").status_code == 200


def test_a_role_is_changed_on_the_page_and_taken_back(client_maya: Client, colleague: Client) -> None:
    page = client_maya.get("/team").text
    (act,) = re.findall(r'action="(/team/[\w-]+/role)"', page)  # Ali's; Maya is the only owner
    led = client_maya.get(client_maya.post(act, {"role": "lead"}).headers["Location"]).text
    assert "The role is changed." in led
    assert Membership.objects.get(user__name="Ali Reza").role == "lead"
    undo = re.search(r'action="(/undo/[\w-]+)" data-undo', led)
    assert undo
    client_maya.post(undo[1])
    assert Membership.objects.get(user__name="Ali Reza").role == "member"
    assert client_maya.post(act, {"role": "queen"}).status_code == 400


def test_who_is_let_go_is_a_colleague_still_and_can_be_taken_in_again(client_maya: Client, colleague: Client) -> None:
    assert colleague.get("/people").status_code == 200
    (act,) = re.findall(r'action="(/team/[\w-]+/let-go)"', client_maya.get("/team").text)
    page = client_maya.get(client_maya.post(act).headers["Location"]).text
    assert "Ali Reza" in page[page.index("No sign-in yet") :]
    assert colleague.get("/people").headers["Location"] == "/accounts/login?next=%2Fpeople"
    undo = re.search(r'action="(/undo/[\w-]+)" data-undo', page)
    assert undo
    assert "Undone: Let Ali Reza go" in client_maya.get(client_maya.post(undo[1]).headers["Location"]).text
    assert Membership.objects.get(user__name="Ali Reza").ended_at is None


def test_who_lets_themselves_go_is_out(client_maya: Client, colleague: Client, maya_membership: Membership) -> None:
    Membership.objects.filter(user__name="Ali Reza").update(role="owner")
    out = client_maya.post(f"/team/{maya_membership.id}/let-go")
    assert (out.status_code, out.headers["Location"]) == (303, "/accounts/login")
    assert client_maya.get("/team").headers["Location"] == "/accounts/login?next=%2Fteam"


def test_who_may_not_manage_has_no_such_buttons(colleague: Client, maya_membership: Membership) -> None:
    page = colleague.get("/team").text
    assert "/let-go" not in page
    assert 'name="role"' not in page
    for act in ("role", "let-go"):
        assert colleague.post(f"/team/{maya_membership.id}/{act}", {"role": "guest"}).status_code == 403


def test_the_business_is_called_otherwise_and_as_before(client_maya: Client, maya: Viewer) -> None:
    page = client_maya.get("/team").text
    before = Workspace.objects.get(id=maya.workspace_id).name
    assert f'name="name" type="text" value="{before}"' in page
    assert "called so already" in client_maya.post("/team/name", {"name": before}).text
    assert client_maya.post("/team/name", {"name": " "}).status_code == 422
    client_maya.post("/team/name", {"name": "Fernhill at Home"})
    assert Workspace.objects.get(id=maya.workspace_id).name == "Fernhill at Home"
    assert Organization.objects.get(is_home=True).name == "Fernhill at Home"
    assert "Called your business Fernhill at Home" in client_maya.get("/settings/changes").text
    call("journal.undo", maya, "cli", {})
    assert {Workspace.objects.get(id=maya.workspace_id).name, Organization.objects.get(is_home=True).name} == {before}


def test_what_home_is_called_is_changed_by_who_manages_and_its_domain_stays(maya: Viewer) -> None:
    before = call("home.get", maya, "api", {})
    assert call("home.edit", maya, "api", {"name": "Moss & Sons"}).domain == before.domain
    with pytest.raises(Conflict):
        call("home.edit", maya, "api", {"name": "Moss & Sons"})
    with pytest.raises(NotUnderstood):
        call("home.edit", maya, "api", {})
    with pytest.raises(NotAllowed):
        call("home.edit", replace(maya, role="lead"), "api", {"name": "Moss"})


def test_owners_find_who_asked_to_be_erased(client_maya: Client, colleague: Client) -> None:
    assert 'href="/erasures"' in client_maya.get("/team").text
    assert 'href="/team"' in client_maya.get("/erasures").text
    assert 'href="/erasures"' not in colleague.get("/team").text
