"""What a shell is told when a word is finished: asked as bash and zsh ask, of the command itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from rapport.doors.cli import completing
from rapport.doors.operations.catalogue import catalogue

RAPPORT = Path(sys.executable).parent / "rapport"


def in_bash(*words: str) -> list[str]:
    """The answers to these words, the last of which is being typed; bash makes a word of each =."""
    asked = {"_RAPPORT_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run([RAPPORT], capture_output=True, text=True, env={**os.environ, **asked}, check=False)
    return done.stdout.split()


def in_zsh(line: str) -> str:
    """What zsh is told about a line."""
    asked = {"_RAPPORT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    return subprocess.run([RAPPORT], capture_output=True, text=True, env={**os.environ, **asked}, check=False).stdout


def words_of(annotation: Any) -> set[str]:
    """The words a field takes."""
    if isinstance(annotation, str):
        return {annotation} - {""}
    return set().union(*(words_of(one) for one in get_args(annotation)))


@pytest.mark.parametrize(
    ("operation", "field", "words"),
    [
        ("people.list", "sort", completing.SORTS),
        ("organizations.list", "sort", completing.SORTS),
        ("people.list", "strength", completing.STRENGTHS),
        ("people.list", "state", completing.STATES),
        ("people.list", "whose", completing.WHOSE),
        ("people.list", "kind", completing.OURS_OR_THEIRS),
        ("people.list", "coming", completing.COMING),
        ("people.export", "form", completing.FORMS),
        ("interactions.log", "kind", completing.KINDS),
    ],
)
def test_the_words_are_those_the_operations_take(operation: str, field: str, words: tuple[str, ...]) -> None:
    taken = words_of(catalogue()[operation].takes.model_fields[field].annotation) - {"not_scored"}
    assert set(words) == taken


def test_what_an_option_takes_is_offered() -> None:
    assert in_bash("rapport", "people", "--sort", "") == list(completing.SORTS)
    assert in_bash("rapport", "organizations", "--sort", "s") == ["strength"]
    assert in_bash("rapport", "people", "--state", "at") == ["at_risk"]


def test_operations_and_what_they_take_are_offered() -> None:
    assert in_bash("rapport", "do", "") == list(catalogue())
    assert in_bash("rapport", "do", "people.who") == ["people.who-knows"]
    assert in_bash("rapport", "do", "people.list", "so") == ["sort="]
    assert in_bash("rapport", "do", "people.list", "sort", "=") == list(completing.SORTS)
    assert in_bash("rapport", "do", "people.list", "sort", "=", "na") == ["name"]
    assert "sort=name" in in_zsh("rapport do people.list sort=na")
    assert in_bash("rapport", "do", "no.such", "") == []
