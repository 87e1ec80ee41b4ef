"""Which workspace one is in, who sees what there, and how the door says that it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, Workspace
from rapport.accounts.rows import in_workspace
from rapport.kit.ids import new_id
from rapport.kit.pages import cursor_of
from rapport.people.home import found_home, make_home_person

pytestmark = pytest.mark.django_db


def test_one_goes_on_in_the_workspace_one_chose(
    client_maya: Client, maya_membership: Membership, other_workspace: Workspace, priya: UUID, by: By
) -> None:
    with in_workspace(other_workspace.id):
        home = found_home("Elsewhere", by.now)
        person = make_home_person("Maya", "maya@elsewhere.example", home, by.now)
        join(other_workspace, maya_membership.user, person.id, Role.MEMBER, by.now)
    assert client_maya.get(f"/people/{priya}").status_code == 200
    assert client_maya.post(f"/workspaces/{other_workspace.id}/enter").headers["Location"] == "/"
    assert client_maya.get(f"/people/{priya}").status_code == 404
    assert client_maya.post(f"/workspaces/{priya}/enter").status_code == 303  # no workspace of hers: she stays
    assert client_maya.get(f"/people/{priya}").status_code == 404
    Membership.objects.filter(workspace=other_workspace).update(ended_at=by.now)
    assert client_maya.get(f"/people/{priya}").status_code == 200


def test_a_guest_sees_home_and_changes_nothing(guest: Client, priya: UUID) -> None:
    assert "Priya Raman" not in guest.get("/people").text
    assert guest.get(f"/people/{priya}").status_code == 404
    for address, form in (
        ("/people/new", {"name": "X"}), ("/log", {"text": "called maya"}), ("/team/invite", {"email": "x@y.example"}),
        ("/sample/leave", {}), (f"/people/{priya}/tags", {"name": "x"}), (f"/people/{priya}/edit", {"name": "x"}),
    ):  # fmt: skip
        assert guest.post(address, form).status_code in (403, 404), address


def test_a_member_invites_nobody(colleague: Client) -> None:
    assert colleague.post("/team/invite", {"email": "x@y.example", "role": "member"}).status_code == 403
    assert "Ask one of them." in colleague.get("/team").text


@pytest.mark.parametrize(
    "address",
    [
        "/?as_of=0001-01-01",
        "/?as_of=9999-12-31",
        "/people?tag=a%00b",
        "/people?sort=strength&after=" + cursor_of(["known", "none", str(new_id())]),
    ],
)
def test_what_no_page_of_ours_asks_is_answered_with_a_sentence(client_maya: Client, address: str) -> None:
    assert client_maya.get(address).status_code == 400


@pytest.mark.parametrize("said", ["email", "password"])
def test_a_stranger_gets_a_sentence_for_what_cannot_be_kept(said: str) -> None:
    form = {"email": "maya@fernhill.example", "password": "no", said: "a\x00@b.example"}
    assert Client().post("/accounts/login", form).status_code in (400, 422)


def test_it_lives_without_asking_anything(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/livez").status_code == 200


def test_it_is_ready_when_the_database_is(monkeypatch: Any) -> None:
    assert Client().get("/readyz").json() == {"database": True, "migrated": True}
    monkeypatch.setattr("rapport.doors.web.health._plan", lambda: [object()])
    assert Client().get("/readyz").status_code == 503
    monkeypatch.setattr("rapport.doors.web.health._plan", _gone)
    assert Client().get("/readyz").json() == {"database": False, "migrated": False}


def _gone() -> list[object]:
    raise OperationalError("password=secret")
