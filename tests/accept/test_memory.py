"""However large a mailbox is, reading it takes the same memory."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from rapport.kit.postgres import Addresses

SMALL, LARGE = 8 << 20, 24 << 20  # bytes
MOST = 400.0  # MiB, of the process that imports and of the child that parses, each
READ = """
import json, os, sys, threading, time
from pathlib import Path
import django
django.setup()
from rapport.accounts.access import viewer_of
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Role, User
from rapport.accounts.rows import in_workspace
from rapport.doors.operations.handing_over import hand_over
from rapport.interactions.import_progress import progress_of
from rapport.interactions.imports import run_import
from rapport.kit import clock
from rapport.people.home import found_home, make_home_person
from rapport.relationships.refresh import read_on

path, files_folder = Path(sys.argv[1]), Path(sys.argv[2])
files_folder.mkdir()
peaks = {}

def peak(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

def watch():
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    for pid in {int(pid) for one in children for pid in one.read_text().split()}:
        peaks[pid] = peak(pid)

now = clock.now()
workspace = found_workspace("Memory", "UTC", now)
with in_workspace(workspace.id):
    person = make_home_person("Maya", "maya@fernhill.example", found_home("Memory", now), now)
membership = join(workspace, User.objects.create_user(f"{workspace.id}@fernhill.example"), person.id, Role.OWNER, now)
viewer = viewer_of(membership)
import_id, _ = hand_over(viewer, [path], ["maya@fernhill.example"], files_folder)
run_import(workspace.id, import_id, files_folder, read_on, watch)
with in_workspace(workspace.id):
    done = progress_of(viewer, import_id)
print(json.dumps({"stored": done.stored, "own": peak(os.getpid()), "child": max(peaks.values())}))
"""


def test_memory_is_flat(committed: Addresses, tmp_path: Path) -> None:
    small = _read(_mailbox(tmp_path / "small.mbox", SMALL), tmp_path / "files-1", committed)
    large = _read(_mailbox(tmp_path / "large.mbox", LARGE), tmp_path / "files-2", committed)
    print(f"\n{SMALL >> 20} MB: {small}\n{LARGE >> 20} MB: {large}")
    assert large["stored"] > 2.5 * small["stored"] > 2_500
    for which in ("own", "child"):
        assert large[which] < MOST
        assert large[which] < 1.15 * small[which]


def _mailbox(path: Path, size: int) -> Path:
    """Letters between some two hundred people: most of a few kilobytes, one in twenty with something enclosed."""
    chance = random.Random(size)
    words = [f"{chance.choice('bdfglmnprst')}{chance.choice('aeiou')}{number:x}" for number in range(3_000)]
    with path.open("wb") as file:
        number = 0
        while file.tell() < size:
            number += 1
            file.write(_letter(chance, words, number))
    return path


def _letter(chance: random.Random, words: list[str], number: int) -> bytes:
    other = f"person{chance.randrange(200)}@org{chance.randrange(40)}.example"
    ends = [other, "maya@fernhill.example"]
    chance.shuffle(ends)
    body = "\n".join(" ".join(chance.choices(words, k=12)) for _ in range(chance.randrange(5, 80)))
    enclosed = chance.randbytes(30_000).hex() if number % 20 == 0 else ""
    return (
        f"From {ends[0]} Tue Mar  3 09:00:00 2026\nFrom: <{ends[0]}>\nTo: <{ends[1]}>\n"
        f"Date: Tue, {1 + number % 28} Mar 2026 {number % 24:02}:{number % 60:02}:00 +0000\n"
        f"Subject: {words[number % 3_000]}\nMessage-ID: <{number}.{chance.random()}@fernhill.example>\n"
        f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{body}?\n"
        f"--b\nContent-Type: application/pdf; name=plan.pdf\n\n{enclosed}\n--b--\n\n"
    ).encode()


def _read(path: Path, files_folder: Path, addresses: Addresses) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(path), str(files_folder)],
        env={
            **os.environ,
            "RAPPORT_APP_DSN": addresses.app,
            "RAPPORT_OWNER_DSN": addresses.owner,
            "DJANGO_SETTINGS_MODULE": "rapport.settings",
        },
        capture_output=True,
        text=True,
        timeout=240,
    )
    if ran.returncode:
        pytest.fail(ran.stderr)
    found: dict[str, float] = json.loads(ran.stdout)
    return found
