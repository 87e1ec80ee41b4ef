"""Help answers at once and is right: it loads nothing that it does not need, and what it shows can be typed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from rapport.doors.cli import ANSWERED
from rapport.doors.cli.app import EXAMPLES, app

RAPPORT = Path(sys.executable).parent / "rapport"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SHOWN = re.compile(r"^ +((?:[A-Z_]+=\S+ )*rapport .+?)(?:  .*)?$", re.M)

LOADED = """
import sys
from rapport.doors.cli import main
sys.argv = ["rapport", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
known = ("django", "psycopg", "ninja", "rich", "rapport.accounts", "rapport.people", "rapport.kit.postgres")
sys.exit(" ".join(name for name in known if name in sys.modules) or 0)
"""


def examples() -> list[str]:
    told = [EXAMPLES, *(command.help for command in COMMANDS.values())]
    return [line for text in told for line in SHOWN.findall(text.partition("Example")[2])]


@pytest.mark.parametrize("words", [["--help"], ["today", "--help"], ["backup", "--help"], ["version"]])
def test_help_loads_neither_django_nor_the_rooms(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True)
    assert done.returncode == 0, f"loaded for nothing: {done.stderr}"
    assert done.stdout


def test_every_command_shows_an_example() -> None:
    for name in COMMANDS:
        assert any(f"rapport {name}" in one for one in examples()), name


@pytest.mark.parametrize("example", examples())
def test_what_is_shown_can_be_typed(example: str) -> None:
    typed = re.sub(r" >>? \S+$", "", example)  # what a shell does with the answer
    words = shlex.split(re.sub(r"^([A-Z_]+=\S+ )*rapport ", "", typed))
    if words[1:] != ["--help"]:
        COMMANDS[words[0]].make_context(words[0], words[1:])


def test_nothing_in_the_list_of_commands_is_cut_short() -> None:
    done = subprocess.run([RAPPORT, "--help"], capture_output=True, text=True, env={"COLUMNS": "80"}, check=True)
    assert "..." not in done.stdout.partition("Commands:")[2]


def test_what_the_house_answers_are_commands() -> None:
    assert ANSWERED.issubset(COMMANDS)
