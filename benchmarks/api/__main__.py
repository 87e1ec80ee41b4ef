"""`python -m benchmarks.api`: fills a home, starts the web process as `rapport up` does, and drives the load generator
that other systems were measured with (`bench.py` in RAPPORT_SHARED).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.own_home import free_port

if TYPE_CHECKING:
    from rapport.kit.house import House
    from rapport.kit.postgres import Addresses

SHARED = Path(os.environ.get("RAPPORT_SHARED", Path(__file__).resolve().parents[3] / "shared"))
HERE = Path(__file__).parent
FILLED = "filled.json"


def main() -> None:
    """Fill (or take a filled home), serve, measure, print a table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--interactions", type=int, default=1_000_000)
    asked.add_argument("--home", type=Path, help="keep the filled home here and use it again")
    asked.add_argument("--ops", default="", help="only these, separated by commas")
    asked.add_argument("--conc", default="1,8,32", help="how many ask at once")
    asked.add_argument("--seconds", type=float, default=6)
    asked.add_argument("--pages", action="store_true", help="measure the pages of the web instead")
    given = asked.parse_args()
    folder = given.home or Path(tempfile.mkdtemp(prefix="rapport-benchmark-"))
    try:
        _measured(folder, given)
    finally:
        if given.home is None:
            shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path, given: argparse.Namespace) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["RAPPORT_HOME"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    from rapport.doors.running.database import opened
    from rapport.doors.running.migrating import migrate
    from rapport.kit.house import House
    from rapport.kit.postgres import EmbeddedServer

    house = House(folder, web_port=free_port())
    try:
        with opened(house) as addresses:
            migrate()
            told = _filled(house, given)
            if given.pages:
                from benchmarks.serving import as_table

                from .pages import measure

                print("\n".join(as_table(measure(told))))
                return
            with _serving(house, addresses) as web:
                told |= {"port": house.web_port, "web": web, "database": _postmaster(house)}
                (folder / FILLED).write_text(json.dumps(told))
                _drive(folder / FILLED, given)
    finally:
        if given.home is None:
            EmbeddedServer(house).discard()


def _filled(house: House, given: argparse.Namespace) -> dict[str, Any]:
    known = house.path / FILLED
    if known.exists():
        found: dict[str, Any] = json.loads(known.read_text())
        return found
    from .filling import fill

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    filled = asdict(fill(given.people, given.interactions, house.files_folder, SHARED, say))
    known.write_text(json.dumps(filled))
    return filled


@contextmanager
def _serving(house: House, addresses: Addresses) -> Iterator[int]:
    """The web process of this house, as `rapport up` starts it."""
    from rapport.doors.running.up import children
    from rapport.kit.supervision.processes import waited

    web = next(child for child in children(addresses) if child.name == "web")
    environment = {**os.environ, **web.environment, "RAPPORT_PORT": str(house.web_port), "RAPPORT_API_PER_MINUTE": "0"}
    process = subprocess.Popen(web.command, env=environment, stdout=subprocess.DEVNULL)
    try:
        assert waited(house.answers, 60, step=0.2), "the web process did not answer"
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _postmaster(house: House) -> int:
    from rapport.kit.postgres.postmaster import postmaster_of

    server = postmaster_of((house.database_folder / "data").resolve())
    assert server is not None
    return server.pid


def _drive(told: Path, given: argparse.Namespace) -> None:
    command = [
        sys.executable,
        str(SHARED / "bench/bench.py"),
        "rapport",
        "--conc",
        given.conc,
        "--seconds",
        str(given.seconds),
    ]
    if given.ops:
        command += ["--ops", given.ops]
    environment = {**os.environ, "RAPPORT_BENCH": str(told), "PYTHONPATH": str(HERE)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    columns = (("at once", 8), ("p50 ms", 8), ("p95 ms", 8), ("req/s", 8), ("app ms", 8), ("db ms", 7), ("kB", 7),
               ("errors", 7), ("others", 8))  # fmt: skip
    print(f"{'operation':14}" + "".join(f"{name:>{width}}" for name, width in columns))
    for line in running.stdout:
        one = json.loads(line)
        cpu = one["cpu_ms"]
        print(
            f"{one['op']:14}{one['conc']:8}{one['p50']:8.1f}{one['p95']:8.1f}{one['rps']:8.0f}{cpu['app']:8.2f}"
            f"{cpu['db']:7.2f}{one['bytes'] / 1000:7.1f}{one['errors']:7}{one['other_cores']:8.2f}",
            flush=True,
        )
        if one["errors"]:
            print(one["error_sample"], file=sys.stderr)
    assert running.wait() == 0


if __name__ == "__main__":
    main()
