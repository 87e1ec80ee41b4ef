"""`python -m tests.proving`: coverage and mutants of each area, as a table.

python -m tests.proving [--area access] [--sample 200] [--seed 1] [--survivors] [--no-mutants]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .areas import AREAS, HOME, Area

KEPT = HOME / "build" / "prove"
COVERED, KILLED = 95.0, 85.0


def main() -> int:
    """Measure the areas asked for; 1 where one of them is below what it should be."""
    asked = _asked()
    KEPT.mkdir(parents=True, exist_ok=True)
    print(f"seed {asked.seed}")
    rows = []
    for area in AREAS:
        if not asked.area or area.name in asked.area:
            rows.append(_row(area, _measure(area, asked), asked))
    print("\n| area | files | coverage | mutants | tried | killed | in all, 19 times of 20 | minutes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row, _holds in rows:
        print(row)
    return 0 if all(holds for _row_told, holds in rows) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proving", description=__doc__)
    parser.add_argument("--area", action="append", choices=[one.name for one in AREAS])
    parser.add_argument("--sample", type=int, default=200, help="mutants of each area, drawn by chance")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--survivors", action="store_true", help="only what survived the last time")
    parser.add_argument("--no-mutants", action="store_true")
    return parser.parse_args()


def _measure(area: Area, asked: argparse.Namespace) -> dict[str, Any]:
    result = KEPT / f"{area.name}.json"
    only = _survivors(result) if asked.survivors else []
    if asked.survivors:
        result = KEPT / f"{area.name}-again.json"
    result.unlink(missing_ok=True)
    surroundings = {
        **os.environ,
        "PROVE_AREA": area.name,
        "PROVE_SAMPLE": "0" if asked.no_mutants else str(asked.sample),
        "PROVE_SEED": str(asked.seed),
        "PROVE_ONLY": json.dumps(only),
        "PROVE_RESULT": str(result),
    }
    tests = [f"tests/{one}" for one in area.tests]
    began = time.monotonic()
    run = [sys.executable, "-m", "pytest", "-q", "-p", "tests.proving.running", "-p", "no:cacheprovider", *tests]
    subprocess.run(run, cwd=HOME, env=surroundings, check=False)
    if not result.exists():
        raise SystemExit(f"The tests of {area.name} did not come to their end.")
    return {**json.loads(result.read_text()), "minutes": (time.monotonic() - began) / 60}


def _survivors(result: Path) -> list[tuple[str, str, str, str]]:
    tried = json.loads(result.read_text())["tried"]
    left = [one["mutant"] for one in tried if one["end"] not in ("killed", "timeout")]
    return [(one["file"], one["name"], one["was"], one["now"]) for one in left]


def _row(area: Area, told: dict[str, Any], asked: argparse.Namespace) -> tuple[str, bool]:
    tried = told["tried"]
    killed = sum(one["end"] in ("killed", "timeout") for one in tried)
    share = 100 * killed / len(tried) if tried else 0.0
    low, high = _interval(killed, len(tried))
    row = (
        f"| {area.name} | {len(area.files())} | {told['percent']:.1f} % | {told.get('population', 0):,} | {len(tried)} "
        f"| {killed}, {share:.1f} % | {low:.1f} to {high:.1f} % | {told['minutes']:.0f} |"
    )
    holds = told["percent"] >= COVERED and (asked.no_mutants or share >= KILLED) and not told["failed"]
    return row, holds


def _interval(killed: int, tried: int) -> tuple[float, float]:
    """Wilson's interval, in which the share of all mutants lies with 95 % confidence."""
    if not tried:
        return 0.0, 100.0
    z, share = 1.96, killed / tried
    middle = share + z * z / (2 * tried)
    spread = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    below = 1 + z * z / tried
    return 100 * (middle - spread) / below, 100 * (middle + spread) / below


if __name__ == "__main__":
    sys.exit(main())
