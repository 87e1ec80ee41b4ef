"""The data folder of the embedded server: made once, whole or not at all, and furnished at each start."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..failpoints import failpoint
from ..house import House
from ..trouble import Conflict, Unavailable
from .account import Account, account_for
from .addresses import SUPERUSER
from .binaries import Binaries, find_binaries
from .configuration import ENTRANCE, configuration_text

# The builtin C.UTF-8 sorts alike on every machine; lc_ctype is for pg_trgm, which still asks libc what a letter is.
LOCALE = ["--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data folder, the account it belongs to and the programs that made it."""

    data: Path
    account: Account
    binaries: Binaries

    def run(self, program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end as the owner of the data."""
        command = [str(self.binaries.program(program)), *arguments]
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=self.data.parent,
            user=self.account.user,
            group=self.account.group,
            extra_groups=self.account.extra_groups,
            umask=0o077,
        )


def ready_cluster(house: House, password: str) -> Cluster:
    """The data folder of this house, made by `initdb` if this is the first time, with today's settings."""
    folder = house.database_folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    cluster = Cluster(folder / "data", account_for(folder), find_binaries())
    cluster.account.own(folder)
    _refuse_a_copied_home(folder, house)
    if not cluster.data.exists():
        _make(cluster, password)
    _refuse_another_version(cluster)
    _write(cluster, "postgresql.conf", configuration_text())
    _write(cluster, "pg_hba.conf", ENTRANCE)
    return cluster


def _make(cluster: Cluster, password: str) -> None:
    draft = cluster.data.with_name("data.draft")  # a start cut short leaves only this, and the next begins anew
    shutil.rmtree(draft, ignore_errors=True)
    said = cluster.data.with_name("password.draft")
    with os.fdopen(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password + "\n")
    cluster.account.own(said)
    options = ["--encoding=UTF8", *LOCALE, "--data-checksums", "--auth=scram-sha-256", f"--username={SUPERUSER}"]
    made = cluster.run("initdb", ["-D", str(draft), *options, f"--pwfile={said}"])
    said.unlink()
    if made.returncode != 0:
        reason = (made.stderr or made.stdout).strip().splitlines()[-1:]
        raise Unavailable(
            f"The database could not be set up in {cluster.data}: {''.join(reason)} "
            "Check that the disk has room, then start again.",
            code="database-not-made",
        )
    failpoint("cluster.after_draft")
    draft.rename(cluster.data)
    failpoint("cluster.after_rename")


def _refuse_another_version(cluster: Cluster) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text().strip()
    if made_by != cluster.binaries.major:
        raise Conflict(
            f"The data in {cluster.data} was made by PostgreSQL {made_by}, and this is {cluster.binaries.major}. "
            "Make a backup with the earlier Rapport and restore it into a new RAPPORT_HOME.",
            code="database-version",
        )


def _refuse_a_copied_home(folder: Path, house: House) -> None:
    # Root's data lies outside the home: a home copied with `cp -r` would write into the database of the first.
    if folder.parent == house.path:
        return
    note = folder / "home"
    first = Path(note.read_text("utf-8").strip()) if note.exists() else house.path
    if first != house.path and (first / "keys" / "identity").exists() and House(first).identity == house.identity:
        raise Conflict(
            f"{house.path} is a copy of {first}, and both would use one database. "
            "Delete this copy and bring the data over with `rapport backup` and `rapport restore`.",
            code="copied-home",
        )
    note.write_text(f"{house.path}\n", "utf-8")


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    draft = path.with_name(f".{name}.draft")
    draft.write_text(text)
    cluster.account.own(draft)
    draft.replace(path)
