"""What lists of people go by: the family name, as its script has it, unless somebody says otherwise."""

from __future__ import annotations

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.people.editing import edit_person
from rapport.people.models import Person
from rapport.people.splitting import as_in_name, parts_of

from .people import somebody


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Priya Raman", "raman, priya"),
        ("José María García", "garcia, jose maria"),
        ("Vincent van Gogh", "van gogh, vincent"),
        ("Leonardo da Vinci", "da vinci, leonardo"),
        ("Anna von der Leyen", "von der leyen, anna"),
        ("Лев Толстой", "толстои, лев"),
        ("李 小龍", "李 小龍"),
        ("김 민준", None),
        ("สมชาย ใจดี", None),
        ("Madonna", "madonna"),
        ("Liu Hongming (Alan)", "hongming, liu alan"),
        ("Rosa Álvarez [Quayside]", "alvarez, rosa quayside"),
        ("Robert Downey Jr.", "downey, robert jr."),
        ("Ann van Dyke, Ph.D.", "van dyke, ann ph.d."),
        ("(Alan)", "(alan)"),
        ("Maya (Fernhill)", "maya, fernhill"),
        ("Dr. Anna Berg", "berg, anna dr."),
        ("Jo Roe MBA", "roe, jo mba"),
        ("Smith, John, Jr.", "smith, john jr."),
        ("Jane van der Berg née Jones", "van der berg, jane jones"),
        ("Иванов Иван Иванович", "иванов, иван иванович"),
        ("Van", "van"),
    ],
)
def test_by_the_family_name_where_the_script_writes_it_last(by: By, name: str, listed: str | None) -> None:
    person = somebody(by, name)
    assert person.listed_by == (person.sort_name if listed is None else listed)


def test_what_somebody_says_wins_and_can_be_taken_back(by: By) -> None:
    person = somebody(by, "Park Ji-sung")
    done = edit_person(by, person.id, listed_as="Park, Ji-Sung")
    assert Person.objects.get(id=person.id).listed_by == "park, ji-sung"
    edit_person(by, person.id, name="Park Jisung")
    assert Person.objects.get(id=person.id).listed_by == "park, ji-sung"  # what was said stays
    undo(by.viewer, done.journal_id, by.now)
    assert Person.objects.get(id=person.id).listed_by == "jisung, park"


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("David A. Abramovich", "Abramovich"),
        ("Milan Milutin Petrovich", "Petrovich"),
        ("Ana Maria Ivanovich", "Ivanovich"),
        ("Ivanov Ivan Ivanovich", "Ivanov"),
        ("Иванов Иван Иванович", "Иванов"),
    ],
)
def test_a_fathers_name_turns_only_who_writes_the_family_first(name: str, family: str) -> None:
    assert parts_of(name).family == family


@pytest.mark.parametrize(
    ("folded", "name", "shown"),
    [
        ("mussigbrodt-ozturk, jorg", "Jörg Müßigbrodt-Öztürk", "Müßigbrodt-Öztürk, Jörg"),
        ("park, ji-sung", "Ji-Sung Park", "Park, Ji-Sung"),
        ("somebody else", "Priya Raman", "somebody else"),
        ("o'neill, robert bob", 'Robert "Bob" O\'Neill', "O'Neill, Robert Bob"),
        ("berg, anna (nee holm)", "Anna Berg (née Holm)", "Berg, Anna (née Holm)"),
        ('raman "pri"', "“Pri” Raman", 'Raman "Pri"'),
        ("", "Priya Raman", ""),
    ],
)
def test_what_lists_go_by_is_shown_as_the_name_is_written(folded: str, name: str, shown: str) -> None:
    assert as_in_name(folded, name) == shown
