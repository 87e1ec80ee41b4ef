"""Who is written with an umlaut or a Scandinavian letter is found by two letters too, and the other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import psycopg
import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.rows import ask, enter
from rapport.kit.postgres import Addresses
from rapport.kit.text import db_text, spelt_out
from rapport.people.searching import find
from rapport.relationships.listing import how_many, list_people
from rapport.relationships.organizations import OrganizationFilter, list_organizations

from .people import somebody

PAIRS = [
    ("Anna Müller", "Anna Mueller"), ("Ole Straße", "Ole Strasse"), ("Gül Özdemir", "Guel Oezdemir"),
    ("Kåre Skår", "Kaare Skaar"), ("Søren Bjørn", "Soeren Bjoern"), ("Ærøe", "Aeroee"), ("José Böhm", "Jose Boehm"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_spellings_find_both(by: By, maya: Viewer, now: datetime, one: str, other: str) -> None:
    both = {somebody(by, one).id, somebody(by, other).id}
    somebody(by, "Ben Moss")
    for words in (one, other, one.upper(), other.lower(), one[:-1], other.split()[-1], one.split()[0]):
        found = find(maya, words)
        assert ({line.id for line in found.people}, found.is_guess) == (both, False), words
        assert {line.id for line in list_people(maya, now, q=words).rows} == both, words
        assert {line.id for line in list_people(maya, now, q=words, sort="strength").rows} == both, words
        assert how_many(maya, now, q=words) == 2, words


MUELLERS = {"Anna Müller", "Anna Mueller"}


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("Mueller Anna", MUELLERS), ("Müller, Anna", MUELLERS), ("Mueller, An", MUELLERS), ("anna, muel", MUELLERS),
        ("muller", {"Anna Müller"}), ("jue", {"Jürgen"}), ("oe", {"Öz", "Oe Ek"}),
        ("ö", {"Öz", "Oe Ek", "Olaf", "Jo", "Maya Okafor"}),
    ],
)  # fmt: skip
def test_in_any_order_and_by_one_letter(by: By, maya: Viewer, words: str, whom: set[str]) -> None:
    for name in ("Anna Müller", "Anna Mueller", "Öz", "Oe Ek", "Olaf", "Jürgen"):
        somebody(by, name)
    somebody(by, "Jo", email="oslo@x.example")
    assert {one.name for one in find(maya, words).people} == whom


def test_two_letters_that_stand_for_none_find_nobody_else(by: By, maya: Viewer) -> None:
    """Joel is no Jölanda, and Michael no Michal."""
    for name in ("Joel", "Jolanda", "Michael", "Michal", "Sue", "Susan"):
        somebody(by, name)
    for name in ("Joel", "Michael", "Sue"):
        assert [one.name for one in find(maya, name).people] == [name]


def test_as_it_was_typed_comes_first(by: By, maya: Viewer, now: datetime) -> None:
    for name in ("Müller", "Mueller", "Obermueller"):
        somebody(by, name)
    assert [one.name for one in find(maya, "mueller").people] == ["Mueller", "Müller", "Obermueller"]
    assert [one.name for one in find(maya, "müller").people] == ["Müller", "Mueller", "Obermueller"]
    assert list_people(maya, now, q="müller").rows[0].name == "Müller"


def test_each_comes_once_whichever_the_page(by: By, maya: Viewer, now: datetime) -> None:
    somebody(by, "Ida Müller-Mueller", email="mueller@x.example", organization="Mueller & Müller")
    for n in range(7):
        somebody(by, f"{n} Müller", organization="Mueller Bau" if n % 2 else "")
        somebody(by, f"{n} Mueller", email=f"muller{n}@x.example" if n % 3 else "")
    for words in ("müller", "mueller"):
        found, cursor = list[str](), None
        while True:
            page = list_people(maya, now, q=words, cursor=cursor, limit=3)
            found += [one.name for one in page.rows]
            cursor = page.next
            if cursor is None:
                break
        assert sorted(found) == sorted({*found})
        assert len(found) == how_many(maya, now, q=words) == 15


def test_organizations_are_spelt_out_too(by: By, maya: Viewer, now: datetime) -> None:
    here, there = somebody(by, "Ann", organization="Müller GmbH"), somebody(by, "Ben", organization="Mueller AG")
    for words in ("mueller", "Müller", "MÜLL"):
        assert {one.id for one in find(maya, words).people} == {here.id, there.id}
        places = list_organizations(maya, now, OrganizationFilter(q=words)).rows
        assert {one.name for one in places} == {"Müller GmbH", "Mueller AG"}


def test_neighbours_and_whom_a_guest_never_met_stay_unseen(by: By, maya: Viewer, other_workspace: Any) -> None:
    somebody(by, "Anna Müller")
    assert find(replace(maya, role="guest"), "mueller").people == ()
    enter(other_workspace.id)
    there = replace(maya, workspace_id=other_workspace.id)
    assert find(there, "mueller").people == find(there, "mueller anna").people == ()


@pytest.mark.parametrize("name", ["Ä", "ǞÅÆØÖÜ", "Mu\u0308ller", "Straße Öl", "  Jürgen\u00a0 Ek ", "É. Ölé", "GROẞ Ö"])
def test_the_database_spells_as_we_do(db: None, name: str) -> None:
    assert ask("SELECT spelt_out(%s)", [db_text(name)]) == [(spelt_out(name),)]


def test_an_index_finds_them(db: None, addresses: Addresses) -> None:
    with psycopg.connect(addresses.owner) as owner:
        owner.execute("SET enable_seqscan = off")
        for table in ("person", "organization"):
            asked = f"EXPLAIN SELECT FROM {table} WHERE workspace_id = gen_random_uuid() AND spelt_out(name) LIKE %s"
            assert f"{table}_spelt_out" in str(owner.execute(asked, ["%mueller%"]).fetchall())
