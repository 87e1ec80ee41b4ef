"""A pytest plugin: the tests of an area once, measured, then a process for each mutant, forked from the warm one.

A fork has PostgreSQL up, Django loaded and every module compiled; it opens connections of its own and runs the tests
that came to the mutant's lines, a different file each time first, until one fails.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import coverage
import psycopg
import pytest
from _pytest.runner import runtestprotocol

from rapport.kit.postgres import Addresses

from .areas import HOME, area
from .equivalent import is_equivalent
from .mutants import Mutant, mutants_of, statements_of

AREA = area(os.environ["PROVE_AREA"])
SAMPLE = int(os.environ["PROVE_SAMPLE"])
SEED = int(os.environ["PROVE_SEED"])
ONLY = set(map(tuple, json.loads(os.environ.get("PROVE_ONLY", "[]"))))
RESULT = Path(os.environ["PROVE_RESULT"])
SECONDS_EACH = float(os.environ.get("PROVE_SECONDS_EACH", "15"))
TESTS_EACH = 40

# Begun before the tests' settings load anything of Rapport: what a module does when it is loaded counts, too.
_cover = coverage.Coverage(
    data_file=None, branch=True, include=[str(file) for file in AREA.files()], config_file=False, messages=False
)
_cover.set_option("report:exclude_also", ["if TYPE_CHECKING:", r"^\s*\.\.\.$", r"def .*: \.\.\.$", "@overload"])
_cover.start()
_addresses: list[Addresses] = []


@dataclass(slots=True)
class Tried:
    """What became of a mutant."""

    mutant: Mutant
    end: str  # killed, timeout, survived, unreached
    by: str
    tests: int
    seconds: float


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Any:
    """Hear where the database is."""
    made = yield
    if fixturedef.argname == "addresses":
        _addresses.append(made)
    return made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order of files, whatever else is wanted."""
    items.sort(key=lambda item: item.nodeid.partition("::")[0])


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """All tests, measured; then the mutants."""
    took, failed = _run_measured(session)
    _cover.stop()
    measured = _measured()
    covered = _tests_of_lines(_cover.get_data())
    _let_go_of_everything()
    said = _Teller(session)
    said.line(f"{AREA.name}: {measured['percent']:.1f} % of lines and branches by {len(took)} tests")
    tried: list[Tried] = []
    all_mutants: list[Mutant] = []
    if SAMPLE:
        all_mutants = [one for file in AREA.files() for one in mutants_of(file)]
        counted = [one for one in all_mutants if not is_equivalent(one)]
        tried = _Trying(session, covered, took, failed, said).all(_chosen(counted))
        measured["population"] = len(counted)
        measured["equivalent"] = len(all_mutants) - len(counted)
    RESULT.write_text(
        json.dumps({**measured, "failed": sorted(failed), "tried": [asdict(one) for one in tried]}, indent=1)
    )
    return True


def _chosen(mutants: list[Mutant]) -> list[Mutant]:
    if ONLY:
        return [one for one in mutants if one.key in ONLY]
    return random.Random(SEED).sample(mutants, min(SAMPLE, len(mutants)))


def _run_measured(session: pytest.Session) -> tuple[dict[str, float], set[str]]:
    """Every test, the session's fixtures left standing: seconds of each, and those that failed."""
    took: dict[str, float] = {}
    items = session.items
    for item, following in zip(items, [*items[1:], _elsewhere(items[-1], items)], strict=True):
        began = time.monotonic()
        _cover.switch_context(item.nodeid)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        _cover.switch_context("")
        took[item.nodeid] = time.monotonic() - began
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    stats: dict[str, list[Any]] = reporter.stats  # type: ignore[union-attr]
    return took, {one.nodeid for kind in ("failed", "error") for one in stats.get(kind, ())}


def _elsewhere(item: pytest.Item, items: Sequence[pytest.Item]) -> pytest.Item:
    """A test of another folder or at least file, so that all but the session's fixtures end with this one."""
    folder, file = item.path.parent, item.path
    return max(items, key=lambda one: (folder not in one.path.parents, one.path != file))


def _measured() -> dict[str, Any]:
    files: dict[str, float] = {}
    total = [0, 0]
    for file in AREA.files():
        numbers = _cover._analyze(str(file)).numbers
        covered, of = numbers.ratio_covered
        total = [total[0] + covered, total[1] + of]
        files[str(file.relative_to(HOME))] = numbers.pc_covered
    missing = {str(f.relative_to(HOME)): _cover.analysis2(str(f))[4] for f in AREA.files()}
    return {"percent": 100 * total[0] / total[1], "of": total[1], "files": files, "missing": missing}


def _tests_of_lines(data: coverage.CoverageData) -> dict[str, dict[int, set[str]]]:
    return {
        str(Path(file).relative_to(HOME)): {
            line: {one for one in contexts if one} for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }


def _let_go_of_everything() -> None:
    """A fork must open its own: two processes at one connection answer each other's questions."""
    from django.db import connections

    with contextlib.suppress(Exception):
        connections.close_all()


class _Teller:
    """Says how far it is."""

    def __init__(self, session: pytest.Session) -> None:
        self._capture = session.config.pluginmanager.get_plugin("capturemanager")

    def line(self, text: str) -> None:
        with self._capture.global_and_fixture_disabled():  # type: ignore[union-attr]
            sys.stderr.write(text + "\n")


class _Trying:
    """Tries mutants, one after the other."""

    def __init__(
        self,
        session: pytest.Session,
        covered: dict[str, dict[int, set[str]]],
        took: dict[str, float],
        failed: set[str],
        said: _Teller,
    ) -> None:
        self._items = {item.nodeid: item for item in session.items if item.nodeid not in failed}
        self._all = session.items
        self._covered, self._took, self._said = covered, took, said
        self._kills: Counter[str] = Counter()
        self._home = Path(os.environ["RAPPORT_HOME"])
        self._kept = set(self._files())

    def all(self, mutants: Sequence[Mutant]) -> list[Tried]:
        """Each of them; first nothing at all is changed, and nothing may fail."""
        self._must_hold_unchanged([self._tests_for(one)[:15] for one in mutants])
        tried = []
        for number, mutant in enumerate(mutants, 1):
            one = self._try(mutant, self._tests_for(mutant))
            tried.append(one)
            self._kills[one.by] += one.end == "killed"
            if one.end in ("survived", "unreached"):
                self._said.line(
                    f"{one.end}: {mutant.file}:{mutant.line} {mutant.name}\n  - {mutant.was}\n  + {mutant.now}"
                )
            if number % 20 == 0:
                killed = sum(one.end in ("killed", "timeout") for one in tried)
                self._said.line(f"{AREA.name}: {killed} of {number} killed, of {len(mutants)}")
        return tried

    def _must_hold_unchanged(self, chosen: Iterable[Sequence[str]]) -> None:
        """A share of the same tests in forks without a mutant: what fails here would be called killed there."""
        for tests in random.Random(SEED).sample([one for one in chosen if one], min(3, sum(map(bool, chosen)))):
            end, by, _number = self._fork(None, tests, 120)
            if end != "survived":
                self._said.line(f"fails without a mutant, so it is left out: {by or end}")
                self._items.pop(by, None)

    def _try(self, mutant: Mutant, tests: Sequence[str]) -> Tried:
        began = time.monotonic()
        tests = [one for one in tests if one in self._items]
        if not tests:
            return Tried(mutant, "unreached", "", 0, 0)
        limit = 20 + 5 * sum(self._took[one] for one in tests)
        end, by, number = self._fork(mutant, tests, limit)
        return Tried(mutant, end, by, number, time.monotonic() - began)

    def _tests_for(self, mutant: Mutant) -> list[str]:
        """Those that came to its lines, for so long: quick ones first, of many files, and those that killed others."""
        reaching = self._reaching(mutant) & self._items.keys()
        by_file: dict[str, list[str]] = {}
        for one in sorted(reaching, key=self._took.__getitem__):
            by_file.setdefault(one.partition("::")[0], []).append(one)
        ranked = [
            (self._took[one] * (1 + n) / (1 + self._kills[one]), one)
            for ones in by_file.values()
            for n, one in enumerate(ones)
        ]
        tests: list[str] = []
        seconds = 0.0
        for _rank, one in sorted(ranked):
            took = self._took[one]
            if len(tests) < TESTS_EACH and (not tests or seconds + took <= SECONDS_EACH):
                tests.append(one)
                seconds += took
        return tests

    def _reaching(self, mutant: Mutant) -> set[str]:
        if not mutant.is_function:
            return self._naming(mutant)
        lines = self._covered.get(mutant.file, {})
        around = [(start, end) for start, end in statements_of(mutant.file) if start <= mutant.line <= end]
        start, end = min(around, key=lambda one: one[1] - one[0], default=(mutant.line, mutant.until))
        found = {one for line in range(start, end + 1) for one in lines.get(line, ())}
        return found or self._of_function(mutant, lines)

    def _of_function(self, mutant: Mutant, lines: dict[int, set[str]]) -> set[str]:
        """Of a default in a signature: whoever came into the function."""
        for node in ast.walk(ast.parse((HOME / mutant.file).read_text("utf-8"))):
            is_it = isinstance(node, ast.FunctionDef) and node.name == mutant.name.rpartition(".")[2]
            if is_it and node.lineno <= mutant.line < node.body[0].lineno:  # type: ignore[attr-defined]
                body = range(node.body[0].lineno, (node.end_lineno or 0) + 1)  # type: ignore[attr-defined]
                return {one for line in body for one in lines.get(line, ())}
        return set()

    def _naming(self, mutant: Mutant) -> set[str]:
        """Of a table: whoever came to a line that names it, or a table made of it."""
        names = {mutant.name}
        text = {file: (HOME / file).read_text("utf-8").splitlines() for file in self._covered}
        for line in text.get(mutant.file, ()):
            made, sign, rest = line.partition(" = ")
            if sign and made.partition(":")[0].isidentifier() and names & _names_in(rest):
                names.add(made.partition(":")[0])
        found: set[str] = set()
        for file, lines in self._covered.items():
            for number, tests in lines.items():
                start, end = self._statement(file, number)
                said = "\n".join(text[file][start - 1 : end])
                if names & _names_in(said):
                    found |= tests
        # made of it over several lines, or used in another area: whoever came into its module
        return found or {one for tests in self._covered.get(mutant.file, {}).values() for one in tests}

    def _statement(self, file: str, line: int) -> tuple[int, int]:
        around = [one for one in statements_of(file) if one[0] <= line <= one[1]]
        return min(around, key=lambda one: one[1] - one[0], default=(line, line))

    def _fork(self, mutant: Mutant | None, tests: Sequence[str], limit: float) -> tuple[str, str, int]:
        """How it ended, by which test, and how many were run."""
        told = RESULT.with_suffix(".fork")
        told.write_text("")
        child = os.fork()
        if child == 0:
            self._be_the_child(mutant, tests, told)
        end = _wait_for(child, limit)
        lines = told.read_text().splitlines()
        self._clean_up()
        by = lines[-1] if lines else ""
        return end, by if end != "survived" else "", len(lines)

    def _be_the_child(self, mutant: Mutant | None, tests: Sequence[str], told: Path) -> None:
        """Never comes back."""
        code = 3
        try:
            os.setsid()
            random.seed(SEED)
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            if mutant is not None:
                from .applying import apply

                apply(mutant)
            code = 1 if self._fails(tests, told) else 0
        except LookupError:
            code = 4
        except BaseException:
            code = 1  # it could not even be loaded
        finally:
            os._exit(code)

    def _fails(self, tests: Sequence[str], told: Path) -> bool:
        items = [self._items[one] for one in tests]
        with told.open("a", buffering=1) as line:
            for item, following in zip(items, [*items[1:], _elsewhere(items[-1], self._all)], strict=True):
                line.write(item.nodeid + "\n")
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                    return True
        return False

    def _clean_up(self) -> None:
        """What a fork left when it was ended in the middle: its statements, what it committed, its files."""
        with psycopg.connect(_addresses[-1].superuser, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with psycopg.connect(_addresses[-1].owner, autocommit=True) as connection:
            left = connection.execute('SELECT EXISTS (SELECT FROM workspace) OR EXISTS (SELECT FROM "user")').fetchone()
            if left and left[0]:
                connection.execute('TRUNCATE workspace, "user", django_session CASCADE')
        for file in self._files() - self._kept:
            file.unlink(missing_ok=True)

    def _files(self) -> set[Path]:
        """All in the home but the database and its keys."""
        return {
            file
            for folder in self._home.iterdir()
            if folder.is_dir() and folder.name not in ("database", "postgres", "keys", "logs", "run", "socket")
            for file in folder.rglob("*")
            if file.is_file()
        }


def _names_in(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _wait_for(child: int, limit: float) -> str:
    until = time.monotonic() + limit
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return {0: "survived", 4: "not loaded"}.get(code, "killed")
        time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"
