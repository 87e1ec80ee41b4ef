"""What a shell is told when a word is finished: asked as bash and zsh ask, of the command itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize(
    ("typed", "operation", "field"),
    [
        ("people --sort", "people.list", "sort"),
        ("organizations --sort", "organizations.list", "sort"),
        ("people --strength", "people.list", "strength"),
        ("people --state", "people.list", "state"),
        ("people --whose", "people.list", "whose"),
        ("people --kind", "people.list", "kind"),
        ("people --coming", "people.list", "coming"),
        ("people --as", "people.export", "form"),
        ("log --kind", "interactions.log", "kind"),
    ],
)
def test_the_words_of_an_option_are_those_its_operation_takes(typed: str, operation: str, field: str) -> None:
    offered = completing.taken(operation, field)("")
    assert offered
    command, option = typed.split()
    assert in_bash("rapport", command, option, "") == offered


def test_what_an_option_takes_is_offered() -> None:
    assert in_bash("rapport", "people", "--sort", "") == ["name", "last", "strength"]
    assert in_bash("rapport", "organizations", "--sort", "s") == ["strength"]
    assert in_bash("rapport", "people", "--state", "at") == ["at_risk"]


def test_operations_and_what_they_take_are_offered() -> None:
    assert in_bash("rapport", "do", "") == list(catalogue())
    assert in_bash("rapport", "do", "people.who") == ["people.who-knows"]
    assert in_bash("rapport", "do", "people.list", "so") == ["sort="]
    assert in_bash("rapport", "do", "people.list", "sort", "=") == ["name", "last", "strength"]
    assert in_bash("rapport", "do", "people.list", "sort", "=", "na") == ["name"]
    assert "sort=name" in in_zsh("rapport do people.list sort=na")
    assert in_bash("rapport", "do", "no.such", "") == []
