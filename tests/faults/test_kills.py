"""kill -9 of web, worker, database and supervisor at random moments of an import, and restarts of the database: nothing
lost, nothing doubled.

RAPPORT_KILLS says how many (8), RAPPORT_SEED which moments. What was done when is printed with the seed. How
quickly all is back is asked only where RAPPORT_KILLS is given, on a machine that does nothing else.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from rapport.kit.postgres import Addresses
from rapport.kit.supervision.processes import waited
from rapport.village import raise_village
from tests.conftest import point_django_at

from .outcome import Outcome, outcome_of
from .stack import Stack

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KILLS = int(os.environ.get("RAPPORT_KILLS", "8"))
SEED = int(os.environ.get("RAPPORT_SEED") or random.SystemRandom().randrange(10**6))
AFTERWARDS = {"lists of days", "suggestions"}  # made by a round of the worker some time after an import
BACK_WITHIN = 15.0  # seconds
VICTIMS = ("web", "worker", "database", "database, asked to stop")


@pytest.fixture(scope="module")
def home(
    django_db_setup: None, django_db_blocker: Any, addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """One home for all kills: each reads in a workspace of its own."""
    stack = Stack.at(tmp_path_factory.mktemp("killed") / "home")
    with django_db_blocker.unblock():
        try:
            stack.start()
            yield stack
        finally:
            connections.close_all()
            point_django_at(addresses)
            stack.stop()
            shutil.rmtree(stack.house.path, ignore_errors=True)


@pytest.fixture
def stack(home: Stack) -> Stack:
    """The home, wherever the test before left its database."""
    connections.close_all()
    point_django_at(home.addresses)
    return home


@dataclass(frozen=True)
class Undisturbed:
    """What the mailbox comes to where nobody disturbs, and how many seconds it takes."""

    outcome: Outcome
    lasts: float


@pytest.fixture(scope="module")
def undisturbed(home: Stack, mailbox: bytes) -> Undisturbed:
    point_django_at(home.addresses)
    workspace, import_id = begin_import(home, mailbox, "undisturbed")
    assert waited(lambda: is_read(home, import_id), 60), home.logs()
    began = time.monotonic()
    assert waited(lambda: is_done(home, import_id), 60), home.logs()
    lasts = time.monotonic() - began
    home.tell(f"undisturbed in {lasts:.1f} s")
    return Undisturbed(outcome_of(home.addresses.app, workspace), lasts)


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Maya's mailbox of the village: some two thousand letters of four years, newsletters and lists among them."""
    folder = tmp_path_factory.mktemp("village")
    raise_village(folder, NOW, scale=0.3)
    return (folder / "maya.mbox").read_bytes()


def begin_import(stack: Stack, mailbox: bytes, name: str) -> tuple[UUID, UUID]:
    """A new workspace of Maya's, in which her mailbox waits to be read; both ids."""
    from rapport.accounts.access import viewer_of
    from rapport.accounts.acting import By
    from rapport.accounts.founding import found_workspace, join
    from rapport.accounts.models import Role, User
    from rapport.accounts.rows import in_workspace
    from rapport.interactions.imports import GivenFile, start_import
    from rapport.people.home import claim_addresses, found_home, make_home_person

    user, _ = User.objects.get_or_create(email="maya@fernhill.example", defaults={"name": "Maya Okafor"})
    workspace = found_workspace(name, "Europe/London", NOW)
    with in_workspace(workspace.id):
        person = make_home_person("Maya Okafor", "maya@fernhill.example", found_home("Fernhill", NOW), NOW)
        claim_addresses(person.id, ["maya@fernhill.example"], NOW)
        by = By(viewer_of(join(workspace, user, person.id, Role.OWNER, NOW)), "cli", NOW)
        started = start_import(by, [GivenFile("maya.mbox", [mailbox])], stack.house.files_folder)
    connections.close_all()
    return workspace.id, started.import_id


@dataclass(frozen=True)
class Reading:
    """How far an import is, and who reads it now (None where nobody does)."""

    state: str
    position: int
    reader: object


def reading_of(stack: Stack, import_id: UUID) -> Reading:
    """Where the import stands; in no state while the database does not answer."""
    rows = stack.ask(
        "SELECT r.state, sum(f.position)::int, CASE WHEN r.lease_until > clock_timestamp() THEN r.lease_token END"
        " FROM import r JOIN import_file f ON f.import_id = r.id WHERE r.id = %s"
        " GROUP BY r.state, r.lease_until, r.lease_token",
        import_id,
    )
    return Reading(*rows[0]) if rows else Reading("", 0, None)  # type: ignore[arg-type]


def is_done(stack: Stack, import_id: UUID) -> bool:
    return reading_of(stack, import_id).state == "done"


def is_read(stack: Stack, import_id: UUID, by_another_than: object = None) -> bool:
    """Whether somebody is at it, or it is done."""
    now = reading_of(stack, import_id)
    return now.state == "done" or now.reader not in (None, by_another_than)


def same(outcome: Outcome, undisturbed: Undisturbed) -> None:
    for name in undisturbed.outcome.keys() - AFTERWARDS:
        assert outcome[name] == undisturbed.outcome[name], name


def test_the_outcome_is_that_of_the_undisturbed_run(stack: Stack, mailbox: bytes, undisturbed: Undisturbed) -> None:
    print(f"\nseed {SEED}, {KILLS} kills")
    chance = random.Random(SEED)
    assert len(undisturbed.outcome["interactions"]) > 1500
    assert undisturbed.outcome["marks left"] == ["[0]"]

    killed, slowest = 0, 0.0
    victims = [victim for _ in range(0, KILLS, len(VICTIMS)) for victim in chance.sample(VICTIMS, len(VICTIMS))]
    while killed < KILLS:
        workspace, import_id = begin_import(stack, mailbox, f"killed from {killed + 1}")
        while killed < KILLS and not is_done(stack, import_id):
            assert waited(partial(is_read, stack, import_id), 60), stack.logs()
            time.sleep(chance.uniform(0, 0.7 * undisturbed.lasts))
            before, victim = reading_of(stack, import_id), victims[killed]
            if before.reader is None or before.state == "done":
                continue
            pid = stack.kill(victim)
            killed += 1
            since = time.monotonic()
            assert waited(partial(stack.is_back, victim, pid), 60), stack.logs()
            back = time.monotonic() - since
            other = None if victim == "web" else before.reader
            assert waited(partial(is_read, stack, import_id, by_another_than=other), 60), stack.logs()
            read_on = time.monotonic() - since
            slowest = max(slowest, back)
            stack.tell(
                f"kill {killed} of {KILLS}, {before.state} behind item {before.position}: "
                f"back after {back:.1f} s, read on after {read_on:.1f} s"
            )
        assert waited(partial(is_done, stack, import_id), 60), stack.logs()
        same(outcome_of(stack.addresses.app, workspace), undisturbed)
        stack.tell("the outcome is the same")
    stack.tell(f"back after {slowest:.1f} s at the latest")
    assert slowest < BACK_WITHIN or "RAPPORT_KILLS" not in os.environ


def test_when_all_of_it_is_killed_the_next_start_goes_on(
    stack: Stack, mailbox: bytes, undisturbed: Undisturbed
) -> None:
    print(f"\nseed {SEED}")
    workspace, import_id = begin_import(stack, mailbox, "killed whole")
    assert waited(lambda: reading_of(stack, import_id).position > 0, 60), stack.logs()
    time.sleep(random.Random(SEED).uniform(0, 0.5))
    assert not is_done(stack, import_id)
    stack.kill("supervisor")
    point_django_at(stack.addresses)
    assert waited(lambda: is_done(stack, import_id), 60), stack.logs()
    same(outcome_of(stack.addresses.app, workspace), undisturbed)


def test_a_database_that_comes_back_on_another_port_is_followed(stack: Stack) -> None:
    """Its port was taken while it was down: web and worker are led to the new one, and nothing ends."""
    port = int((stack.house.run_folder / "database-port").read_text())
    assert stack.process is not None
    os.kill(stack.process.pid, signal.SIGSTOP)
    try:
        pid = stack.kill("database")
        with socket.socket() as somebody:
            somebody.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            assert waited(partial(_takes, somebody, port), 10)
            os.kill(stack.process.pid, signal.SIGCONT)
            assert waited(partial(stack.is_back, "database", pid), 60), stack.logs()
    finally:
        os.kill(stack.process.pid, signal.SIGCONT)
    assert int((stack.house.run_folder / "database-port").read_text()) != port
    assert stack.process.poll() is None


def _takes(somebody: socket.socket, port: int) -> bool:
    try:
        somebody.bind(("127.0.0.1", port))
    except OSError:
        return False
    somebody.listen()
    return True
