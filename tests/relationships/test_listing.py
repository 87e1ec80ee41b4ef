"""The list of people: sorted, filtered, page by page, with how the viewer stands with each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.kit.trouble import Trouble
from rapport.people.editing import tag
from rapport.people.models import Organization
from rapport.relationships.listing import how_many, list_people
from rapport.relationships.refresh import read_on
from tests.interactions.mails import DANA, KENJI, MAYA, PRIYA, mail, read
from tests.people.people import somebody

DAYS = 24.0


@pytest.fixture
def known(by: By, maya: Viewer, now: datetime) -> Viewer:
    """Priya often and lately, Dana often long ago, Kenji once, and Zoe never."""
    read(
        now,
        *(mail(f"p{n}", *by_turns(n, PRIYA), hour=(n - 12) * 5 * DAYS) for n in range(15)),
        *(mail(f"d{n}", *by_turns(n, DANA), hour=(n - 120) * 5 * DAYS) for n in range(40)),
        mail("k", KENJI, [MAYA], hour=13 * DAYS),
    )
    somebody(by, "Zoe Never", email="zoe@never.example")
    read_on(now)
    return maya


def by_turns(n: int, other: str) -> tuple[str, list[str]]:
    """From Maya to the other, or back."""
    return (other, [MAYA]) if n % 2 else (MAYA, [other])


def names(viewer: Viewer, now: datetime, **asked: Any) -> list[str]:
    """First names in order, over all pages of two."""
    found: list[str] = []
    cursor = None
    while True:
        page = list_people(viewer, now, cursor=cursor, limit=2, **asked)
        found += [one.name.split()[0] for one in page.rows]
        if page.next is None:
            return found
        cursor = page.next


def test_sorted_each_way_over_all_pages(known: Viewer, now: datetime) -> None:
    assert names(known, now) == ["Dana", "Kenji", "Zoe", "Maya", "Priya"]  # Levy, Mori, Never, Okafor, Raman
    assert names(known, now, sort="last") == ["Kenji", "Priya", "Dana", "Zoe", "Maya"]
    assert names(known, now, sort="strength")[0] == "Priya"
    assert sorted(names(known, now, sort="strength")) == ["Dana", "Kenji", "Maya", "Priya", "Zoe"]
    with pytest.raises(Trouble):
        list_people(known, now, sort="shoe size")  # type: ignore[arg-type]
    with pytest.raises(Trouble):
        list_people(known, now, cursor="nonsense")


@pytest.mark.parametrize("sort", ["name", "last", "strength"])
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 50])
def test_pages_of_any_size_show_everybody_once(known: Viewer, now: datetime, sort: Any, limit: int) -> None:
    seen, cursor = [], None
    for _page in range(6):
        page = list_people(known, now, sort=sort, cursor=cursor, limit=limit)
        assert page.rows
        seen += [one.id for one in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5


def test_a_line_says_where_they_are_and_how_things_stand(by: By, known: Viewer, now: datetime) -> None:
    lines = {one.name: one for one in list_people(known, now).rows}
    priya, zoe = lines["Priya Raman"], lines["Zoe Never"]
    tag(by, priya.id, "gardener")
    assert (priya.organization, priya.is_home) == ("Solace", False)
    assert priya.standing is not None
    assert priya.standing.strength > 0
    assert priya.last_at == priya.standing.ground.state.last_at  # type: ignore[union-attr]
    assert (zoe.standing, zoe.last_at) == (None, None)
    assert lines["Maya Okafor"].is_home
    assert [one.tags for one in list_people(known, now, tag="GARDENER").rows] == [("gardener",)]


def test_filters(by: By, known: Viewer, now: datetime) -> None:
    solace = Organization.objects.get(domain="solace.example")
    assert names(known, now, organization_id=solace.id) == ["Priya"]
    assert names(known, now, q="raman") == ["Priya"]
    assert names(known, now, q="pryia") == ["Priya"]
    assert names(known, now, q="nobody so called") == []
    assert names(known, now, often=True) == ["Priya"]
    assert names(known, now, often=True, q="dana") == []
    assert how_many(known, now, often=True) == 1
    assert how_many(known, now) == 5


def test_as_of_an_earlier_day(known: Viewer, now: datetime) -> None:
    then = now - timedelta(days=400)
    assert names(known, then, sort="last", as_of=True) == ["Dana", "Kenji", "Zoe", "Maya", "Priya"]
    assert names(known, then, often=True, as_of=True) == ["Dana"]
    lines = {one.name: one for one in list_people(known, then, as_of=True).rows}
    assert lines["Priya Raman"].standing is None
    assert lines["Dana Levy"].standing is not None


@pytest.mark.parametrize("sort", ["name", "last", "strength"])
def test_six_queries_however_many(
    by: By, known: Viewer, now: datetime, sort: Any, django_assert_max_num_queries: Any
) -> None:
    read(now, *(mail(f"w{n}", f"w{n}@many.example", [MAYA], hour=n) for n in range(70)))
    read_on(now)
    with django_assert_max_num_queries(6):
        page = list_people(known, now, sort=sort, limit=50)
    with django_assert_max_num_queries(6):
        list_people(known, now, sort=sort, limit=50, cursor=page.next, q="example", often=True)
