"""How somebody comes to a page: signed in or led there, of which day, in which workspace; how they are asked again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.test.client import RequestFactory

from rapport.accounts.attempts import CODES_OF_ACCOUNT, KEYS_FROM_ADDRESS, count_attempt
from rapport.accounts.founding import join
from rapport.accounts.keys import make_key, open_key, workspace_of
from rapport.accounts.models import Membership, Role, SignInAttempt, User, Workspace
from rapport.accounts.rows import current_workspace, enter
from rapport.doors.web.entering import _as_of, _is_long
from rapport.kit import clock
from rapport.kit.trouble import Trouble
from rapport.people.home import found_home, make_home_person

from .test_second_factor import PASSWORD, add_passkey, turn_app_on

pytestmark = pytest.mark.django_db
MAKE = {"name": "for a program", "may": "write"}


@pytest.mark.parametrize(
    ("path", "led_to"),
    [
        ("/", "/accounts/login"),
        ("/people?q=a", "/accounts/login?next=%2Fpeople%3Fq%3Da"),
        ("/settings", "/accounts/login?next=%2Fsettings"),
    ],
)
def test_a_stranger_is_led_to_sign_in_and_back(path: str, led_to: str) -> None:
    for ask in (Client().get, Client().head):
        answer = ask(path)
        assert (answer.status_code, answer["Location"]) == (303, led_to)


def test_what_a_stranger_posts_is_not_repeated_unasked() -> None:
    answer = Client().post("/people/new", {"name": "Zoe"})
    assert (answer.status_code, answer["Location"]) == (303, "/accounts/login")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2004-07-01", date(2004, 7, 1)),
        ("1800-01-01", date(1800, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        ("", None),
    ],
)
def test_a_page_is_read_of_the_day_that_is_asked_for(said: str, day: date | None) -> None:
    for asked in (RequestFactory().get("/", {"as_of": said}), RequestFactory().head("/", {"as_of": said})):
        assert _as_of(asked) == day
    assert _as_of(RequestFactory().get("/")) is None
    assert _as_of(RequestFactory().post("/?as_of=2004-07-01")) is None  # what changes something happens now


@pytest.mark.parametrize(
    ("said", "told"), [("1799-12-31", "between 1800"), ("2201-01-01", "between 1800"), ("x", "2004-07-01")]
)
def test_what_is_no_day_is_told(said: str, told: str) -> None:
    with pytest.raises(Trouble, match=told) as refused:
        _as_of(RequestFactory().get("/", {"as_of": said}))
    assert refused.value.code == "bad-day"


@pytest.mark.parametrize(
    ("length", "is_long"), [("0", False), ("10", False), ("", True), ("x", True), ("9999999999", True)]
)
def test_what_may_be_long_is_read_outside(length: str, is_long: bool) -> None:
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = length
    assert _is_long(request) is is_long


def test_pages_and_programs_mean_the_same_workspace(
    client_maya: Client, maya_membership: Membership, other_workspace: Workspace, now: datetime
) -> None:
    enter(other_workspace.id)
    person = make_home_person("Maya", "maya@elsewhere.example", found_home("Elsewhere", now), now)
    join(other_workspace, maya_membership.user, person.id, Role.MEMBER, now + timedelta(days=1))
    client_maya.post(f"/workspaces/{other_workspace.id}/enter")
    assert client_maya.get("/api/v1/me").json()["workspace"] == "Elsewhere"


def test_the_workspace_that_was_entered_is_not_asked_for(workspace: Workspace, django_assert_num_queries: Any) -> None:
    enter(workspace.id)
    with django_assert_num_queries(0):
        assert current_workspace() == workspace.id


def tired(client: Client, now: datetime) -> Client:
    session = client.session
    session["confirmed"] = (now - timedelta(minutes=20)).isoformat()
    session.save()
    return client


def fields(page: str) -> set[str]:
    return {name for name in ("confirm-password", "confirm-code", "confirm-passkey") if f'"{name}"' in page}


def test_it_is_asked_for_what_they_have(client_maya: Client, maya_membership: Membership, now: datetime) -> None:
    page = tired(client_maya, now).post("/settings/keys", MAKE).text
    assert fields(page) == {"confirm-password"}
    assert 'action="/settings/keys"' in page
    assert 'value="maya@fernhill.example"' in page
    user = User.objects.get(id=maya_membership.user_id)
    user.set_unusable_password()
    user.save()
    client_maya.force_login(user)
    page = tired(client_maya, now).post("/settings/keys", MAKE).text
    assert fields(page) == set()
    assert "You have no password." in page


def test_of_who_has_an_app_its_code_is_asked(client_maya: Client, now: datetime) -> None:
    turn_app_on(client_maya, now)
    page = tired(client_maya, now).post("/settings/keys", MAKE).text
    assert fields(page) == {"confirm-code"}
    wrong = client_maya.post("/settings/keys", {**MAKE, "confirm-code": "000000"})
    assert (wrong.status_code, "This code is not right" in wrong.text) == (422, True)
    for _guess in range(CODES_OF_ACCOUNT.most - 1):
        client_maya.post("/settings/keys", {**MAKE, "confirm-code": "000000"})
    often = client_maya.post("/settings/keys", {**MAKE, "confirm-code": "000000"})
    assert (often.status_code, "Wait a quarter of an hour." in often.text) == (429, True)


def test_of_who_has_a_passkey_that_is_asked(client_maya: Client, now: datetime) -> None:
    add_passkey(client_maya)
    page = tired(client_maya, now).post("/settings/keys", MAKE).text
    assert fields(page) == {"confirm-code", "confirm-passkey"}


def test_slips_are_forgotten_once_they_showed_who_they_are(client_maya: Client, now: datetime) -> None:
    tired(client_maya, now).post("/settings/keys", {**MAKE, "confirm-password": "wrong"})
    assert SignInAttempt.objects.filter(who="maya@fernhill.example").exists()
    assert client_maya.post("/settings/keys", {**MAKE, "confirm-password": PASSWORD}).status_code == 200
    assert not SignInAttempt.objects.filter(who="maya@fernhill.example").exists()


def test_a_wrong_key_is_counted_by_where_it_came_from(maya_membership: Membership, now: datetime) -> None:
    key, text = make_key(maya_membership.id, maya_membership.workspace_id, "program", True, now)
    wrong = {"Authorization": f"Bearer {text}x"}
    with clock.stopped_at(now):
        assert Client().get("/api/v1/me", headers=wrong, REMOTE_ADDR="10.8.8.8").status_code == 401
    counted = SignInAttempt.objects.get(who="10.8.8.8")
    assert (counted.kind, counted.at) == (KEYS_FROM_ADDRESS.kind, now)
    for number in range(KEYS_FROM_ADDRESS.most - 1):
        count_attempt(KEYS_FROM_ADDRESS, "10.8.8.8", now + timedelta(seconds=number))
    named = workspace_of(text)
    assert named is not None
    opened = open_key(named[1], "10.8.8.8", now + timedelta(minutes=1))
    assert opened is not None
    assert (opened.key_id, opened.wait) == (key.id, timedelta(minutes=14))
    elsewhere = open_key(named[1], "10.8.8.9", now + timedelta(minutes=1))
    assert elsewhere is not None
    assert elsewhere.wait is None
