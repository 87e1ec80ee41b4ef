"""The running server as its pid file and the machine tell of it: alive, ready, stopping, or what it left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..supervision.processes import all_processes, folder_of, is_alive, name_of, send, waited

_PORT_LINE, _STATUS_LINE = 3, 7


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The first process of a server, as its data folder names it."""

    pid: int
    port: int | None
    status: str

    @property
    def is_ready(self) -> bool:
        """Whether it takes connections."""
        return self.status == "ready" and self.port is not None


def postmaster_of(data: Path) -> Postmaster | None:
    """The live server of this data folder. A pid file that a kill -9 left behind names nobody."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    if not is_alive(pid) or not _serves(pid, data):
        return None
    port = lines[_PORT_LINE] if len(lines) > _PORT_LINE else ""
    status = lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else ""
    return Postmaster(pid, int(port) if port.isdecimal() else None, status)


def stop_postmaster(data: Path, patience: float) -> None:
    """A fast shutdown (sessions end, everything is written); an immediate one when that takes too long."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server = postmaster_of(data)
        if server is None:
            return
        send(server.pid, number)
        if waited(lambda: postmaster_of(data) is None, patience):
            return


def end_orphans(data: Path) -> None:
    """End the sessions a killed server left. They hold its memory, and no new server starts until they are gone."""
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for pid in _orphans(data):
            send(pid, number)
        if waited(lambda: not any(_orphans(data)), 2):
            return


def _orphans(data: Path) -> Iterator[int]:
    return (pid for pid in all_processes() if name_of(pid) == "postgres" and folder_of(pid) == data)


def _serves(pid: int, data: Path) -> bool:
    # After a restart of the machine the number in the file may belong to anybody.
    name, folder = name_of(pid), folder_of(pid)
    return name in (None, "postgres") and folder in (None, data)
