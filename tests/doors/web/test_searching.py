"""The search page and the palette: what was found, marked, and nothing of it taken for markup."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.interactions.notes import add_note
from tests.interactions.mails import MAYA, PRIYA, mail, read

pytestmark = pytest.mark.django_db


def test_what_was_said_is_found_and_marked(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get("/search", {"q": "rota 12 "}).text
    assert re.findall(r"<mark>(.*?)</mark>", page) == ["rota", "12"]
    assert "No pictures" not in page


def test_found_words_are_text_whatever_they_are(client_maya: Client, priya: UUID, by: By) -> None:
    add_note(by, priya, '<script>alert(1)</script> <img src=x onerror="zebra"> zebra &amp;')
    page = client_maya.get("/search", {"q": "zebra"}).text
    assert page.count("<mark>zebra</mark>") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img src=x" not in page
    palette = client_maya.get("/find", {"q": "zebra"}, headers={"HX-Request": "true"}).text
    assert "<mark>zebra</mark>" in palette
    assert "<img src=x" not in palette
    hostile = client_maya.get("/search", {"q": '"><script>x</script>'}).text
    assert "<script>x" not in hostile


def test_pages_follow_one_another(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get("/search", {"q": "rota "}).text
    more = re.search(r'href="(/search\?[^"]+)" data-more', page)
    assert more is not None
    second = client_maya.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    addresses = re.compile(r'href="(/interactions/[^"]+)"')
    assert len(addresses.findall(page)) == len(addresses.findall(second)) == 20
    assert not set(addresses.findall(page)) & set(addresses.findall(second))
    assert "<html" not in second


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("", "names of files"),
        ("-rota", "Say a word that stands in it."),
        ("nowhere", "stands nowhere that you may read"),
        ("x" * 5000, "stands nowhere that you may read"),
    ],
)
def test_where_nothing_is_found_it_says_what_to_do(client_maya: Client, priya: UUID, q: str, said: str) -> None:
    answer = client_maya.get("/search", {"q": q})
    assert answer.status_code == 200
    assert said in answer.text


def test_a_made_up_page_mark_is_refused(client_maya: Client) -> None:
    assert client_maya.get("/search", {"q": "rota", "after": "xyz"}).status_code in (400, 422)


def test_a_colleague_and_a_guest_find_what_is_theirs(
    client_maya: Client, colleague: Client, guest: Client, neighbour: Client, priya: UUID, by: By
) -> None:
    read(by.now, mail("secret", PRIYA, [MAYA], text="zebra crossing"))
    add_note(by, priya, "zebra note")
    found: Any = [[word in one.get("/search", {"q": "zebra"}).text for word in ("crossing", "</mark> note")]
                  for one in (client_maya, colleague, guest, neighbour)]  # fmt: skip
    assert found == [[True, True], [False, True], [False, False], [False, False]]


def test_the_palette_shows_the_newest_and_leads_to_all(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get("/find", {"q": "rota"}, headers={"HX-Request": "true"}).text
    assert len(re.findall(r'role="option"[^>]*href="/interactions/', page)) == 3
    assert 'href="/search?q=rota"' in page
    assert "/interactions/" not in client_maya.get("/find", {"q": "ro"}, headers={"HX-Request": "true"}).text
