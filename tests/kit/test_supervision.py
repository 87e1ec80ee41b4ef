"""Supervision: what dies is started again, what is asked to stop stops, and nothing is left behind."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from rapport.doors.running.up import up as run_up
from rapport.kit.house import House
from rapport.kit.postgres import EmbeddedServer
from rapport.kit.postgres.postmaster import postmaster_of
from rapport.kit.supervision import Census, find_supervisor, stop_supervisor
from rapport.kit.supervision.census import only_supervisor
from rapport.kit.supervision.processes import born_with, is_alive, waited
from rapport.kit.supervision.supervisor import MARK
from rapport.kit.trouble import Conflict

PROGRAM = Path(__file__).with_name("held_up.py")


@pytest.fixture
def up(house: House) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor with a database and two children, `web` (which has a helper of its own) and `worker`."""
    process = started(house)
    yield process
    process.kill()
    process.wait()
    for pid in born_with(f"{MARK}={house.identity}"):
        os.kill(pid, signal.SIGKILL)


def started(house: House) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(house.path)], start_new_session=True)
    assert waited(lambda: len(census(house).children) == 2 and helpers(house) == 4, 90), "it did not come up"
    return process


def census(house: House) -> Census:
    return find_supervisor(house) or Census(0, {}, {})


def helpers(house: House) -> int:
    """How many processes run under this house: web, its helper, worker, its helper."""
    return len(list(born_with(f"{MARK}={house.identity}")))


def nothing_runs(house: House) -> bool:
    return helpers(house) == 0 and postmaster_of(house.database_folder / "data") is None


def wait_for_the_end(process: subprocess.Popen[bytes]) -> int:
    return process.wait(60)


def test_a_killed_child_is_back_and_what_it_had_started_is_gone(house: House, up: subprocess.Popen[bytes]) -> None:
    web = census(house).children["web"]
    assert web is not None
    os.kill(web, signal.SIGKILL)
    assert waited(lambda: census(house).children["web"] not in (web, None), 15)
    assert census(house).restarts == {"web": 1, "worker": 0}
    assert waited(lambda: helpers(house) == 4, 15)


def test_a_killed_database_is_back_and_has_lost_nothing(house: House, up: subprocess.Popen[bytes]) -> None:
    addresses = EmbeddedServer(house).start()
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("CREATE TABLE letter AS SELECT 'Dear Priya' AS body")
    killed = postmaster_of(house.database_folder / "data")
    assert killed is not None
    os.kill(killed.pid, signal.SIGKILL)
    assert waited(
        lambda: (now := postmaster_of(house.database_folder / "data")) not in (None, killed) and now.is_ready, 15
    )
    with psycopg.connect(addresses.app) as connection:
        assert connection.execute("SELECT body FROM letter").fetchone() == ("Dear Priya",)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_leaves_nothing(house: House, up: subprocess.Popen[bytes], number: signal.Signals) -> None:
    up.send_signal(number)
    assert wait_for_the_end(up) == 0
    assert nothing_runs(house)
    assert "database system is shut down" in (house.logs_folder / "database.log").read_text()


def test_a_child_that_will_not_hear_is_ended(house: House, up: subprocess.Popen[bytes]) -> None:
    worker = census(house).children["worker"]
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    up.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert is_alive(worker)
    up.send_signal(signal.SIGTERM)  # asked again, it does not wait out the ten seconds
    assert wait_for_the_end(up) == 0
    assert nothing_runs(house)


def test_down_finds_it_and_stops_it(house: House, up: subprocess.Popen[bytes]) -> None:
    assert census(house).pid == up.pid
    assert stop_supervisor(house) is True
    assert wait_for_the_end(up) == 0
    assert find_supervisor(house) is None
    assert stop_supervisor(house) is False
    assert nothing_runs(house)


def test_a_house_has_one_supervisor(house: House, up: subprocess.Popen[bytes]) -> None:
    second = subprocess.run([sys.executable, str(PROGRAM), str(house.path)], capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert helpers(house) == 4


def test_a_house_that_runs_is_not_taken_for_another_program(house: House) -> None:
    with socket.socket() as web:
        web.bind(("127.0.0.1", 0))
        web.listen()
        running = replace(house, web_port=web.getsockname()[1])
        with only_supervisor(running), pytest.raises(Conflict) as refused:
            run_up(running, lambda _line: None)
    assert (refused.value.code, refused.value.exit_code) == ("already-up", 5)
    assert f"already runs in {house.path} on http://localhost:{running.web_port}" in refused.value.sentence
    assert "rapport link" in refused.value.sentence


def test_its_own_death_takes_all_with_it(house: House, up: subprocess.Popen[bytes]) -> None:
    up.kill()
    up.wait()
    assert waited(lambda: nothing_runs(house), 30)
    assert find_supervisor(house) is None


def test_what_a_killed_house_left_is_ended_by_the_next(house: House, up: subprocess.Popen[bytes]) -> None:
    worker = census(house).children["worker"]
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)  # it cannot hear that we die
    up.kill()
    up.wait()
    assert is_alive(worker)
    again = started(house)
    assert not is_alive(worker)
    again.terminate()
    assert wait_for_the_end(again) == 0
    assert nothing_runs(house)


def test_a_child_that_keeps_falling_is_given_ever_longer_pauses(house: House) -> None:
    falling = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(house.path), "falling"], start_new_session=True, stderr=subprocess.PIPE
    )
    assert waited(lambda: census(house).restarts.get("web", 0) >= 1, 90)
    first = time.monotonic()
    assert waited(lambda: census(house).restarts["web"] >= 3, 90)
    between = time.monotonic() - first
    falling.terminate()
    assert wait_for_the_end(falling) == 0
    assert between > 2  # one second after the second fall, two after the third


def test_many_may_look_at_once_and_see_that_nobody_supervises(house: House) -> None:
    (house.run_folder / "supervisor.json").write_text('{"pid": 1, "children": {}, "restarts": {}, "web_port": 1}')
    with open(house.run_folder / "supervisor.lock", "w") as another:
        fcntl.flock(another, fcntl.LOCK_SH)  # as somebody else holds it who looks
        assert find_supervisor(house) is None
