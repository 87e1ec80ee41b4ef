"""Who is called so comes closest first, each once, whichever the pages: compared with everybody, put in order here."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.rows import ask, current_workspace
from rapport.kit.pages import cursor_of
from rapport.kit.trouble import Trouble
from rapport.people.editing import add_handle
from rapport.people.models import Handle, Person
from rapport.people.searching import called, needle_for
from rapport.people.visible import visible_to
from rapport.relationships.listing import how_many, list_people
from tests.people.people import somebody

GIVEN = ["Ana", "Anan", "Bana", "Mara", "Ro-Ana", "Änne", "宮崎", "A_a", "O%a"]
FAMILY = ["Anand", "Berg", "da Ana", "Banana", "Ana", "Marek", "Å", "A.A"]
WORDS = ["a", "an", "ana", "ana b", "anand, a", "mar", "b", "berg", "宮", "a_", "%", "a.a", "an@", "x", "zzz", "å"]
NOBODY = UUID(int=0)


@pytest.fixture
def many(by: By) -> list[Person]:
    """Sixty people whose names and addresses hold one another's."""
    chance, people = random.Random(31), list[Person]()
    for n in range(60):
        name = " ".join(filter(None, [chance.choice(GIVEN), chance.choice(["", *FAMILY])]))
        place = chance.choice(["", "", "Anana Works", "Solace"])
        person = somebody(by, name, organization=place, email=f"{chance.choice(['ana', 'an', 'b', 'x'])}.{n}@x.example")
        if chance.random() < 0.4:
            add_handle(by, person.id, "email", f"{chance.choice(['ana', 'mar', 'a'])}{n}@y.example")
        people.append(person)
    somebody(by, "Exactly One", email="ana@x.example")
    return people


def in_order(viewer: Viewer, words: str) -> list[str]:
    """The names of those who are called so, as they must come."""
    needle = needle_for(viewer, words)

    def place(one: Person) -> tuple[int, str, str]:
        emails = sorted(
            value
            for value in Handle.objects.filter(person=one, kind="email").values_list("value", flat=True)
            if value.startswith(needle)
        )
        if one.listed_by.startswith(needle):
            return 0, one.listed_by, str(one.id)
        if one.sort_name.startswith(needle):
            return 1, one.sort_name, str(one.id)
        return (2, emails[0], str(one.id)) if emails else (3, one.listed_by, str(one.id))

    people = sorted(visible_to(viewer).filter(called(viewer, words)), key=place)
    return [one.name for one in people]


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_each_comes_once_and_in_order(many: list[Person], maya: Viewer, now: datetime, limit: int) -> None:
    for words in (*WORDS, "ana@x.example"):
        found, cursor = list[str](), None
        while True:
            page = list_people(maya, now, q=words, cursor=cursor, limit=limit)
            found += [one.name for one in page.rows]
            cursor = page.next
            if cursor is None:
                break
        expected = in_order(maya, words)
        if expected:  # else others are guessed
            assert found == expected, words
            assert how_many(maya, now, q=words) == len(expected)


def test_what_lists_go_by_finds_too(by: By, maya: Viewer, now: datetime) -> None:
    somebody(by, "Priya Raman")
    somebody(by, "Ramana Prior")
    assert [one.name for one in list_people(maya, now, q="Raman, P").rows] == ["Priya Raman"]
    assert [one.name for one in list_people(maya, now, q="raman").rows] == ["Priya Raman", "Ramana Prior"]


@pytest.mark.parametrize("key", [["name", "a"], ["closest", ""], ["closest", "7a"], ["closest", "xa"], ["known", "0a"]])
def test_a_page_mark_of_another_list_is_refused(by: By, maya: Viewer, now: datetime, key: list[str]) -> None:
    somebody(by, "Ana")
    with pytest.raises(Trouble, match="page mark"):
        list_people(maya, now, q="ana", cursor=cursor_of([*key, str(maya.person_id)]))
    with pytest.raises(Trouble, match="page mark"):
        list_people(maya, now, cursor=cursor_of(["closest", "0a", str(maya.person_id)]))


def all_others(words: str) -> list[tuple[str, UUID]]:
    """Of those who are called so those who are not closer, read in one go."""
    return ask("SELECT key, person_id FROM people_called_anyhow(%s, '', %s, 20000, NULL)", [words, NOBODY])  # type: ignore[return-value]


def test_along_the_names_the_same_are_met(many: list[Person], maya: Viewer) -> None:
    for words in WORDS:
        needle = needle_for(maya, words)
        along = ask("SELECT key, person_id FROM people_along_names(%s, '', %s, 1000, 1000)", [needle, NOBODY])
        assert along == all_others(needle), words
        few = ask("SELECT key, person_id FROM people_called_anyhow(%s, '', %s, 1000, 2)", [needle, NOBODY])
        assert few == [(None, None)] or few == along, words


@pytest.mark.parametrize(("others", "behind"), [(10_040, ""), (30, "z")])
def test_a_part_thousands_have_gives_the_same_pages(maya: Viewer, now: datetime, others: int, behind: str) -> None:
    """Where the page is filled along the names, and where nearly all who are called so are closer."""
    _make("'b' || n || ' ' || substr(md5(n::text), 1, 3) || 'ana'", 10_040 - others, first="ana ")
    _make(f"'{behind}' || substr(md5(n::text), 1, 5) || ' banana'", others)
    found, cursor = list[UUID](), cursor_of(["closest", "3", str(NOBODY)])
    for _ in range(3):
        page = list_people(maya, now, q="ana", cursor=cursor, limit=20)
        found += [one.id for one in page.rows]
        cursor = page.next or ""
        if not cursor:
            break
    assert found == [one for _key, one in all_others("ana")][: len(found)]
    assert len(found) == min(60, others)


def _make(name: str, many: int, first: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO person (workspace_id, id, name, sort_name, filed_as, name_rank, said, pronouns, time_zone,"
            " language, is_home, do_not_contact, portrait, touched_by_hand, made_at) "
            f"SELECT %s, gen_random_uuid(), u.name, u.name, '', 2, '', '', '', '', false, false, '', false, now() "
            f"FROM (SELECT %s || {name} AS name FROM generate_series(1, %s) AS n) AS u",
            [current_workspace(), first, many],
        )
