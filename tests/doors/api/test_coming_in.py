"""How a program comes in, word by word: what it may send, what it is told, and in which workspace it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.test.utils import override_settings

from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, Workspace
from rapport.accounts.rows import enter
from rapport.kit import clock
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Person

from .conftest import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(maya_membership: Membership) -> Client:
    client = Client()
    client.force_login(maya_membership.user)
    return client


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def said(key: str) -> Any:
    return Client().get("/api/v1/me", headers={"Authorization": key})


def test_a_key_is_a_bearers_however_that_is_written(maya_key: Program) -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        assert said(f"{scheme}  {maya_key.key} ").status_code == 200
    for wrong in (maya_key.key, f"Basic {maya_key.key}", f"Bearer{maya_key.key}", ""):
        assert told(said(wrong)) == (401, "not-signed-in")


def test_only_json_is_taken(maya_key: Program) -> None:
    def send(kind: str, body: str = '{"name": "Zoe"}') -> Any:
        sent: dict[str, Any] = {
            "data": body,
            "content_type": kind,
            "headers": {"Authorization": f"Bearer {maya_key.key}"},
        }
        return Client().post("/api/v1/people", **sent)

    assert send("application/json").status_code == 201
    assert send("application/merge-patch+json").status_code == 201
    for other in ("text/plain", "application/jsonx", "application/x-www-form-urlencoded", ""):
        assert told(send(other)) == (415, "not-json")
    assert send("text/plain", "").status_code == 422


def test_who_asks_too_often_is_told_when_to_go_on(maya_key: Program, reading_key: Program) -> None:
    from rapport.doors.api.entering import PACE

    PACE.__init__()  # type: ignore[misc]
    with override_settings(API_PER_MINUTE=2):
        assert [maya_key.ask("GET", "/me").status_code for _asked in range(2)] == [200, 200]
        answer = maya_key.ask("GET", "/me")
        assert told(answer) == (429, "too-often")
        assert 0 < int(answer["Retry-After"]) <= 60
        assert reading_key.ask("GET", "/me").status_code == 200


def test_nothing_stays_of_what_was_refused(maya_key: Program) -> None:
    assert maya_key.ask("POST", "/people", {"name": "Zoe", "time_zone": "Nowhere/Land"}).status_code >= 400
    assert not Person.objects.filter(name="Zoe").exists()


def test_another_method_is_told_which(maya_key: Program) -> None:
    answer = maya_key.ask("DELETE", "/people")
    assert answer.status_code == 405
    assert "application/problem+json" in answer["Content-Type"]


def test_by_session_one_is_in_the_workspace_one_chose(
    browser: Client, maya_membership: Membership, other_workspace: Workspace, now: datetime
) -> None:
    assert browser.get("/api/v1/me").json()["workspace"] == "Fernhill"
    enter(other_workspace.id)
    person = make_home_person("Maya", "maya@elsewhere.example", found_home("Elsewhere", now), now)
    join(other_workspace, maya_membership.user, person.id, Role.MEMBER, now + timedelta(days=1))
    assert browser.get("/api/v1/me").json()["workspace"] == "Fernhill"
    session = browser.session
    session["workspace"] = str(other_workspace.id)
    session.save()
    assert browser.get("/api/v1/me").json()["workspace"] == "Elsewhere"
    session["workspace"] = "nonsense"
    session.save()
    assert browser.get("/api/v1/me").json()["workspace"] == "Fernhill"


def test_who_is_in_no_workspace_is_told_so(browser: Client, maya_membership: Membership) -> None:
    Membership.objects.filter(id=maya_membership.id).update(person_id=None)
    assert told(browser.get("/api/v1/me")) == (403, "no-workspace")
    assert told(Client().get("/api/v1/me")) == (401, "not-signed-in")


def test_where_a_second_factor_is_asked_for_a_session_needs_one(browser: Client, maya_membership: Membership) -> None:
    Workspace.objects.update(needs_second_factor=True)
    assert told(browser.get("/api/v1/me")) == (403, "second-factor-needed")
    Authenticator.objects.create(user=maya_membership.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert browser.get("/api/v1/me").status_code == 200


def test_where_a_second_factor_is_asked_for_a_key_made_before_needs_one(
    maya_key: Program, maya_membership: Membership
) -> None:
    """A key is as good as who has it: of whom a second factor is asked, their keys wait for it too."""
    assert maya_key.ask("GET", "/me").status_code == 200
    Workspace.objects.update(needs_second_factor=True)
    Authenticator.objects.create(user=maya_membership.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert told(maya_key.ask("GET", "/me")) == (403, "second-factor-needed")
    Authenticator.objects.create(user=maya_membership.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert maya_key.ask("GET", "/me").status_code == 200


def test_by_session_one_manages_only_just_after_showing_who_one_is(
    browser: Client, now: datetime, settings: Any
) -> None:
    def manages(shown: datetime | None) -> int:
        session = browser.session
        session["confirmed"] = shown.isoformat() if shown else None
        session.save()
        sent: dict[str, Any] = {"data": {"wanted": False}, "content_type": "application/json"}
        with clock.stopped_at(now):
            return int(browser.post("/api/v1/second-factor", **sent).status_code)

    assert manages(None) == 403
    assert manages(now - settings.CONFIRMED_FOR) == 403
    assert manages(now - settings.CONFIRMED_FOR + timedelta(seconds=1)) != 403
