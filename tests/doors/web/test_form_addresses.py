"""What stands in the address bar after a form was sent: opened again, it leads to the page the form is on."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern

from rapport.doors.web.urls import urlpatterns

pytestmark = pytest.mark.django_db
WHAT = {"token": "x", "word": "x"}
NOBODY = "01931f6e-0000-7000-8000-000000000000"


def _address_of(pattern: URLPattern) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: WHAT.get(found[1], NOBODY), str(pattern.pattern))


def _led(client: Client, address: str) -> tuple[str, Any]:
    """Where looking at an address ends, and what is there."""
    for _ in range(9):
        answer = client.get(address)
        if answer.status_code != 303:
            return address, answer
        address = answer.headers["Location"]
    raise AssertionError(f"{address} leads in a circle")


ADDRESSES = sorted({_address_of(one) for one in urlpatterns} - {"/livez", "/readyz"})  # those are for machines


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_of_ours_shows_the_bare_page_of_a_server(client_maya: Client, address: str) -> None:
    _where, answer = _led(client_maya, address)
    assert answer.status_code != 405
    assert "· Rapport</title>" in answer.text
    sent = client_maya.put(address)
    assert sent.status_code in (403, 404, 405)
    assert "· Rapport</title>" in sent.text


def test_a_form_address_leads_to_its_page(client_maya: Client, priya: UUID) -> None:
    there = {
        "/team/invite": "/team",
        "/settings/password": "/settings",
        "/settings/address/again": "/settings",
        "/log/understand": "/log",
        "/outgoing/release": "/",
        "/logout": "/",
        f"/undo/{priya}": "/",
        f"/people/{priya}/edit": f"/people/{priya}",
        f"/people/{priya}/notes/{priya}/remove": f"/people/{priya}",
        f"/people/{priya}/tags/two/words/remove": f"/people/{priya}",
    }
    found = {address: _led(client_maya, address)[0] for address in there}
    assert found == there
    assert client_maya.get("/").status_code == 200  # looking at /logout signs nobody out


def test_what_is_sent_to_a_page_that_only_shows_is_told_in_style(client_maya: Client) -> None:
    refused = client_maya.post("/people")
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD"
    assert 'href="/people">Open the page</a>' in refused.text
