"""A log line that cannot be kept says what to type instead."""

from __future__ import annotations

import pytest

from rapport.kit.trouble import Trouble
from tests.care.conftest import History

from .conftest import Type


def _refused(typed: Type, *words: str) -> str:
    trouble = typed(*words).exception
    assert isinstance(trouble, Trouble)
    return trouble.sentence


def test_two_of_one_name_are_listed_with_what_tells_them_apart(typed: Type, history: History) -> None:
    one, other = history.person("Atsushi Nemoto"), history.person("Atsushi Nemoto")
    said = _refused(typed, "log", "called atsushi nemoto, budget is fine")
    assert said.startswith("More than one person may be meant by “atsushi nemoto”. Say which.")
    assert f"{one}  Atsushi Nemoto" in said
    assert f"{other}  Atsushi Nemoto" in said
    assert "--with" in said
    kept = typed("log", "called atsushi nemoto, budget is fine", "--with", str(other)).stdout
    assert kept.startswith("  Call with Atsushi Nemoto, today: budget is fine")


def test_of_a_stranger_it_says_that_and_how_to_add_them(typed: Type) -> None:
    said = _refused(typed, "log", "called xenophon")
    assert said.startswith("Nobody here is called “xenophon”. Add them first")
    assert 'rapport do people.add name="xenophon"' in said
    typed("do", "people.add", "name=Xenophon")
    assert "Call with Xenophon" in typed("log", "called xenophon").stdout


def test_a_line_without_a_name_says_how_to_name_somebody(typed: Type) -> None:
    assert "--with NAME" in _refused(typed, "log", "had coffee")


def test_an_empty_line_says_what_to_write(typed: Type) -> None:
    assert _refused(typed, "log", "") == (
        "Write one sentence about what happened, such as “called Priya 10 min, rota works”."
    )


@pytest.mark.usefixtures("priya")
def test_a_plan_is_said_to_be_one_even_where_a_word_is_no_name(typed: Type) -> None:
    assert "not happened yet" in _refused(typed, "log", "will call priya on friday")
