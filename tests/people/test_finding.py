"""Somebody is found by a part of a name or address, by a slip of the finger, and only by who may know of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.rows import enter
from rapport.kit.trouble import NotFound
from rapport.people.editing import tag
from rapport.people.groups import organizations_in_use, tags_in_use
from rapport.people.models import Person
from rapport.people.opening import open_person
from rapport.people.searching import find
from rapport.people.visible import visible_to

from ..interactions.mails import mail, read
from .people import somebody


@pytest.fixture
def cast(by: By) -> dict[str, Person]:
    """Four people."""
    return {
        "priya": somebody(by, "Priya Raman", email="priya@solace.example", phone="+44 161 496 0123"),
        "dürr": somebody(by, "Amélie Dürr", organization="Aurora"),
        "miyazaki": somebody(by, "宮崎 健二", email="kenji@aurora.example"),
        "percent": somebody(by, "100% Garten_bau"),
    }


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("priya", "priya"), ("RAMAN", "priya"), ("ama", "priya"), ("solace.ex", "priya"), ("0161", None),
        ("+44 161 496", "priya"), ("durr", "dürr"), ("Dürr", "dürr"), ("amelie d", "dürr"), ("宮崎", "miyazaki"),
        ("100%", "percent"), ("n_b", "percent"), ("zzzz", None), ("  ", None), ("a_b", None), ("\\", None),
    ],
)  # fmt: skip
def test_found_by_a_part(maya: Viewer, cast: dict[str, Person], words: str, whom: str | None) -> None:
    found = find(maya, words)
    assert [one.id for one in found.people] == ([cast[whom].id] if whom else [])
    assert not found.is_guess


@pytest.mark.parametrize("slip", ["pryia", "prya", "priyaa", "priya ramen", "Rahman", "amelei"])
def test_a_slip_is_guessed(maya: Viewer, cast: dict[str, Person], slip: str) -> None:
    found = find(maya, slip)
    assert found.is_guess
    assert [one.id for one in found.people] == [cast["dürr" if "amel" in slip else "priya"].id]


def test_nobody_is_guessed_from_a_distance(maya: Viewer, cast: dict[str, Person]) -> None:
    assert find(maya, "prometheus").people == ()


def test_the_closest_comes_first_with_where_they_are(by: By, maya: Viewer, django_assert_max_num_queries: Any) -> None:
    for name in ("Anna Priyanka", "Spriya", "Priya", "Priya Raman"):
        somebody(by, name, organization="Solace", title="Head")
    with django_assert_max_num_queries(4):
        found = find(maya, "priya", limit=3).people
    assert [one.name for one in found] == ["Priya", "Priya Raman", "Anna Priyanka"]
    assert found[0].station is not None
    assert found[0].station.organization == "Solace"


def test_neighbours_are_never_found(maya: Viewer, cast: dict[str, Person], other_workspace: Any) -> None:
    enter(other_workspace.id)
    assert find(maya, "priya").people == ()
    with pytest.raises(NotFound):
        open_person(maya, cast["priya"].id)


def test_a_guest_sees_home_and_whom_they_met(by: By, maya: Viewer, now: datetime, cast: dict[str, Person]) -> None:
    ben = somebody(by, "Ben", email="ben@fernhill.example")
    read(now, mail("hello", "ben@fernhill.example", ["priya@solace.example"]))
    guest = replace(maya, role="guest", person_id=ben.id)
    assert set(visible_to(guest)) == {cast["priya"], ben, Person.objects.get(id=maya.person_id)}
    assert find(guest, "amelie").people == ()
    with pytest.raises(NotFound):
        open_person(guest, cast["dürr"].id)
    assert open_person(guest, maya.person_id).handles == ()
    assert {one.value for one in open_person(guest, ben.id).handles} == {"ben@fernhill.example"}


def test_groups_count_whom_one_may_see(by: By, maya: Viewer, cast: dict[str, Person]) -> None:
    for name in ("priya", "dürr"):
        tag(by, cast[name].id, "gardener")
    assert [(one.name, one.people) for one in tags_in_use(maya)] == [("gardener", 2)]
    assert {(one.name, one.people) for one in organizations_in_use(maya)} >= {("Solace", 1), ("Fernhill", 1)}
    ben = somebody(by, "Ben", email="ben@fernhill.example")
    assert tags_in_use(replace(maya, role="guest", person_id=ben.id)) == ()


def test_opening_takes_a_bounded_number_of_queries(
    by: By, maya: Viewer, cast: dict[str, Person], django_assert_max_num_queries: Any
) -> None:
    for word in ("a", "b", "c"):
        tag(by, cast["priya"].id, word)
    with django_assert_max_num_queries(7):
        open_person(maya, cast["priya"].id)
