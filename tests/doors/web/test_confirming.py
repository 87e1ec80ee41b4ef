"""Dangerous things ask again who sits there, and then do what was asked; nothing is done before."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern

from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Key, Membership, Role
from rapport.doors.web.urls import urlpatterns
from rapport.kit import clock
from rapport.people.editing import add_person
from tests.kit.soft_passkey import SoftPasskey

from .test_second_factor import PASSWORD, add_passkey, code_at, turn_app_on

pytestmark = pytest.mark.django_db
DANGEROUS = {  # what is posted there waits; a route that becomes dangerous is named here
    "erasures",
    "people/<uuid:person_id>/erase",
    "people/<uuid:person_id>/known/whole",
    "people/many",
    "settings/factors/app",
    "settings/factors/app/remove",
    "settings/factors/codes",
    "settings/factors/passkeys",
    "settings/factors/passkeys/<int:factor_id>/remove",
    "settings/keys",
    "team/<uuid:membership_id>/let-go",
    "team/<uuid:membership_id>/role",
    "team/invite",
    "team/<uuid:membership_id>/second-factor",
    "team/link",
    "team/second-factor",
    "workspace/end",
}
ITS_OWN_WAY = {"settings/address", "settings/password"}  # they ask for the password in their own form
MAKE = {"name": "for a program", "may": "write"}


@pytest.fixture
def tired(client_maya: Client, now: datetime) -> Client:
    """Maya's screen, left open: she signed in twenty minutes ago."""
    session = client_maya.session
    session["confirmed"] = (now - timedelta(minutes=20)).isoformat()
    session.save()
    return client_maya


def test_what_is_dangerous_is_named() -> None:
    asking = {
        str(one.pattern)
        for one in urlpatterns
        if isinstance(one, URLPattern) and "_ask" in getattr(getattr(one.callback, "beforehand", None), "__name__", "")
    }
    assert asking == DANGEROUS


@pytest.mark.parametrize("route", sorted(DANGEROUS))
def test_it_waits(tired: Client, route: str, maya_membership: Membership) -> None:
    path = route.replace("<uuid:membership_id>", str(maya_membership.id)).replace("<int:factor_id>", "1")
    path = path.replace("<uuid:person_id>", str(maya_membership.person_id))
    answer = tired.post(f"/{path}", {"name": "x", "role": "guest", "act": "csv", "why": "her letter"})
    assert answer.status_code == 403
    assert "Is it you?" in answer.text
    assert not Key.objects.exists()
    assert not JournalEntry.objects.filter(verb__in=("person.known", "person.erase", "people.export")).exists()
    assert Membership.objects.get(id=maya_membership.id).role == Role.OWNER


def test_with_the_password_it_is_done_as_it_was_asked(tired: Client) -> None:
    waiting = tired.post("/settings/keys", MAKE).text
    kept = dict(re.findall(r'<input type="hidden" name="(name|may)" value="([^"]*)"', waiting))
    assert kept == MAKE
    wrong = tired.post("/settings/keys", {**kept, "confirm-password": "wrong"})
    assert wrong.status_code == 422
    assert "That is not your present password." in wrong.text
    assert not Key.objects.exists()
    assert "It is shown this once" in tired.post("/settings/keys", {**kept, "confirm-password": PASSWORD}).text
    assert Key.objects.get().may_write
    assert tired.post("/settings/keys", MAKE).status_code == 200  # for a while it is not asked again


def test_all_who_were_chosen_wait_to_be_given_out(tired: Client, by: By) -> None:
    people = [str(add_person(by, f"Somebody {number}").person_id) for number in range(120)]
    waiting = tired.post("/people/many", {"act": "csv", "person": people}).text
    kept = re.findall(r'<input type="hidden" name="person" value="([^"]*)"', waiting)
    assert set(kept) == set(people)
    said = {"act": "csv", "person": kept, "confirm-password": PASSWORD}
    table = tired.post("/people/many", said)
    assert table.headers["Content-Type"].startswith("text/csv")
    assert len(table.text.splitlines()) == 1 + 120


def test_a_tag_for_many_does_not_wait(tired: Client, by: By) -> None:
    person = str(add_person(by, "Priya").person_id)
    assert tired.post("/people/many", {"act": "tag", "words": "vip", "person": person}).status_code == 303


def test_after_a_quarter_of_an_hour_it_is_asked_again(client_maya: Client, now: datetime) -> None:
    with clock.stopped_at(now + timedelta(minutes=14)):
        assert client_maya.post("/settings/keys", MAKE).status_code == 200
    with clock.stopped_at(now + timedelta(minutes=15)):
        assert client_maya.post("/settings/keys", MAKE).status_code == 403


def test_who_has_a_second_factor_shows_that(client_maya: Client, now: datetime) -> None:
    secret, codes = turn_app_on(client_maya, now)
    with clock.stopped_at(now + timedelta(hours=1)):
        later = now + timedelta(hours=1)
        assert client_maya.post("/settings/keys", {**MAKE, "confirm-password": PASSWORD}).status_code == 422
        told = client_maya.post("/settings/keys", {**MAKE, "confirm-code": code_at(secret, later)})
        assert told.status_code == 200
    assert codes


def test_a_passkey_confirms(client_maya: Client, now: datetime) -> None:
    passkey = add_passkey(client_maya)
    with clock.stopped_at(now + timedelta(hours=1)):
        asked = client_maya.post("/accounts/passkey/begin", HTTP_HOST="localhost").json()
        strange = SoftPasskey()
        strange.user = passkey.user
        said = {**MAKE, "confirm-passkey": strange.show(asked)}
        assert client_maya.post("/settings/keys", said, HTTP_HOST="localhost").status_code == 422
        asked = client_maya.post("/accounts/passkey/begin", HTTP_HOST="localhost").json()
        said = {**MAKE, "confirm-passkey": passkey.show(asked)}
        assert client_maya.post("/settings/keys", said, HTTP_HOST="localhost").status_code == 200


def test_who_has_no_password_is_told_every_way_there_is(tired: Client, maya_membership: Membership) -> None:
    user = maya_membership.user
    user.set_unusable_password()
    user.save()
    tired.force_login(user)
    session = tired.session
    session.pop("confirmed", None)
    session.save()
    told = tired.post("/settings/keys", MAKE).text
    assert "Is it you?" in told
    assert 'type="password"' not in told
    assert f"rapport link --member {user.email}" in told


def test_who_lost_their_second_factor_is_told_who_turns_it_off(client_maya: Client, now: datetime) -> None:
    turn_app_on(client_maya, now)
    with clock.stopped_at(now + timedelta(hours=1)):
        assert "rapport reset-second-factor --member" in client_maya.post("/settings/keys", MAKE).text


def test_guesses_are_counted(tired: Client) -> None:
    said = {**MAKE, "confirm-password": "wrong"}
    assert [tired.post("/settings/keys", said).status_code for _guess in range(11)] == [422] * 10 + [429]


def test_the_api_of_a_session_does_nothing_dangerous_either(tired: Client, maya_membership: Membership) -> None:
    refused = tired.delete(f"/api/v1/members/{maya_membership.id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-in-scope")
    assert tired.get("/api/v1/people").status_code == 200


def test_a_writing_key_does_not_say_who_gets_in(tired: Client, client_maya: Client) -> None:
    def made(may: str) -> str:
        shown = client_maya.post("/settings/keys", {"name": may, "may": may, "confirm-password": PASSWORD}).text
        key = re.search(r"rap_[0-9a-f]{32}_[\w-]+", shown)
        assert key
        return key[0]

    def asked(key: str) -> int:
        body = {"wanted": False}
        sent = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {key}"}}
        return Client().post("/api/v1/second-factor", body, **sent).status_code  # type: ignore[arg-type]

    assert asked(made("write")) == 403
    assert asked(made("manage")) == 200
