"""The line on which the Rapport that runs in a house is asked: words go there, with the terminal to answer on."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from .house import House
from .trouble import Trouble

Line = socket.socket

LINE = "commands.sock"
LONGEST = 1 << 20  # bytes of a question


def asked_the_house(words: Sequence[str]) -> int | None:
    """Let the house that runs answer on our own terminal; its exit code, or None where it cannot be asked."""
    try:
        return ask(words, House.from_environment())
    except Trouble:  # a home that is closed, a port that is none: the command itself says so
        return None


def ask(words: Sequence[str], house: House) -> int | None:
    """As `asked_the_house`, of this house."""
    question = json.dumps({"words": list(words)}).encode() + b"\n"
    with socket.socket(socket.AF_UNIX) as line:
        try:
            with _standing_in(house):
                line.connect(LINE)
            socket.send_fds(line, [question], [0, 1, 2])
        except OSError:
            return None
        return _answer(line)


def _answer(line: Line) -> int:
    try:
        code = line.recv(8)
    except KeyboardInterrupt:
        return 130
    except ConnectionResetError:
        code = b""
    if code:
        return int(code)
    sys.stderr.write("Rapport stopped before it had answered. Look what became of it: rapport status\n")
    return 6


def listening(house: House) -> Line:
    """Where questions come in; only the owner of the house may ask."""
    listener = socket.socket(socket.AF_UNIX)
    with _standing_in(house):
        if os.path.lexists(LINE):
            os.unlink(LINE)
        before = os.umask(0o177)
        listener.bind(LINE)
        os.umask(before)
    listener.listen(16)
    return listener


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a command, and the three ends of its terminal."""

    words: list[str]
    terminal: list[int]


def heard(line: Line) -> Question | None:
    """What is asked on this line; None where it broke off."""
    text, terminal, _flags, _address = socket.recv_fds(line, LONGEST, 3)
    while text and not text.endswith(b"\n") and len(text) < LONGEST:
        more = line.recv(LONGEST)
        if not more:
            return None
        text += more
    if len(terminal) != 3 or not text.endswith(b"\n"):
        return None
    return Question(json.loads(text)["words"], terminal)


@contextmanager
def _standing_in(house: House) -> Iterator[None]:
    """In the folder of what runs: a socket's path may have 107 characters, and a home may lie deeper than that."""
    here = os.open(".", os.O_RDONLY)
    os.chdir(house.run_folder)
    try:
        yield
    finally:
        os.fchdir(here)
        os.close(here)
