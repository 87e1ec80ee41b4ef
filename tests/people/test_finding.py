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
from rapport.people.editing import add_handle, set_affiliation, tag
from rapport.people.exporting import rows_of
from rapport.people.groups import organizations_in_use, tags_in_use
from rapport.people.models import Person
from rapport.people.opening import open_person
from rapport.people.searching import MOST_FOUND, find, found_by
from rapport.people.visible import visible_to
from rapport.relationships.listing import Sort, how_many, list_people

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
        ("j.r", {"J.R. Berg", "Jan"}),
        ("j0r", {"Jo", "J0R Ek"}),
        ("jan@x", {"Jan"}),
        ("r@x.ex", {"Jan", "Jo"}),
        ("n1x0example", set()),
        (".r@", {"Jan"}),
    ],
)
def test_dots_and_signs_count(by: By, maya: Viewer, words: str, whom: set[str]) -> None:
    """The index puts digits in their place: what it finds is compared once more."""
    somebody(by, "J.R. Berg")
    somebody(by, "J0R Ek")
    jan = somebody(by, "Jan", email="j.r@x.example")
    add_handle(by, jan.id, "email", "jan@x.example")
    somebody(by, "Jo", email="j0r@x.example")
    assert {one.name for one in find(maya, words).people} == whom


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("priya", "priya"), ("RAMAN", "priya"), ("ama", "priya"), ("solace.ex", "priya"), ("0161", "priya"),
        ("0999", None), ("+44 161 496", "priya"), ("durr", "dürr"), ("Dürr", "dürr"), ("amelie d", "dürr"),
        ("宮崎", "miyazaki"),
        ("100%", "percent"), ("n_b", "percent"), ("zzzz", None), ("  ", None), ("a_b", None), ("\\", None),
    ],
)  # fmt: skip
def test_found_by_a_part(maya: Viewer, cast: dict[str, Person], words: str, whom: str | None) -> None:
    found = find(maya, words)
    assert [one.id for one in found.people] == ([cast[whom].id] if whom else [])
    assert not found.is_guess


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("raman priya", "priya"), ("Raman, Pri", "priya"), ("durr amelie", "dürr"), ("amelie aurora", "dürr"),
        ("aurora dürr", "dürr"), ("au am", "dürr"), ("baü 100%", None),
        ("garten 100%", "percent"), ("aman priya", None),
        ("priya aurora", None), ("raman raman", None),
    ],
)  # fmt: skip
def test_found_by_words_in_another_order_and_by_where_they_are(
    maya: Viewer, cast: dict[str, Person], words: str, whom: str | None, now: datetime
) -> None:
    found = find(maya, words)
    if whom is None:
        assert found.is_guess or not found.people
        return
    assert ([one.id for one in found.people], found.is_guess) == ([cast[whom].id], False)
    assert [one.id for one in list_people(maya, now, q=words).rows] == [cast[whom].id]
    assert how_many(maya, now, q=words) == 1


def test_what_is_found_as_it_was_typed_stays_what_is_found(by: By, maya: Viewer) -> None:
    typed = somebody(by, "Rossi Marta")
    somebody(by, "Marta Rossi")
    assert [one.id for one in find(maya, "rossi marta").people] == [typed.id]


def test_neighbours_are_not_found_by_words_either(by: By, maya: Viewer, other_workspace: Any) -> None:
    somebody(by, "Marta Rossi", organization="Acme")
    enter(other_workspace.id)
    there = replace(maya, workspace_id=other_workspace.id)
    assert find(there, "rossi marta").people == find(there, "marta acme").people == ()


def test_where_somebody_was_they_are_not_found_by_words(by: By, maya: Viewer) -> None:
    marta = somebody(by, "Marta Rossi", organization="Acme")
    set_affiliation(by, marta.id, "Borealis", "")
    assert find(maya, "marta acme").people == ()
    assert [one.id for one in find(maya, "borealis rossi").people] == [marta.id]


@pytest.mark.parametrize(
    ("words", "whom"),
    [("p", "priya"), ("ra", "priya"), ("d", "dürr"), ("au", "dürr"), ("10", "percent"), ("健", "miyazaki"),
     ("ki", None), ("ya", None), ("%", None), ("_", None)],
)  # fmt: skip
def test_one_or_two_letters_are_looked_for_where_words_begin(
    maya: Viewer, cast: dict[str, Person], words: str, whom: str | None, now: datetime
) -> None:
    assert whom is None or cast[whom].id in [one.id for one in find(maya, words).people]
    assert {one.id for one in find(maya, words).people} == {one.id for one in list_people(maya, now, q=words).rows}
    if whom is None:
        assert find(maya, words).people == ()


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


def test_found_by_where_they_are_now(by: By, maya: Viewer, cast: dict[str, Person]) -> None:
    """Amélie is at Aurora, where Kenji is, too; once she is elsewhere Aurora finds her no more."""
    assert {one.name for one in find(maya, "auror").people} == {"Amélie Dürr", "宮崎 健二"}
    set_affiliation(by, cast["dürr"].id, "Moss & Sons", "Partner")
    assert [one.id for one in find(maya, "s & s").people] == [cast["dürr"].id]
    assert [one.name for one in find(maya, "auror").people] == ["宮崎 健二"]


def test_who_is_called_so_comes_before_who_works_there(by: By, maya: Viewer) -> None:
    somebody(by, "Ben", organization="Aurora")
    somebody(by, "Aurora Ek")
    assert [one.name for one in find(maya, "aurora").people] == ["Aurora Ek", "Ben"]


def test_a_guest_finds_by_place_but_not_by_address(by: By, maya: Viewer, now: datetime) -> None:
    priya = somebody(by, "Priya Raman", email="hello@solace.example", organization="Moss & Sons")
    ben = somebody(by, "Ben", email="ben@fernhill.example")
    read(now, mail("hello", "ben@fernhill.example", ["hello@solace.example"]))
    guest = replace(maya, role="guest", person_id=ben.id)
    assert [one.id for one in find(guest, "moss").people] == [priya.id]
    assert [one.id for one in people_found(guest, "moss")] == [priya.id]
    assert find(guest, "hello@").people == ()
    assert list(people_found(guest, "hello@")) == []


def people_found(viewer: Viewer, words: str) -> Any:
    """As lists ask."""
    return visible_to(viewer).filter(found_by(viewer, words))


def test_lists_count_all_who_are_found(by: By, maya: Viewer, now: datetime) -> None:
    """More than the palette looks at: the total is what all pages together hold."""
    many = MOST_FOUND + 5
    Person.objects.bulk_create(
        Person(workspace_id=maya.workspace_id, name=f"Ana {n}", sort_name=f"ana {n}", made_at=now) for n in range(many)
    )
    assert how_many(maya, now, q="ana ") == many
    sorts: tuple[Sort, ...] = ("name", "last", "strength")
    for sort in sorts:
        page = list_people(maya, now, q="ana ", sort=sort)
        assert len(page.rows) == 50
        assert {one.id for one in list_people(maya, now, q="ana ", sort=sort, cursor=page.next).rows}.isdisjoint(
            one.id for one in page.rows
        )
    assert how_many(maya, now, q="  ") == how_many(maya, now)
    assert how_many(maya, now, q="zzzz") == 0


def test_tags_go_by_their_letters_and_not_by_their_case(by: By, maya: Viewer, cast: dict[str, Person]) -> None:
    for word in ("zebra", "Beta", "alpha", "Zoo"):
        tag(by, cast["priya"].id, word)
    sorted_so = ["alpha", "Beta", "zebra", "Zoo"]
    assert [one.name for one in tags_in_use(maya)] == sorted_so
    assert [one.word for one in open_person(maya, cast["priya"].id).tags] == sorted_so
    assert list(rows_of([cast["priya"].id])[0].tags) == sorted_so


def test_a_figure_is_looked_for_as_it_is_written(by: By, maya: Viewer, now: datetime) -> None:
    """A sign before it makes no telephone number of it."""
    minus, nought, version = somebody(by, "-1.00"), somebody(by, "0.00"), somebody(by, "0.0.1")
    somebody(by, "-1/2")
    assert [one.id for one in list_people(maya, now, q="-1.00").rows] == [minus.id]
    assert [one.id for one in list_people(maya, now, q="0.00").rows] == [nought.id]
    assert [one.id for one in list_people(maya, now, q="0.0.1").rows] == [version.id]
