"""Every example number of libphonenumber's metadata, in each way it is written, is the same handle."""

from __future__ import annotations

import csv
import os
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.accounts.acting import By
from rapport.channels.cards.vcf import parse_card
from rapport.channels.sightings import ReadingOptions
from rapport.channels.tables.csv import parse_table
from rapport.kit.phones import number_of
from rapport.kit.trouble import Conflict
from rapport.people.editing import add_person
from rapport.people.models import Handle
from rapport.people.searching import find

from .phones import Example, examples, short_numbers

APART = Path(__file__).with_name("phones_apart.tsv")
MUTANTS = 20_000 if os.environ.get("RAPPORT_ACCEPT") else 300
BETWEEN = [" ", "-", ".", "/", " / ", "\N{NO-BREAK SPACE}", "\N{EN DASH}", ") ", "\N{ZERO WIDTH SPACE}", "\t", ""]


def _apart() -> dict[tuple[str, str], str]:
    """Numbers that are not one in all forms, by territory and kind, with the reason."""
    with APART.open(newline="") as file:
        return {(row["territory"], row["kind"]): row["reason"] for row in csv.DictReader(file, delimiter="\t")}


def _forms(one: Example) -> dict[str, tuple[str, str]]:
    """How it is written: the text, and the country it is understood in."""
    here = "" if one.territory == "001" else one.territory
    return {how: (text, here) for how, text in one.at_home} | {how: (text, "") for how, text in one.anywhere}


def test_a_number_is_the_same_in_all_its_forms(shared: Path) -> None:
    asked, agreed = Counter[str](), Counter[str]()
    missed: dict[tuple[str, str], int] = defaultdict(int)
    for one in examples(shared):
        for how, (text, country) in _forms(one).items():
            asked[how] += 1
            is_same = number_of(text, country) == number_of(one.international)
            agreed[how] += is_same
            missed[one.territory, one.kind] += not is_same
    for how, many in asked.items():
        print(f"{how:34}{agreed[how]:5} of {many:5}")
    print(f"{'in all':34}{agreed.total():5} of {asked.total():5}, {100 * agreed.total() / asked.total():.1f} %")
    assert agreed.total() / asked.total() >= 0.95
    assert {one for one, many in missed.items() if many} == set(_apart())
    assert all(len(reason) > 20 for reason in _apart().values())


def test_a_number_with_its_country_is_kept_as_the_world_dials_it(shared: Path) -> None:
    """But for Mexican mobiles, which had a 1 behind the country when this metadata was written."""
    other = {(one.territory, one.kind) for one in examples(shared) if number_of(one.international) != one.international}
    assert other == {("MX", "mobile")}


def test_a_short_number_is_kept_as_it_is_dialled(shared: Path) -> None:
    """Unless it is a whole number of that country too, or has fewer than three digits."""
    found = [(country, number, number_of(number, country)) for country, number in short_numbers(shared)]
    kept = [one for one in found if one[2] == one[1]]
    other = [one for one in found if one[2] != one[1] and len(one[1]) > 2]
    print(f"short numbers: {len(kept)} of {len(found)}; of three digits and more all but {len(other)}")
    assert other == []


@pytest.fixture(scope="module")
def written() -> list[Example]:
    """For mutating: the examples that are one in all forms, of countries."""
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    apart = _apart()
    return [one for one in examples(SHARED) if one.territory != "001" and (one.territory, one.kind) not in apart]


@settings(max_examples=MUTANTS, deadline=None)
@given(data=st.data())
def test_however_its_digits_are_parted(written: list[Example], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(written))
    chance = random.Random(data.draw(st.integers()))
    parted = "".join(digit + (chance.choice(BETWEEN) if chance.random() < 0.4 else "") for digit in one.international)
    assert number_of(parted.strip(" ./-"), "") == number_of(one.international)


@settings(max_examples=MUTANTS, deadline=None)
@given(text=st.text(max_size=80), country=st.sampled_from(["", "GB", "US", "MX", "IT", "KI"]))
def test_whatever_is_written_nothing_breaks(text: str, country: str) -> None:
    number = number_of(text, country)
    assert number == "" or (len(number) <= 40 and number_of(number, country) == number)


@pytest.mark.django_db
def test_a_number_reaches_the_same_person_through_every_door(by: By, shared: Path) -> None:
    """By hand, on a card and in a table, written as at home in each; found by any part of it."""
    here = [one for one in examples(shared) if one.territory == "FR"] or list(examples(shared))[:8]
    zone = ReadingOptions(time_zone={"FR": "Europe/Paris"}.get(here[0].territory, "Europe/London"))
    for number, one in enumerate(here):
        at_home, anywhere = dict(one.at_home)["with slashes"], dict(one.anywhere)["international, spaced"]
        card = parse_card(f"BEGIN:VCARD\nFN:Nia\nTEL:{at_home}\nEND:VCARD\n".encode(), zone).cards[0]
        row = parse_table(f"Name,Phone\nNia,{at_home}\n".encode(), zone).cards[0]
        add_person(by, f"Nia {number}", phone=anywhere)
        kept = Handle.objects.get(value=one.international)
        assert {card.addresses[0].value, row.addresses[0].value} == {one.international}
        assert [match.id for match in find(by.viewer, anywhere).people] == [kept.person_id]


@pytest.mark.django_db
def test_a_number_of_home_is_one_with_and_without_its_country(by: By) -> None:
    """Maya lives in London: there 0 stands for +44, in what she types, looks for and gives to another."""
    nia = add_person(by, "Nia", phone="020 7946 0123").person_id
    assert Handle.objects.get(person_id=nia).value == "+442079460123"
    for typed in ("020 7946 0123", "+44 20 7946 0123", "7946 0123", "0207 946", "0044 20 7946 0123"):
        assert [match.id for match in find(by.viewer, typed).people] == [nia], typed
    with pytest.raises(Conflict):
        add_person(by, "Nia", phone="+44 (0)20 7946 0123")
    zoe = add_person(by, "Zoe", phone="+44 (0)20 7946 0123").person_id
    assert {match.id for match in find(by.viewer, "020 7946 0123").people} == {nia, zoe}
