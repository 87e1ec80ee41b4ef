"""How long Rapport takes to open again, and its command to say what it is asked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapport.kit.house import House

TIMES = 7
RAPPORT = str(Path(sys.executable).parent / "rapport")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was asked, how long it took from a new process to its last word, and the load before."""

    command: str
    milliseconds: float
    load: float


def measure(house: House) -> Iterator[Taken]:
    """Help; the start of a house in which people live already; then what it answers while it runs."""
    yield _median("--help")
    load, began = os.getloadavg()[0], time.perf_counter()
    with _open(house):
        yield Taken("rapport up, sign-in page", 1000 * (time.perf_counter() - began), load)
        _until_commands_are_answered(house)
        yield _median("today")
        yield _median("status")


def _median(*words: str) -> Taken:
    load, taken = os.getloadavg()[0], []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run([RAPPORT, *words], capture_output=True, check=True)
        taken.append(1000 * (time.perf_counter() - began))
    return Taken(" ".join(["rapport", *words]), median(taken), load)


@contextmanager
def _open(house: House) -> Iterator[None]:
    """`rapport up` from a stopped database to a page that is there; stopped after."""
    from rapport.kit.postgres import EmbeddedServer

    EmbeddedServer(house).stop()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    up = subprocess.Popen([RAPPORT, "up"], env={**os.environ, "RAPPORT_PORT": str(port)}, stderr=subprocess.DEVNULL)
    try:
        _until_a_page_is_there(f"http://localhost:{port}/accounts/login")
        yield
    finally:
        up.terminate()
        up.wait()


def _until_a_page_is_there(address: str) -> None:
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.05)


def _until_commands_are_answered(house: House) -> None:
    from rapport.kit.line import LINE

    while not (house.run_folder / LINE).exists():
        time.sleep(0.1)
