"""The present password is guessed at in Settings no more often than at the sign-in page."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from rapport.accounts.models import Membership
from rapport.kit import clock

from .conftest import Post

SECRET = "a long enough secret"
NEW = "another long enough secret"
ASKED = {
    "/settings/password": {"current": "wrong", "password": NEW},
    "/settings/address": {"address_current": "wrong", "email": "maya@new.example"},
}


@pytest.mark.parametrize("address", ASKED)
def test_the_eleventh_guess_is_not_looked_at(client_maya: Client, post: Post, now: datetime, address: str) -> None:
    answers = [client_maya.post(address, ASKED[address]).status_code for _guess in range(11)]
    assert answers == [422] * 10 + [429]
    right = {name: SECRET if value == "wrong" else value for name, value in ASKED[address].items()}
    refused = client_maya.post(address, right)
    assert refused.status_code == 429
    assert "That was tried too often. Wait a quarter of an hour." in refused.text
    with clock.stopped_at(now + timedelta(minutes=16)):
        assert client_maya.post(address, right).status_code == 303


def test_guesses_in_settings_and_at_the_door_count_together(client_maya: Client, post: Post) -> None:
    for _guess in range(5):
        client_maya.post("/settings/password", ASKED["/settings/password"])
        client_maya.post("/settings/address", ASKED["/settings/address"])
    door = Client(REMOTE_ADDR="10.0.1.1").post(
        "/accounts/login", {"email": "maya@fernhill.example", "password": SECRET}
    )
    assert door.status_code == 429


def test_whoever_gave_the_right_one_begins_anew(client_maya: Client) -> None:
    for _guess in range(9):
        client_maya.post("/settings/password", ASKED["/settings/password"])
    assert client_maya.post("/settings/password", {"current": SECRET, "password": NEW}).status_code == 303
    assert client_maya.post("/settings/password", {"current": "wrong", "password": NEW}).status_code == 422


def test_who_has_no_password_guesses_at_none(client_maya: Client, maya_membership: Membership) -> None:
    maya_membership.user.set_unusable_password()
    maya_membership.user.save()
    client_maya.force_login(maya_membership.user)
    answers = {client_maya.post("/settings/password", {"password": "short"}).status_code for _try in range(12)}
    assert answers == {422}
