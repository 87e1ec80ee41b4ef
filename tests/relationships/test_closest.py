"""Who is called so comes closest first, each once, whichever the pages: compared with everybody, put in order here."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
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
