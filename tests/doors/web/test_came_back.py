"""An address from which mail came back says so, and is not what *Write* writes to."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.keys import make_key
from rapport.accounts.models import Membership
from rapport.people.editing import add_handle
from rapport.people.models import Handle

GONE, NEW = "priya@northwind.example", "priya@solace.example"


@pytest.fixture
def gone(priya: UUID, now: datetime) -> UUID:
    """Priya, whose newest address does not take mail any more."""
    Handle.objects.filter(value=GONE).update(bounced_at=now - timedelta(days=20), last_seen=now)
    return priya


def test_it_says_since_when(client_maya: Client, gone: UUID, by: By) -> None:
    page = client_maya.get(f"/people/{gone}").text
    assert "mail came back on 31 October" in page
    add_handle(by, gone, "email", NEW)
    page = client_maya.get(f"/people/{gone}").text
    assert page.index(f"<bdi>{NEW}") < page.index(f"<bdi>{GONE}")
    assert page.count("mail came back on") == 1


def test_write_does_not_offer_it(client_maya: Client, gone: UUID, by: By) -> None:
    def offered() -> str:
        return client_maya.get(f"/people/{gone}").text.partition('<div class="end">')[2].partition("</header>")[0]

    assert "mailto:" not in offered()
    add_handle(by, gone, "email", NEW)
    assert f"mailto:{NEW}" in offered()


def test_the_api_says_when(gone: UUID, maya_membership: Membership, now: datetime) -> None:
    key = make_key(maya_membership.id, maya_membership.workspace_id, "program", False, now)[1]
    told = Client().get(f"/api/v1/people/{gone}", headers={"Authorization": f"Bearer {key}"}).json()
    bounced = {one["value"]: one["bounced_at"] for one in told["handles"]}
    assert bounced[GONE] == "2026-10-31T09:00:00Z"
