"""How long the server takes for a page, with the whole sample village in the database: no network, no browser."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles

from django.test import Client

from rapport.accounts.models import User
from rapport.accounts.rows import in_workspace
from rapport.doors.running.sample import raise_sample
from rapport.kit.collecting import SELDOM
from rapport.people.models import Handle

TIMES = 60
WELL_KNOWN = "grace.oneill@harrowhospice.example"


@dataclass(frozen=True, slots=True)
class Latency:
    """A page: half of its answers came within p50, 19 of 20 within p95 milliseconds."""

    page: str
    p50: float
    p95: float
    kilobytes: float
    load: float


def measure(files_folder: Path, now: datetime, say: Callable[[str], None]) -> list[Latency]:
    """Raise the village, sign in, and ask for each page again and again."""
    user = User.objects.create_user("visitor@benchmark.example")
    workspace = raise_sample(user, files_folder, now, say)
    with in_workspace(workspace.id):
        person_id = Handle.objects.get(kind="email", value=WELL_KNOWN).person_id
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    pages = {"Today": "/", "People": "/people", "Person": f"/people/{person_id}", "Why": f"/people/{person_id}/why"}
    return [latency(browser, page, address) for page, address in pages.items()]


def as_table(found: Sequence[Latency]) -> Iterator[str]:
    """Lines to print."""
    yield f"\n{'page':24}{'p50 ms':>7}{'p95 ms':>9}{'kB':>9}{'load':>6}"
    for one in found:
        yield f"{one.page:24}{one.p50:7.1f}{one.p95:9.1f}{one.kilobytes:9.1f}{one.load:6.1f}"


def latency(browser: Client, page: str, address: str) -> Latency:
    """Ask for one page again and again."""
    load = os.getloadavg()[0]
    for _ in range(5):
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    gc.collect()
    gc.freeze()  # as the web process is set up (rapport/wsgi.py)
    gc.set_threshold(*SELDOM)
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = browser.get(address)
        taken.append(1000 * (time.perf_counter() - began))
    cuts = quantiles(taken, n=20)
    return Latency(page, cuts[9], cuts[18], len(answer.content) / 1000, load)
