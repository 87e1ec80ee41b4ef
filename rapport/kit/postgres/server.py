"""The embedded server of one house: start it, adopt it, stop it. It ends with the process that started it."""

from __future__ import annotations

import fcntl
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from ..house import House
from ..supervision.logs import open_log
from ..supervision.processes import waited
from ..supervision.tether import tether
from ..trouble import Conflict, Unavailable
from .addresses import DATABASE, OWNER, SUPERUSER, Addresses, embedded_addresses
from .binaries import find_binaries
from .cluster import Cluster, ready_cluster
from .postmaster import Postmaster, end_orphans, postmaster_of, stop_postmaster
from .roles import ATTRIBUTES, arrange_database, arrange_roles

RECOVERY = 600.0  # seconds a start may take after a crash; reading the log again is not to be cut short
RETRYING = 20.0  # seconds within which a refused start is tried again: a port just taken, sessions still ending
STOPPING = 30.0  # seconds a fast shutdown may take


class EmbeddedServer:
    """PostgreSQL from the wheel, listening on 127.0.0.1 with passwords only."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Addresses:
        """Start the server, or join the one that runs. The thread that calls must live as long as the server should."""
        with self._nobody_else_starting():
            server = self._joined() or self._launched()
            addresses = embedded_addresses(server.port or 0, self._house.secret)
            _furnish(addresses, self._house)
        return addresses

    def stop(self) -> None:
        """Stop it cleanly, whoever started it. A server that does not run is as good."""
        stop_postmaster(self._data, STOPPING)
        if self._process:
            self._process.wait()
            self._process = None

    def is_running(self) -> bool:
        """Whether it takes connections now."""
        if self._process:
            self._process.poll()
        server = postmaster_of(self._data)
        return server is not None and server.is_ready

    def discard(self) -> None:
        """Stop it and delete its data for good: for a home that was only made to try something."""
        self.stop()
        shutil.rmtree(self._house.database_folder, ignore_errors=True)

    @contextmanager
    def running(self) -> Iterator[Addresses]:
        """The server for the length of a block; one that ran before goes on running after."""
        addresses = self.start()
        try:
            yield addresses
        finally:
            if self._process:
                self.stop()

    def binary(self, name: str) -> Path:
        """The path of a PostgreSQL program of this very version, for example `pg_dump`."""
        return find_binaries().program(name)

    @property
    def _data(self) -> Path:
        return (self._house.database_folder / "data").resolve()

    @contextmanager
    def _nobody_else_starting(self) -> Iterator[None]:
        with open(self._house.run_folder / "database.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _joined(self) -> Postmaster | None:
        """The server that runs already. One that is starting or stopping is waited for."""
        waited(lambda: (server := postmaster_of(self._data)) is None or server.is_ready, RECOVERY)
        return postmaster_of(self._data)

    def _launched(self) -> Postmaster:
        cluster = ready_cluster(self._house, self._house.secret(SUPERUSER))
        kept_port = self._house.run_folder / "database-port"
        port = _port_from(kept_port)
        until = time.monotonic() + RETRYING
        while True:
            server = self._launched_once(cluster, port)
            if server:
                kept_port.write_text(str(server.port))
                return server
            if time.monotonic() > until:
                raise _not_started(self._house.logs_folder / "database.log")
            time.sleep(0.5)
            port = _port_from(kept_port)  # the same while it is free: everybody else has to follow to another one

    def _launched_once(self, cluster: Cluster, port: int) -> Postmaster | None:
        end_orphans(self._data)
        # Its number may belong to somebody else by now, in a container almost surely, and PostgreSQL would give up.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        process = self._process = _launch(cluster, port, self._house.logs_folder / "database.log")
        waited(lambda: process.poll() is not None or self.is_running(), RECOVERY)
        return postmaster_of(self._data) if process.poll() is None else None


def _launch(cluster: Cluster, port: int, log: Path) -> subprocess.Popen[bytes]:
    with open_log(log) as output:
        return subprocess.Popen(
            [str(cluster.binaries.program("postgres")), "-D", str(cluster.data), "-c", f"port={port}"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cluster.data,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            start_new_session=True,  # Ctrl-C is for the supervisor, which stops the database last
            preexec_fn=tether(signal.SIGINT),
            user=cluster.account.user,
            group=cluster.account.group,
            extra_groups=cluster.account.extra_groups,
            umask=0o077,
        )


def _furnish(addresses: Addresses, house: House) -> None:
    """Roles, database and extensions; in template1 too, so that every database made later has them."""
    with _entered(addresses.in_database("template1")) as connection:
        arrange_roles(connection, {role: house.secret(role) for role in ATTRIBUTES})
        arrange_database(connection, owned=False)
    with _entered(addresses.in_database("postgres")) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _entered(addresses: Addresses) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(addresses.superuser, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as fault:
        raise Conflict(
            "The database of this home does not open with the passwords in its keys folder. "
            f"Put the keys folder back that belongs to it. PostgreSQL said: {str(fault).strip()}",
            code="keys-lost",
        ) from fault


def _port_from(kept: Path) -> int:
    try:
        port = int(kept.read_text())
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
        return port
    except (OSError, ValueError, OverflowError):
        return _free_port()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _not_started(log: Path) -> Unavailable:
    last = log.read_text("utf-8", "replace").splitlines()[-3:]
    return Unavailable(
        f"PostgreSQL does not start. Its last words, from {log}: {' / '.join(last)} "
        "Check that the disk has room, then start again.",
        code="database-not-started",
    )
