"""The restore drill: docs/host/backup.md, followed word for word, on an empty home; and what must be refused.

The commands are read out of the page, so that the page is what is tried.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rapport.kit.house import House
from rapport.kit.postgres import EmbeddedServer
from tests.faults.outcome import Outcome, outcome_of
from tests.faults.scenarios import cards, mails

PAGE = Path(__file__).resolve().parents[3] / "docs" / "host" / "backup.md"
RAPPORT = Path(sys.executable).parent / "rapport"
MAYA = "maya@fernhill.example"


class Host:
    """Whoever runs Rapport, at a shell: types what a page says, with the page's example paths theirs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "first"
        (folder / "disk").mkdir()

    def types(self, command: str) -> subprocess.CompletedProcess[str]:
        """A line of a shell; `export` is remembered."""
        backup = next(iter(sorted((self.folder / "disk").glob("*.rapport"))), Path("none"))
        command = re.sub(r"/mnt/disk/rapport-[\w-]+\.rapport", str(backup), command)
        command = command.replace("/mnt/disk/", f"{self.folder / 'disk'}/").replace("/srv/rapport/", f"{self.folder}/")
        if command.startswith("export RAPPORT_HOME="):
            self.home = Path(command.partition("=")[2])
            return subprocess.CompletedProcess(command, 0, "", "")
        words = shlex.split(command)
        assert words[0] == "rapport", command
        environment = {**os.environ, "RAPPORT_HOME": str(self.home), "RAPPORT_SAMPLE": "no"}
        environment.pop("RAPPORT_APP_DSN", None)
        environment.pop("RAPPORT_OWNER_DSN", None)
        return subprocess.run(
            [RAPPORT, *words[1:]], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def comes_to(self) -> Outcome:
        """What is in the home they are at."""
        with EmbeddedServer(House(self.home)).running() as addresses:
            with psycopg.connect(addresses.backup) as connection:
                (workspace,) = connection.execute("SELECT id FROM workspace").fetchone() or (None,)
            return outcome_of(addresses.app, workspace)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    yield host
    for home in (tmp_path / "first", tmp_path / "restored"):
        if (home / "keys").exists():
            EmbeddedServer(House(home)).discard()
        shutil.rmtree(home, ignore_errors=True)


def commands(heading: str) -> list[str]:
    """The commands below a heading of the page, in their order."""
    part = PAGE.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [line.strip() for line in part.splitlines() if re.match(r" {4,}(rapport|export) ", line)]
    assert found, heading
    return found


def test_the_page_brings_everything_back(host: Host) -> None:
    (host.folder / "mail.mbox").write_bytes(mails(0, 8, large=5))
    (host.folder / "book.vcf").write_bytes(cards())
    assert host.types(f"rapport import mail.mbox book.vcf --as {MAYA}").returncode == 0
    assert host.types('rapport log "called Priya 10 min, rota works"').returncode == 0
    before = host.comes_to()
    for command in (*commands("Make one"), *commands("Look whether one is whole")):
        done = host.types(command)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    _refuses_what_is_damaged(host)
    began = time.monotonic()
    told = [command for command in commands("Bring it back") if command != "rapport up"]
    assert [line.split()[1] for line in told] == ["RAPPORT_HOME=/srv/rapport/restored", "restore", "check"]
    for command in told:
        done = host.types(command)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    print(f"\nrestored in {time.monotonic() - began:.0f} s")
    assert "Everything is in its place" in done.stdout
    assert host.home.name == "restored"
    came_back = host.comes_to()
    for part in before:
        assert came_back[part] == before[part], part


def test_who_was_erased_stays_away_in_a_new_home(host: Host) -> None:
    """Without the keys the restore is refused; with those the backup told to keep, no import brings Priya back."""
    (host.folder / "book.vcf").write_bytes(cards())
    importing = f"rapport import book.vcf --as {MAYA}"
    assert host.types(importing).returncode == 0
    erased = host.types("rapport erase priya --name 'Priya Nair'")
    assert erased.returncode == 0, erased.stderr
    backed_up = host.types("rapport backup /mnt/disk/")
    assert f"Keep a copy of {host.home}/keys" in backed_up.stdout
    shutil.copytree(host.home / "keys", host.folder / "kept")
    backup = "/mnt/disk/rapport-20261122-201505.rapport"
    host.types("export RAPPORT_HOME=/srv/rapport/restored")
    dry = host.types(f"rapport restore --dry-run {backup}")
    assert (dry.returncode, "--keys /former/home/keys" in dry.stdout) == (0, True), dry.stdout
    refused = host.types(f"rapport restore {backup}")
    assert (refused.returncode, "--keys /former/home/keys" in refused.stderr) == (5, True), refused.stderr
    done = host.types(f"rapport restore {backup} --keys kept")
    assert done.returncode == 0, done.stderr
    assert host.types(importing).returncode == 0
    assert "Priya" not in host.types("rapport people --json").stdout


def _refuses_what_is_damaged(host: Host) -> None:
    """Cut, one byte flipped, or of a later Rapport: the reason is said, and the home stays as empty as it was."""
    (backup,) = (host.folder / "disk").glob("*.rapport")
    whole, home = backup.read_bytes(), host.home
    host.home = host.folder / "restored"
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 1
    for name, body, reason in (
        ("cut", whole[: len(whole) // 2], "is cut"),
        ("flipped", bytes(flipped), "has changed since it was written"),
    ):
        (host.folder / f"{name}.rapport").write_bytes(body)
        done = host.types(f"rapport restore {name}.rapport")
        assert (done.returncode, reason in done.stderr) == (1, True), done.stderr
        assert [path for path in (host.home / "files").rglob("*") if path.is_file()] == []
    assert backup.read_bytes() == whole  # the one that was copied stays as it was
    host.home = home
