"""`rapport up` in a home of its own, as a process that can be killed. Not a test itself."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, EmbeddedServer
from rapport.kit.postgres.addresses import embedded_addresses
from rapport.kit.postgres.postmaster import postmaster_of
from rapport.kit.supervision import find_supervisor
from rapport.kit.supervision.processes import born_with, is_alive, send, waited
from rapport.kit.supervision.supervisor import MARK

UP = """
from rapport.doors.running.up import up
from rapport.kit.house import House
up(House.from_environment(), lambda sentence: print(sentence, flush=True), with_sample=False)
"""


def _free_port() -> int:
    """A port nobody listens on now, and that no connection is given on its way out: those begin at 32768."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Stack:
    """A home in which web, worker and database run, and what has been done to it."""

    house: House
    process: subprocess.Popen[bytes] | None = None
    told: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def at(cls, folder: Path) -> Stack:
        """A stack in this folder, not started."""
        return cls(House(folder, web_port=_free_port()))

    @property
    def addresses(self) -> Addresses:
        """Where its database is, without touching it: starting it is the supervisor's affair."""
        port = int((self.house.run_folder / "database-port").read_text())
        return embedded_addresses(port, self.house.secret)

    def start(self) -> None:
        """Begin, and wait until it serves."""
        environment = {
            **os.environ,
            "RAPPORT_HOME": str(self.house.path),
            "RAPPORT_PORT": str(self.house.web_port),
            "RAPPORT_SUPERVISED": "",
            "DJANGO_SETTINGS_MODULE": "rapport.settings",
        }
        with (self.house.logs_folder / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", UP], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        assert waited(self.serves, 120, step=0.2), (self.house.logs_folder / "up.log").read_text()

    def stop(self) -> None:
        """End all of it, and leave nothing on the disk outside its folder."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        for pid in born_with(f"{MARK}={self.house.identity}"):
            send(pid, signal.SIGKILL)
        EmbeddedServer(self.house).discard()

    def serves(self) -> bool:
        """Whether the web answers that all it needs is there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.house.web_port}/readyz", timeout=3) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def is_back(self, whom: str, killed: int) -> bool:
        """Whether another process has taken the place of the killed one, and everything serves."""
        others = (self._pid("web"), self._pid("worker"), self._pid(whom))
        up = all(pid is not None and pid != killed and is_alive(pid) for pid in others)
        return up and self.serves() and self.ask("SELECT 1") is not None

    def kill(self, whom: str) -> int:
        """kill -9 of web, worker, database or the supervisor of all, which is then started again; whom it met."""
        pid = self._pid(whom)
        assert pid is not None, f"{whom} does not run"
        os.kill(pid, signal.SIGINT if "asked" in whom else signal.SIGKILL)  # a fast shutdown: sessions end at once
        self.tell(f"killed {whom} ({pid})")
        if whom == "supervisor":
            assert self.process is not None
            self.process.wait()
            self.start()
        return pid

    def _pid(self, whom: str) -> int | None:
        if whom.startswith("database"):
            server = postmaster_of((self.house.database_folder / "data").resolve())
            return server.pid if server else None
        if whom == "supervisor":
            return self.process.pid if self.process else None
        census = find_supervisor(self.house)
        return census.children.get(whom) if census else None

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]] | None:
        """An answer of the database; None while it does not give one."""
        try:
            with psycopg.connect(self.addresses.backup, connect_timeout=3) as connection:
                return connection.execute(query.encode(), values).fetchall()
        except psycopg.OperationalError:
            return None

    def logs(self) -> str:
        """The last words of each process, for whoever must find out why something stands still."""
        ends = {log.name: log.read_text("utf-8", "replace")[-1500:] for log in sorted(self.house.logs_folder.glob("*"))}
        return "\n".join(f"--- {name}\n{end}" for name, end in ends.items())

    def tell(self, what: str) -> None:
        """Note an instant."""
        self.told.append(f"{time.monotonic() - self.began:7.2f} s  {what}")
        print(self.told[-1], flush=True)
