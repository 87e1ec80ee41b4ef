"""`rapport why` reads like an answer: each thing is said once, and the rows add up."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from rapport.doors.cli.reading import _show_why
from rapport.doors.operations.explaining import explanation
from rapport.doors.operations.shapes import figures
from rapport.relationships.engine import fold, judge
from tests.chronicles.telling import on, told

TALK = told("every 21 days from 2024-01-01 until 2025-09-30 Ana → Bo mail") + told(
    "every 21 days from 2024-01-02 until 2025-09-30 Bo → Ana mail"
)


def shown(history: list[Any], capsys: pytest.CaptureFixture[str]) -> str:
    """What is printed of a pair with this history on 12 November 2025."""
    standing = judge(fold(history), on("2025-11-12"))
    bo = SimpleNamespace(name="Bo Lind", organization="Northwind")
    _show_why(SimpleNamespace(person=bo, figures=figures(standing), explanation=explanation(standing)))
    return capsys.readouterr().out


def test_each_thing_is_said_once_and_rows_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(TALK, capsys)
    who, sentence, *_rest = said.splitlines()
    assert who.startswith("Bo Lind, Northwind   ((")
    assert sentence.startswith("Light, and ")
    assert said.count("Light") == said.count("Quiet for 7 weeks.") == 1
    strength, alive = said.split("Is it still alive?")
    for part, total in ((strength, r"Strength (\d+) of 100"), (alive, r"(\d+)% likely")):
        whole = re.search(total, part)
        assert whole is not None
        assert sum(int(points) for points in re.findall(r"^ +([+-]\d+)  ", part, re.MULTILINE)) == int(whole[1])


def test_of_somebody_never_met_nothing_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown([], capsys).splitlines()[1:] == ["Not met yet."]
