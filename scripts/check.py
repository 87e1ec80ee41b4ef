"""Everything that must hold before a change goes in. `check` looks at the code; `check --tests` runs it, too.

One line per step with its seconds. A step that fails shows what it said; the others still run. What only looks at the
code is done beside one another, and before the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scripts.browser import find_or_install_browser

HOME = Path(__file__).resolve().parents[1]
BIN = HOME / ".venv" / "bin"


@dataclass(frozen=True, slots=True)
class Step:
    """A name and the command that must succeed; a shown step speaks while it runs."""

    name: str
    command: tuple[str | Path, ...]
    shown: bool = False


LOOKS = (
    Step("ruff check", (BIN / "ruff", "check", "--quiet")),
    Step("ruff format", (BIN / "ruff", "format", "--check", "--quiet")),
    Step("mypy", (BIN / "mypy",)),
    Step("import contracts", (BIN / "lint-imports",)),
    Step("migrations", (BIN / "python", "-m", "django", "makemigrations", "--check", "--dry-run")),
)
PATTERN_RULES = "tests/house"
PROCESSES_AT_MOST = 8  # each with a database beside it: half a gigabyte


def main() -> None:
    """Run the steps; exit 1 when one fails, or, for acceptance, when a test was skipped."""
    os.chdir(HOME)
    with_tests = "--tests" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(_surroundings(Path(folder)))
        results = Path(folder) / "results.xml"
        steps = [*LOOKS, *(_tests(results) if with_tests else [_pytest("pattern rules", PATTERN_RULES)])]
        if with_tests:
            os.environ["RAPPORT_BROWSER"] = str(find_or_install_browser())
        failed = [step.name for step, holds in zip(steps, _held(steps), strict=True) if not holds]
        skips = _skips(results) if with_tests else []
    _end(failed, skips, with_tests)


def _surroundings(folder: Path) -> dict[str, str]:
    """Settings under which nothing of the developer's own Rapport is touched."""
    return {"DJANGO_SETTINGS_MODULE": "rapport.settings", "RAPPORT_HOME": str(folder / "home"), "PYTHONPATH": str(HOME)}


def _tests(results: Path) -> list[Step]:
    """All tests, in as many processes as there are processors, each with a home and a database of its own. A file stays
    in one process: what its tests share is made once."""
    processes = min(max(2, _processors()), PROCESSES_AT_MOST)
    # Not by the number of tests in a file: tests/conftest.py puts first what takes longest.
    spread = (f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder")
    return [_pytest("tests", "tests", *spread, f"--junitxml={results}", shown=True)]


def _pytest(name: str, *arguments: str, shown: bool = False) -> Step:
    return Step(name, (BIN / "python", "-m", "pytest", *arguments), shown)


def _held(steps: Sequence[Step]) -> list[bool]:
    """Whether each holds. What is shown speaks alone."""
    quiet = [step for step in steps if not step.shown]
    with ThreadPoolExecutor(_processors()) as beside:
        held = dict(zip(quiet, beside.map(_holds, quiet), strict=True))
    return [held[step] if step in held else _holds(step) for step in steps]


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def _holds(step: Step) -> bool:
    began = time.monotonic()
    done = subprocess.run(step.command, capture_output=not step.shown, text=True, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    _say(f"{step.name:<20} {verdict:<7} {time.monotonic() - began:7.1f} s")
    if done.returncode != 0 and not step.shown:
        _say((done.stdout + done.stderr).rstrip())
    return done.returncode == 0


def _skips(results: Path) -> list[str]:
    """Each skipped test with its reason."""
    if not results.exists():
        return []
    cases = ElementTree.parse(results).iter("testcase")  # noqa: S314 (pytest wrote it a moment ago)
    found = ((case, case.find("skipped")) for case in cases)
    return [
        f"{case.get('classname')}.{case.get('name')}: {why.get('message')}" for case, why in found if why is not None
    ]


def _end(failed: Sequence[str], skips: Sequence[str], with_tests: bool) -> None:
    if with_tests:
        for skip in skips:
            _say(f"skipped: {skip}")
        _say(f"{len(skips)} tests skipped.")
    if failed:
        sys.exit(f"Not yet: {', '.join(failed)}.")
    if skips and os.environ.get("RAPPORT_ACCEPT") == "1":
        sys.exit("Acceptance allows no skipped test.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
