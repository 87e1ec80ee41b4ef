"""A meeting's page says where it takes place and who declined; so do the search and the operations."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.test import Client

from rapport.accounts.access import Viewer
from rapport.doors.operations.catalogue import call
from tests.interactions.mails import read
from tests.interactions.test_places import told


def test_a_meetings_page_says_where_and_who_declined(client_maya: Client, maya: Viewer, now: datetime) -> None:
    (walk,) = read(now, told("Room 4 <b>")).values()
    page = client_maya.get(f"/interactions/{walk}").text
    assert "<bdi>Room 4 &lt;b&gt;</bdi>" in page
    assert page.count('<span class="tag">declined</span>') == 1
    assert page.count('<span class="tag">no answer yet</span>') == 1
    found = client_maya.get("/search?q=room+4").text
    assert "<mark>Room</mark>" in found


def test_a_place_on_the_web_is_a_link_and_nothing_else_is(client_maya: Client, maya: Viewer, now: datetime) -> None:
    online = replace(told("https://meet.example/walk"), origin="m1")
    told_as = replace(told("javascript:alert(1)"), origin="m2")
    ids = read(now, online, told_as)
    assert (
        '<a class="link" href="https://meet.example/walk" rel="noopener'
        in client_maya.get(f"/interactions/{ids['m1']}").text
    )
    assert 'href="javascript' not in client_maya.get(f"/interactions/{ids['m2']}").text


def test_programs_are_told_the_same(maya: Viewer, now: datetime) -> None:
    (walk,) = read(now, told("Room 4")).values()
    said = call("interactions.get", maya, "cli", {"interaction_id": walk})
    assert said.place == "Room 4"
    assert {(one.name, one.response) for one in said.people if one.response} == {
        ("Kenji", "declined"), ("Priya", "needs-action"),
    }  # fmt: skip
    (found,) = call("interactions.search", maya, "cli", {"q": "room"}).rows
    assert "".join(one.text for one in found.place) == "Room 4"
    calendar = call("interactions.calendar", maya, "cli", {"interaction_id": walk}).body.decode()
    assert "LOCATION:Room 4" in calendar
    assert "PARTSTAT=DECLINED" in calendar
