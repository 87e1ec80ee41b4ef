"""Why: every row opens into what it rests on, and says so where that is nothing."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

from django.test import Client

from rapport.accounts.acting import By
from rapport.people.editing import add_person


def test_every_row_opens_into_what_it_rests_on(client_maya: Client, priya: UUID) -> None:
    """Fifty-two calls, the last seven weeks ago: all but the silence and the start rest on calls."""
    page = client_maya.get(f"/people/{priya}/why").content.decode()
    addresses = {unescape(one) for one in re.findall(r'href="([^"]*row=[^"]*)"', page)}
    kinds = {address.rpartition("row=")[2].replace("%3A", ":") for address in addresses}
    assert {"strength:calls", "strength:acquaintance", "vitality:silence", "vitality:starting_point"} <= kinds
    for address in addresses:
        opened = client_maya.get(address).content.decode()
        rests_on_nothing = address.endswith(("silence", "quieter", "starting_point"))
        assert ("/interactions/" in opened) is not rests_on_nothing, address
        assert ("Nothing happened in this time." in opened) is address.endswith(("silence", "quieter"))
        assert ("this is where any two people start" in opened) is address.endswith("starting_point")


def test_a_single_row_does_not_claim_to_be_all_that_counts(client_maya: Client, priya: UUID) -> None:
    assert "Nothing else counts." in client_maya.get(f"/people/{priya}/why").text
    of_one = client_maya.get(f"/people/{priya}/why?row=strength:calls").text
    assert "What this row about you and Priya rests on." in of_one
    assert "Nothing else counts." not in of_one


def test_where_nobody_is_on_today_the_page_asks_why_nobody(client_maya: Client, by: By) -> None:
    add_person(by, "Jon Postel")
    assert "<h1>Why nobody?</h1>" in client_maya.get("/why-these").text


def test_where_somebody_is_on_today_the_page_asks_why_these(client_maya: Client, priya: UUID) -> None:
    assert "<h1>Why these people?</h1>" in client_maya.get("/why-these").text
