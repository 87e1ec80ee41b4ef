"""A salutation before a surname is no name: somebody of that surname is meant."""

from __future__ import annotations

from uuid import UUID

import pytest

from rapport.interactions.saying import Candidate, settle

from .test_saying import CAST, understood

SABINE = Candidate(UUID(int=21), "Sabine Weiß", "Gasthof Seeblick", 30)
NAGEL = Candidate(UUID(int=22), "Jürgen Nagel", "", 30)
VOGEL = Candidate(UUID(int=23), "Anna Vogel", "", 30)
SMITH = Candidate(UUID(int=24), "John Smith", "", 30)
HARTMANN = Candidate(UUID(int=25), "Dr. Peter Hartmann", "", 30)
DUPONT = Candidate(UUID(int=26), "Claire Dupont", "", 30)
PETERS = Candidate(UUID(int=27), "Ulla Peter", "", 10)
PETER = Candidate(UUID(int=28), "Peter Novak", "", 90)
HEIDE = Candidate(UUID(int=29), "Ute von der Heide", "", 10)
KNOWN = [*CAST, SABINE, NAGEL, VOGEL, SMITH, HARTMANN, DUPONT, PETERS, PETER, HEIDE]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mit Frau Weiß telefoniert", SABINE),
        ("mit frau weiß telefoniert", SABINE),
        ("Mit Fr. Weiß telefoniert, Angebot besprochen", SABINE),
        ("Frau Weiß angerufen", SABINE),
        ("Herrn Nagel angerufen", NAGEL),
        ("Telefonat mit Herrn Nagel", NAGEL),
        ("called Ms Vogel", VOGEL),
        ("called Ms. Vogel, budget is fine", VOGEL),
        ("Mr Smith rang me", SMITH),
        ("Mittagessen mit Herrn Dr. Hartmann", HARTMANN),
        ("met Prof. Dr. Hartmann yesterday", HARTMANN),
        ("appelé Mme Dupont", DUPONT),
        ("appelé M. Dupont", DUPONT),
        ("Herrn Peter angerufen", PETERS),
        ("Frau Ulla Peter angerufen", PETERS),
        ("Mit Frau von der Heide telefoniert", HEIDE),
        ("Frau Weiß mag Blumen", SABINE),
    ],
)
def test_somebody_of_that_surname_is_meant(text: str, who: Candidate) -> None:
    settled = settle(understood(text), KNOWN)
    assert (settled.people, settled.unclear) == ((who.id,), ())


def test_of_several_of_that_surname_one_is_asked_about() -> None:
    other = Candidate(UUID(int=40), "Karl Weiß", "", 60)
    settled = settle(understood("Mit Frau Weiß telefoniert"), [*KNOWN, other])
    (unclear,) = settled.unclear
    assert (unclear.words, unclear.choices) == ("Weiß", (other, SABINE))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mit Frau Dr. Wagenknecht telefoniert", ["Wagenknecht"]),
        ("called Mr. Adeyemi and Mrs Adeyemi", ["Adeyemi", "Adeyemi"]),
        ("Herr und Frau Adeyemi getroffen", ["Adeyemi"]),
        ("met Dana, Ms Vogel and Wei Chen for lunch", ["Dana", "Vogel", "Wei Chen"]),
        ("Mit Ahmet essen gewesen am Donnerstag", ["Ahmet"]),
        ("Bin mit Ahmet Kaffee trinken gewesen", ["Ahmet"]),
        ("Mit Dana und Jonas essen gegangen", ["Dana", "Jonas"]),
    ],
)
def test_nobody_new_is_called_by_a_salutation_or_a_verb(text: str, names: list[str]) -> None:
    settled = settle(understood(text), KNOWN)
    assert [one.words for one in settled.meant] == names


def test_a_point_behind_a_title_ends_no_sentence_and_any_other_does() -> None:
    assert understood("called Ms. Vogel. She moves in May").note == "She moves in May"
    assert understood("met the doctor. She moves in May").note == "She moves in May"
