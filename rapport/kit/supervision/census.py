"""Who supervises this house, and what runs: written down for `status` and `down`, held true by a lock."""

from __future__ import annotations

import fcntl
import json
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import IO

from ..house import House
from ..trouble import Conflict
from .processes import send, waited


@dataclass(frozen=True, slots=True)
class Census:
    """The supervisor's process, those of its children (None while one is down) and how often each was restarted."""

    pid: int
    children: Mapping[str, int | None]
    restarts: Mapping[str, int]
    web_port: int = 0  # not known of a house that an earlier Rapport holds up


def find_supervisor(house: House) -> Census | None:
    """What runs in this house, or None where nobody supervises it. A file without a lock is a dead one's."""
    with _lock_file(house) as lock:
        if _taken(lock, fcntl.LOCK_SH):  # shared: two who look at once would take each other for the supervisor
            return None
    try:
        return Census(**json.loads((house.run_folder / "supervisor.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def as_it_runs(house: House) -> House:
    """The house with the web port it runs on, whatever our own environment says; as it is where nothing runs."""
    census = find_supervisor(house)
    return replace(house, web_port=census.web_port) if census and census.web_port else house


def already_up(house: House) -> Conflict:
    """What to say where this house runs already: where it is, and how to get in."""
    place = f" on http://localhost:{as_it_runs(house).web_port}"
    return Conflict(
        f"Rapport already runs in {house.path}{place}. Get a link to sign in with `rapport link`, or stop it with "
        "`rapport down`. For a second one choose another home: RAPPORT_HOME=/a/folder.",
        code="already-up",
    )


def check_not_up(house: House) -> None:
    """Conflict where this house runs: its own port must not pass for another program's."""
    if find_supervisor(house):
        raise already_up(house)


def stop_supervisor(house: House, patience: float = 60.0) -> bool:
    """Ask the supervisor to stop everything and wait until it has. False where nobody supervises."""
    census = find_supervisor(house)
    if census is None:
        return False
    send(census.pid, signal.SIGTERM)
    if not waited(lambda: find_supervisor(house) is None, patience, step=0.1):
        raise Conflict(
            f"Rapport (process {census.pid}) has not stopped in {patience:.0f} seconds. Wait a little, then look at "
            f"{house.logs_folder}.",
            code="not-stopped",
        )
    return True


def take_census(house: House, census: Census) -> None:
    """Write it down, whole or not at all."""
    path = house.run_folder / "supervisor.json"
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps(asdict(census)), "utf-8")
    draft.replace(path)


@contextmanager
def only_supervisor(house: House) -> Iterator[None]:
    """Within this block no other supervisor may begin in this house. The lock ends with us, however we end."""
    with _lock_file(house) as lock:
        # Somebody may be looking just now, for as long as that takes.
        if not waited(lambda: _taken(lock, fcntl.LOCK_EX), 1):
            raise already_up(house)
        take_census(house, Census(os.getpid(), {}, {}, house.web_port))
        yield


def _lock_file(house: House) -> IO[str]:
    return open(house.run_folder / "supervisor.lock", "w")


def _taken(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
