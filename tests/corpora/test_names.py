"""Names in parts, against nameparser's table and names labelled by officials: what we call people and list them by."""

from __future__ import annotations

import csv
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.accounts.access import Viewer
from rapport.accounts.rows import current_workspace
from rapport.doors.web.glyphs import initials
from rapport.kit.text import fold
from rapport.people.models import Person
from rapport.people.splitting import AS_WRITTEN, _parser, _parts, called, filed_as, is_plain, parts_of

from .names import FIELDS, Parted, all_names, labelled, parted

APART = Path(__file__).with_name("names_apart.tsv")
LABELLED_APART = Path(__file__).with_name("labelled_apart.tsv")
MUTANTS = 20_000 if os.environ.get("RAPPORT_ACCEPT") else 200


def _reasons(path: Path) -> dict[str, str]:
    with path.open(newline="") as file:
        return {row["name"]: row["reason"] for row in csv.DictReader(file, delimiter="\t")}


def _seen(one: Parted) -> dict[str, str]:
    parts = parts_of(one.name, one.language)
    return {field: getattr(parts, field) for field in FIELDS if getattr(parts, field)}


def test_names_are_parted_as_in_nameparsers_table(shared: Path) -> None:
    cases = list(parted(shared))
    other = [one for one in cases if _seen(one) != one.parts]
    print(f"\nparted alike: {len(cases) - len(other)} of {len(cases)}, {100 - 100 * len(other) / len(cases):.1f} %")
    assert len(other) <= 0.05 * len(cases)
    reasons = _reasons(APART)
    assert {one.id for one in other} == set(reasons)
    assert all(len(reason) > 20 for reason in reasons.values())


def test_family_names_are_those_officials_labelled(shared: Path) -> None:
    cases = list(labelled(shared))
    other = [one for one in cases if fold(parts_of(one.name).family).strip(" ,.") != fold(one.parts["family"])]
    print(
        f"\nfamily names alike: {len(cases) - len(other)} of {len(cases)}, {100 - 100 * len(other) / len(cases):.1f} %"
    )
    assert len(other) <= 0.05 * len(cases)
    assert {one.name for one in other} == set(_reasons(LABELLED_APART))


@pytest.mark.django_db
def test_lists_go_by_the_family_name(maya: Viewer, shared: Path) -> None:
    """All of them in the database: what it keeps as their place in lists begins with the family name that is expected.

    Foreign names in Chinese, Japanese or Korean signs, and names of India and Thailand, stay as they are written.
    """
    reasons = _reasons(APART)
    cases = [one for one in parted(shared) if one.id not in reasons] + list(labelled(shared))
    cases = [one for one in cases if fold(one.parts.get("family", "")).strip(" ,.") and one.language == ""]
    kept = _kept([one.name for one in cases])
    other = [one.name for one in cases if not kept[one.name].startswith(fold(one.parts["family"]).strip(" ,."))]
    as_written = [name for name in other if re.search(AS_WRITTEN, fold(name))]
    print(f"\nlisted by the family name: {len(cases) - len(other)} of {len(cases)}; as written: {as_written}")
    assert len(other) <= 0.05 * len(cases)
    assert set(other) - set(as_written) <= set(_reasons(LABELLED_APART))


def _kept(names: list[str]) -> dict[str, str]:
    """Where the database puts each in lists."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    Person.objects.bulk_create(
        Person(workspace_id=current_workspace(), name=name, sort_name=fold(name), filed_as=filed_as(name), made_at=now)
        for name in names
    )
    return dict(Person.objects.values_list("name", "listed_by"))


def test_the_quick_way_parts_like_the_slow_one(shared: Path) -> None:
    plain = [name for name in all_names(shared) if is_plain(name)]
    assert len(plain) > 500
    assert [name for name in plain if _other(name)] == []


PLAIN_WORDS = st.text("abcdeéßøłźčğöжидяńαλ'-ABMOSVZ", min_size=1, max_size=9)


@settings(max_examples=MUTANTS * 5, deadline=None)
@given(st.lists(PLAIN_WORDS, min_size=1, max_size=5).map(" ".join))
def test_the_quick_way_parts_whatever_is_plain_like_the_slow_one(name: str) -> None:
    if is_plain(name):
        assert not _other(name)


def _other(name: str) -> bool:
    slow, quick = _parts(_parser("", False).parse(name)), parts_of(name)
    return any(getattr(slow, field) != getattr(quick, field) for field in FIELDS) or slow.core != quick.core


@settings(max_examples=MUTANTS * 5, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(" .,-'()\"abvdeJrPhDMß李김のé·・", max_size=40)))
def test_whatever_a_name_is_it_can_be_called_listed_and_drawn(name: str) -> None:
    called(name)
    assert len(initials(name)) <= 4  # ß, ŉ and the like become two
    filed = filed_as(name)
    assert filed == fold(filed)
    assert "\x00" not in filed


@pytest.mark.parametrize(
    ("name", "said", "drawn"),
    [
        ("Priya Raman", "Priya", "PR"), ("Dr. Anna Berg", "Anna", "AB"), ("Robert Downey Jr.", "Robert", "RD"),
        ("Raman, Priya", "Priya", "PR"), ("Smith, John, Jr.", "John", "JS"), ("Vincent van Gogh", "Vincent", "VG"),
        ("Jo Roe MBA", "Jo", "JR"), ("李 小龍", "李 小龍", "李小"), ("Иванов Иван Иванович", "Иван", "ИИ"),
        ("Madonna", "Madonna", "M"), ("Dr. Berg", "Dr. Berg", "B"), ("", "", ""),
    ],
)  # fmt: skip
def test_people_are_called_by_their_given_name(name: str, said: str, drawn: str) -> None:
    assert (called(name), initials(name)) == (said, drawn)
