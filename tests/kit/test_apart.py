"""What is done in a copy of the process: its answer, its trouble, its end."""

from __future__ import annotations

import os
import signal

import pytest

from rapport.kit.apart import Fault, apart
from rapport.kit.trouble import Conflict, Unavailable


def test_it_answers_from_another_process() -> None:
    assert apart(lambda: f"{os.getpid()} of {os.getppid()}") not in ("", f"{os.getpid()} of {os.getppid()}")
    assert apart(lambda: str(os.getppid())) == str(os.getpid())


def test_its_trouble_is_ours() -> None:
    def refuse() -> str:
        raise Conflict("The port is taken. Choose another.", code="taken")

    with pytest.raises(Conflict, match="Choose another") as refused:
        apart(refuse)
    assert refused.value.code == "taken"


def test_its_fault_is_no_trouble_and_says_where() -> None:
    def break_down() -> str:
        return str(1 // 0)

    with pytest.raises(Fault, match="ZeroDivisionError"):
        apart(break_down)


def test_killed_it_says_so() -> None:
    def die() -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return "never"

    with pytest.raises(Unavailable, match="half-way"):
        apart(die)
