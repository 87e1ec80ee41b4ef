"""Single keys can be others: each does one thing, and pages say which they are."""

from __future__ import annotations

import json
from html import unescape

import pytest
from django.test import Client

from rapport.accounts.models import User
from rapport.accounts.oneself import KEYS

pytestmark = pytest.mark.django_db
FORM = {"name": "Maya Okafor", "time_zone": "Europe/Berlin", "working_days": ["1", "2"], "per_day": "5", "keys": "on"}


def test_other_keys_are_kept_and_told_to_every_page(client_maya: Client) -> None:
    assert "data-own-keys" not in client_maya.get("/people").text
    chosen = {f"key-{usual}": usual.upper() for usual in KEYS} | {"key-l": "M", "key-x": ""}
    assert client_maya.post("/settings", FORM | chosen).status_code == 303
    assert User.objects.get(email="maya@fernhill.example").own_keys == {"l": "m"}
    assert f'data-own-keys="{json.dumps({"l": "m"})}"' in unescape(client_maya.get("/people").text)
    assert 'name="key-l" type="text" value="M"' in client_maya.get("/settings").text
    assert client_maya.post("/settings", FORM).status_code == 303
    assert User.objects.get(email="maya@fernhill.example").own_keys == {}


@pytest.mark.parametrize(("key", "said"), [("N", "would have the key N"), ("é", "from A to Z"), ("ab", "from A to Z")])
def test_a_key_that_cannot_be_is_said_beside_it(client_maya: Client, key: str, said: str) -> None:
    page = client_maya.post("/settings", FORM | {"key-l": key})
    assert (page.status_code, said in page.text, "open><summary>" in page.text) == (422, True, True)
    assert User.objects.get(email="maya@fernhill.example").own_keys == {}
