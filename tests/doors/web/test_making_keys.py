"""A key for a program: what it may do and how long it works are chosen, shown, and kept to by the API."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from rapport.accounts.models import Key
from rapport.kit import clock

pytestmark = pytest.mark.django_db


def _made(client: Client, **said: str) -> str:
    """The text of a new key."""
    found = re.search(r">(rap_[0-9a-f]{32}_[\w-]{43})<", client.post("/settings/keys", {"name": "export", **said}).text)
    assert found
    return found[1]


def _adds_somebody(key: str) -> Any:
    given = {"data": {"name": "Zoë"}, "content_type": "application/json"}
    return Client().post("/api/v1/people", headers={"Authorization": f"Bearer {key}"}, **given)  # type: ignore[arg-type]


def _looks(key: str) -> int:
    status: int = Client().get("/api/v1/people", headers={"Authorization": f"Bearer {key}"}).status_code
    return status


def test_a_key_only_looks_unless_one_says_more(client_maya: Client) -> None:
    reading, writing = _made(client_maya), _made(client_maya, may="write")
    assert (_looks(reading), _looks(writing)) == (200, 200)
    assert _adds_somebody(reading).status_code == 403
    assert _adds_somebody(writing).status_code == 201
    page = client_maya.get("/settings/keys").text
    assert (page.count("may only look"), page.count("may look and change things")) == (1, 1)


@pytest.mark.parametrize(("said", "days"), [("30", 30), ("90", 90), ("365", 365), ("nonsense", 90)])
def test_a_key_ends_when_it_was_said_to(client_maya: Client, now: datetime, said: str, days: int) -> None:
    key = _made(client_maya, lasts=said)
    assert "until " in client_maya.get("/settings/keys").text
    with clock.stopped_at(now + timedelta(days=days, seconds=-1)):
        assert _looks(key) == 200
    with clock.stopped_at(now + timedelta(days=days)):
        assert _looks(key) == 401
        assert re.search(r'class="tag">ended', client_maya.get("/settings/keys").text)


def test_a_key_that_never_ends_says_so(client_maya: Client) -> None:
    _made(client_maya, lasts="always")
    assert Key.objects.get().expires_at is None
    assert "until you remove it" in client_maya.get("/settings/keys").text


def test_a_guest_makes_keys_that_only_look(guest: Client) -> None:
    assert 'name="may"' not in guest.get("/settings/keys").text
    _made(guest, may="write")
    assert not Key.objects.get().may_write


def test_what_was_chosen_stays_where_a_word_is_missing(client_maya: Client) -> None:
    again = client_maya.post("/settings/keys", {"name": "", "may": "write", "lasts": "365"})
    assert again.status_code == 422
    assert re.search(r'name="may" value="write" checked', again.text)
    assert '<option value="365" selected>' in again.text


def test_the_api_names_the_page_as_it_is_called(client_maya: Client) -> None:
    assert "under API keys" in Client().get("/api/v1/people").json()["detail"]
    assert ">API keys<" in client_maya.get("/settings").text
