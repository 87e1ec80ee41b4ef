"""A home of its own for each fault, from a template; what happens in it happens in a process that may die.

Not a test itself.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import random
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.test import Client
from psycopg import sql

from rapport.kit import clock, failpoints
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, create_scratch_database, drop_scratch_database
from tests.conftest import point_django_at

NOW = datetime.now(UTC).replace(microsecond=0)  # one moment for all runs, and one the database agrees with
PATIENCE = 300.0  # seconds one process may take, however busy the machine
SEED = int(os.environ.get("RAPPORT_SEED") or random.SystemRandom().randrange(10**6))
ALL = os.environ.get("RAPPORT_FAULTS") == "all"
ENDS = ("raise", "exit", "kill", "cut")
STOPPED, BROKEN = 71, 73  # exit codes of ours


@dataclass(frozen=True)
class Stage:
    """A home: its house, its database, a folder outside of it, and what its making left word of."""

    house: House
    addresses: Addresses
    outside: Path
    said: dict[str, Any] = field(default_factory=dict)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, past the walls between workspaces."""
        with psycopg.connect(self.addresses.owner, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def time_passes(self) -> None:
        """What is due within the hour is due, and who held something and died holds it no more."""
        self.ask("UPDATE agenda SET due_at = least(due_at, clock_timestamp()) WHERE due_at < now() + interval '1 hour'")
        self.ask("UPDATE import SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL")


Maker = Callable[[Stage], dict[str, Any] | None]


@dataclass
class Ended:
    """How a process ended: its exit code, negative for a signal, what it gave back and what it wrote."""

    code: int
    gave: Any = None
    wrote: str = ""


class Lab:
    """Makes homes from templates on one server."""

    def __init__(self, addresses: Addresses, folder: Path, base: str = "") -> None:
        """Its homes begin with the database at these addresses, or with another one named `base`."""
        self._addresses, self._folder, self._number = addresses, folder, 0
        self._base = base or urlsplit(addresses.app).path.lstrip("/")
        self._beginnings: dict[str, Stage] = {}
        Client().get("/api/v1/me")  # loads once what each process would load anew

    def beginning(self, *makers: Maker) -> Stage:
        """A home as a scenario finds it: what each of these made of what those before it left. Made once."""
        name = "_".join(["beginning", *(maker.__name__.strip("_") for maker in makers)])
        if name not in self._beginnings:
            before = self.beginning(*makers[:-1]) if makers[:-1] else None
            self._beginnings[name] = self._begun(name, makers[-1], before)
        return self._beginnings[name]

    def _begun(self, name: str, maker: Maker, before: Stage | None) -> Stage:
        connections.close_all()
        base = urlsplit(before.addresses.app).path.lstrip("/") if before else self._base
        stage = self._made(name, base, before)
        made = self.in_process(stage, lambda: maker(stage))
        assert made.code == 0, made.wrote
        return Stage(stage.house, stage.addresses, stage.outside, {**stage.said, **(made.gave or {})})

    @contextmanager
    def copy(self, beginning: Stage) -> Iterator[Stage]:
        """A copy of a home for one fault, gone afterwards."""
        self._number += 1
        name = urlsplit(beginning.addresses.app).path.lstrip("/")
        stage = self._made(f"fault_{self._number}", name, beginning)
        try:
            yield stage
        finally:
            self._discard(stage)

    def discard(self) -> None:
        """Remove all that was made."""
        for stage in self._beginnings.values():
            self._discard(stage)

    def _made(self, name: str, database: str, like: Stage | None = None) -> Stage:
        folder = self._folder / name
        if like is None:
            (folder / "outside").mkdir(parents=True)
        else:
            shutil.copytree(like.house.path.parent, folder)
        addresses = _database_like(self._addresses, name, database)
        return Stage(House(folder / "home"), addresses, folder / "outside", dict(like.said) if like else {})

    def _discard(self, stage: Stage) -> None:
        drop_scratch_database(self._addresses, urlsplit(stage.addresses.app).path.lstrip("/"))
        shutil.rmtree(stage.house.path.parent, ignore_errors=True)

    def in_process(self, stage: Stage, do: Callable[[], object], watcher: Callable[[str], None] | None = None) -> Ended:
        """Do this in a process of its own, in that home, and wait for its end."""
        connections.close_all()
        answer, words = self._folder / "answer", self._folder / "words"
        answer.unlink(missing_ok=True)
        pid = os.fork()
        if pid == 0:
            _be_a_child(stage, do, watcher, answer, words)
        code = _waited_for(pid)
        gave = pickle.loads(answer.read_bytes()) if answer.exists() else None
        return Ended(code, gave, words.read_text("utf-8", "replace") if words.exists() else "")


def _database_like(addresses: Addresses, name: str, template: str) -> Addresses:
    if template == "template1":
        return create_scratch_database(addresses, name)
    drop_scratch_database(addresses, name)
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} OWNER rapport_owner TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    return addresses.in_database(name)


def _be_a_child(
    stage: Stage, do: Callable[[], object], watcher: Callable[[str], None] | None, answer: Path, words: Path
) -> None:
    code = BROKEN
    try:
        _speak_into(words)
        signal.alarm(int(PATIENCE))
        _die_with_parent()
        enter_home(stage)
        failpoints.watch(watcher)
        with clock.stopped_at(NOW):
            gave = do()
        failpoints.watch(None)
        answer.write_bytes(pickle.dumps(gave))
        code = 0
    except failpoints.Stopped:
        code = STOPPED
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def enter_home(stage: Stage) -> None:
    """Let this process live in that home."""
    os.environ["RAPPORT_HOME"] = str(stage.house.path)
    settings.HOUSE = stage.house
    settings.FILE_UPLOAD_TEMP_DIR = str(stage.house.files_folder)
    point_django_at(stage.addresses)


def _speak_into(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", closefd=False)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _waited_for(pid: int) -> int:
    until = time.monotonic() + PATIENCE + 5
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)


class Recorder:
    """Notes each place a process comes to, in a file: whoever is killed cannot give anything back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)

    def __call__(self, name: str) -> None:
        """A place was reached."""
        with self._path.open("a", encoding="ascii") as file:
            file.write(f"{name}\n")

    def reached(self) -> list[str]:
        """All places, in their order."""
        return self._path.read_text("ascii").split() if self._path.exists() else []


class Ending:
    """Ends the process at the nth place it comes to."""

    def __init__(self, hit: int, kind: str, database_port: int) -> None:
        self._left, self._kind, self._port = hit, kind, database_port

    def __call__(self, name: str) -> None:
        """A place was reached."""
        self._left -= 1
        if self._left:
            return
        if self._kind == "cut":
            cut_connections(self._port)
        else:
            failpoints.end(self._kind, name)


def cut_connections(port: int) -> None:
    """Cut every connection of this process to this port, as a wire that breaks."""
    for entry in Path("/proc/self/fd").iterdir():
        try:
            with socket.socket(fileno=os.dup(int(entry.name))) as wire:
                if wire.family == socket.AF_INET and wire.getpeername()[1] == port:
                    wire.shutdown(socket.SHUT_RDWR)
        except (OSError, FileNotFoundError):
            continue


def port_of(stage: Stage) -> int:
    """Where its database listens."""
    return urlsplit(stage.addresses.app).port or 5432
