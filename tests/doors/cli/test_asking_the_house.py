"""Short commands are answered by the Rapport that runs in this home, and by themselves where none does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rapport.kit.house import House
from rapport.kit.line import LINE, ask
from rapport.kit.supervision import find_supervisor
from rapport.kit.supervision.processes import waited
from tests.faults.stack import Stack

BY_ITSELF = "from rapport.doors.cli.app import run; run()"
COMMAND = "from rapport.doors.cli import main; main()"


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Stack]]:
    """Two homes in which Rapport runs, side by side; one lies deeper than a socket's path may be long.

    The first was started with a path from the folder one was in.
    """
    stacks = [Stack.at(tmp_path_factory.mktemp(name) / name) for name in ("one", "deep" * 30)]
    home = stacks[0].house
    try:
        stacks[0].house = replace(home, path=Path(os.path.relpath(home.path)))
        for stack in stacks:
            stack.start()
        stacks[0].house = home
        for stack in stacks:
            assert waited(lambda stack=stack: answers(stack), 60), stack.logs()  # type: ignore[misc]
        yield stacks
    finally:
        for stack in stacks:
            stack.stop()


def answers(stack: Stack) -> bool:
    return (stack.house.run_folder / LINE).exists() and pid_of("commands", stack.house) is not None


def pid_of(name: str, house: House) -> int | None:
    census = find_supervisor(house)
    return census.children.get(name) if census else None


def typed(
    house: House, *words: str, how: str = COMMAND, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a shell that knows the home, but not on which port it runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    environment = {**kept, "RAPPORT_HOME": str(house.path), "DJANGO_SETTINGS_MODULE": "rapport.settings"}
    return subprocess.run(
        [sys.executable, "-c", how, *words], capture_output=True, text=True, env=environment, cwd=folder
    )


@pytest.mark.parametrize("how", [COMMAND, BY_ITSELF])
def test_each_home_says_its_own_port(neighbours: list[Stack], how: str) -> None:
    for stack in neighbours:
        told = json.loads(typed(stack.house, "status", "--json", how=how).stdout)
        assert (Path(told["home"]).resolve(), told["web_port"]) == (stack.house.path, stack.house.web_port)
        assert f"http://localhost:{stack.house.web_port}/link/" in typed(stack.house, "link", how=how).stdout


@pytest.mark.parametrize(
    "words", [["today"], ["people", "--limit", "many"], ["why", "--help"], ["today", "--as-of", "x"]]
)
def test_the_house_says_what_the_command_would_say_itself(neighbours: list[Stack], words: list[str]) -> None:
    house = neighbours[0].house
    answered, itself = typed(house, *words), typed(house, *words, how=BY_ITSELF)
    assert (answered.returncode, answered.stdout) == (itself.returncode, itself.stdout)
    assert answered.stderr == itself.stderr


def test_it_is_really_the_house_that_answers(neighbours: list[Stack], capfd: pytest.CaptureFixture[str]) -> None:
    assert ask(["status"], neighbours[0].house) == 0
    assert str(neighbours[0].house.path.name) in capfd.readouterr().out


def test_it_does_not_matter_where_one_stands(neighbours: list[Stack], tmp_path: Path) -> None:
    told = json.loads(typed(neighbours[0].house, "status", "--json", folder=tmp_path).stdout)
    assert Path(told["home"]).resolve() == neighbours[0].house.path
    assert not list(tmp_path.iterdir()), "it answered from another home, which it made here"


def test_not_even_in_a_folder_that_is_gone(neighbours: list[Stack], tmp_path: Path) -> None:
    gone = "import os, sys; os.rmdir(os.getcwd()); sys.path = [p for p in sys.path if p]; " + COMMAND
    (tmp_path / "gone").mkdir()
    assert typed(neighbours[0].house, "status", how=gone, folder=tmp_path / "gone").returncode == 0


def test_where_nobody_answers_the_command_does_its_work_itself(neighbours: list[Stack]) -> None:
    house = neighbours[0].house
    fallen = pid_of("commands", house)
    assert fallen is not None
    os.kill(fallen, signal.SIGKILL)
    assert typed(house, "status").returncode == 0
    assert waited(lambda: pid_of("commands", house) not in (fallen, None), 30)


def test_nobody_is_asked_in_a_home_where_nothing_runs(tmp_path: Path) -> None:
    assert ask(["status"], House(tmp_path / "quiet")) is None
