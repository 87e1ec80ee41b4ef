"""The parent of everything: the database, then its children; each restarted when it dies; all stopped together."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from ..house import House
from ..trouble import Trouble
from .census import Census, only_supervisor, take_census
from .child import Child, Ward
from .processes import born_with, send, waited

LOOKING = 0.25  # seconds between two looks at who still lives
GRACE = 10.0  # seconds between SIGTERM and SIGKILL
MARK = "RAPPORT_SUPERVISED"  # in the environment of all that runs under a house, so that leftovers are known

Place = TypeVar("Place")
Place_co = TypeVar("Place_co", covariant=True)


class Database(Protocol[Place_co]):
    """What the supervisor needs of a database: `EmbeddedServer`, or a server that others watch."""

    def start(self) -> Place_co:
        """Start or join it; where it is, when it takes connections."""

    def is_running(self) -> bool:
        """Whether it takes connections now."""

    def stop(self) -> None:
        """Stop it cleanly."""


class Supervisor(Generic[Place]):
    """Runs a database and children in a house until it is asked to stop, or for `run` to raise Trouble at the start.

    `children_of` is called when the database is up, before any child: it may migrate, and says what shall run.
    `say` hears one sentence whenever something falls or rises.
    """

    def __init__(
        self,
        house: House,
        database: Database[Place],
        children_of: Callable[[Place], Sequence[Child]],
        say: Callable[[str], None],
    ) -> None:
        self._house = house
        self._database = database
        self._children_of = children_of
        self._say = say
        self._wards: list[Ward] = []
        self._asked = threading.Event()
        self._asked_again = False

    def run(self) -> None:
        """Hold everything up; returns when all has stopped after Ctrl-C, SIGTERM or SIGHUP."""
        with only_supervisor(self._house), self._listening():
            self._end_leftovers()
            try:
                place = self._database.start()
                self._raise_children(place)
                while not self._asked.wait(LOOKING):
                    place = self._look_after(place)
            finally:
                self._stop_all()

    @contextmanager
    def _listening(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._hear) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _hear(self, number: int, frame: object) -> None:
        self._asked_again = self._asked.is_set()
        self._asked.set()

    def _end_leftovers(self) -> None:
        """What a killed supervisor left running holds the web port and old passwords: end it before we begin."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in born_with(self._mark):
                send(pid, number)
            if waited(lambda: not any(born_with(self._mark)), 5):
                return

    @property
    def _mark(self) -> str:
        return f"{MARK}={self._house.identity}"

    def _raise_children(self, place: Place) -> None:
        if self._asked.is_set():
            return
        for child in self._children_of(place):
            ward = Ward(child, self._mark, self._house.logs_folder / f"{child.name}.log")
            self._wards.append(ward)
            ward.start()
        self._write_down()

    def _look_after(self, place: Place) -> Place:
        if not self._database.is_running():
            place = self._database_again(place)
        for ward in self._wards:
            code = ward.has_fallen()
            if code is not None:
                self._say(f"{ward.child.name} stopped ({_cause(code)}); starting it again.")
                self._write_down()
            elif ward.restart_when_due():
                self._write_down()
        return place

    def _database_again(self, place: Place) -> Place:
        self._say("The database stopped; starting it again.")
        while not self._asked.is_set():
            began = time.monotonic()
            try:
                now_at = self._database.start()
                self._say(f"The database is back after {time.monotonic() - began:.1f} seconds.")
                if now_at != place or not self._wards:  # another port: the children know only the old one
                    self._stop_children()
                    self._raise_children(now_at)
            except Trouble as trouble:  # among them that it went away again while the children were made ready
                self._say(trouble.sentence)
                self._asked.wait(2)
                continue
            return now_at
        return place

    def _stop_all(self) -> None:
        self._stop_children()
        for pid in born_with(self._mark):
            send(pid, signal.SIGKILL)
        self._database.stop()

    def _stop_children(self) -> None:
        for ward in self._wards:
            ward.ask_to_stop()
        until = time.monotonic() + GRACE
        while time.monotonic() < until and not self._asked_again and not all(w.has_stopped() for w in self._wards):
            time.sleep(0.05)
        for ward in self._wards:
            ward.end()
        self._wards = []

    def _write_down(self) -> None:
        children = {ward.child.name: ward.pid for ward in self._wards}
        restarts = {ward.child.name: ward.restarts for ward in self._wards}
        take_census(self._house, Census(os.getpid(), children, restarts, self._house.web_port))


def _cause(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by signal {-code}"
