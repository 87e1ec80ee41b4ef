"""An upgrade that is stopped at any statement finishes when it is run again, as one that was never stopped."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connections

from rapport.doors.keeping.checking import check
from rapport.doors.keeping.upgrading import bring_forward
from rapport.kit.failpoints import failpoint
from rapport.kit.postgres import Addresses
from rapport.kit.postgres.binaries import find_binaries
from tests.conftest import point_django_at
from tests.faults.lab import ALL, ENDS, SEED, Ending, Lab, Recorder, Stage, port_of

from .conftest import KEPT, lay_out

WRITTEN_DOWN = "written-down:"
SHARE = 3  # stops of each beginning, unless all are asked for


@pytest.fixture(scope="module")
def lab(
    django_db_setup: None, django_db_blocker: Any, addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    with django_db_blocker.unblock():
        lab = Lab(addresses, tmp_path_factory.mktemp("lab"), base="template1")
        yield lab
        lab.discard()
        point_django_at(addresses)


def of_the_first_state(stage: Stage) -> None:
    """A home somebody has lived in since the first landing."""
    lay_out(KEPT[0], stage)


def new(stage: Stage) -> None:
    """A home in which nothing is yet."""


def upgrade(stage: Stage) -> None:
    """Bring it forward; each statement is a place where it may be stopped."""

    def told(execute: Callable[..., Any], query: str, values: Any, *more: Any) -> Any:
        is_written_down = query.startswith('INSERT INTO "django_migrations"')
        failpoint(f"{WRITTEN_DOWN}{values[0]}.{values[1]}" if is_written_down else "statement")
        return execute(query, values, *more)

    with connections["owner"].execute_wrapper(told):
        bring_forward(stage.house, stage.addresses, lambda _sentence: None)


def state_of(stage: Stage) -> tuple[str, list[Any], list[str]]:
    """The schema as PostgreSQL writes it down, the rows of the tables, and what `rapport check` says."""
    tables = stage.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    # Times, and numbers drawn in order.
    left_out = {"agenda", "django_migrations", "django_content_type", "auth_permission"}
    rows = [
        (name, stage.ask(f"SELECT md5(string_agg(told, '|' ORDER BY told)) FROM {_told(name)}")[0][0])
        for (name,) in tables
        if name not in left_out
    ]
    return schema_of(stage), rows, [one.sentence for one in check(stage.house, stage.addresses)]


def _told(table: str) -> str:
    """Its rows as text; of those a migration makes or asks to be looked at again, without ids and times drawn anew."""
    drawn = table in ("organization_ties", "relationship", "wish")
    told = "(to_jsonb(t) - 'id' - 'next_look_at')::text" if drawn else "t::text"
    return f'(SELECT {told} AS told FROM "{table}" t) AS rows'


def schema_of(stage: Stage) -> str:
    """As PostgreSQL writes it down."""
    url = urlsplit(stage.addresses.owner)
    bare = url._replace(netloc=f"{url.username}@{url.hostname}:{url.port}").geturl()
    said = subprocess.run(
        [find_binaries().program("pg_dump"), "--schema-only", "--no-owner", f"--dbname={bare}"],
        env={**os.environ, "PGPASSWORD": unquote(url.password or "")}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return "\n".join(line for line in said.splitlines() if not line.startswith(("\\", "--")))


@pytest.mark.parametrize("begins", [of_the_first_state, new])
def test_wherever_it_is_stopped_running_it_again_finishes(lab: Lab, begins: Any, tmp_path: Path) -> None:
    beginning = lab.beginning(begins)
    recorder = Recorder(tmp_path / "reached")
    with lab.copy(beginning) as stage:
        ran = lab.in_process(stage, lambda: upgrade(stage), recorder)
        assert ran.code == 0, ran.wrote
        expected = _state(lab, stage)
    places = recorder.reached()
    assert len(places) > 100
    assert expected[2] == []
    faults = [(hit, kind) for hit in range(1, len(places) + 1) for kind in ENDS]
    if not ALL:
        faults = random.Random(f"{SEED} {begins.__name__}").sample(faults, SHARE)
    # Where a migration is over and not yet written down is where it would break.
    words = [(hit, "kill") for hit, name in enumerate(places, 1) if name.startswith(f"{WRITTEN_DOWN}rapport.")]
    for hit, kind in [words[0], words[-1], *faults]:
        fault = f"{kind} at stop {hit} of {len(places)}, {places[hit - 1]} (seed {SEED})"
        with lab.copy(beginning) as stage:
            lab.in_process(stage, lambda stage=stage: upgrade(stage), Ending(hit, kind, port_of(stage)))
            again = lab.in_process(stage, lambda stage=stage: upgrade(stage))
            assert again.code == 0, f"{fault}\n{again.wrote}"
            assert _state(lab, stage) == expected, fault
    print(f"\n{begins.__name__}: {len(places)} stops, {len(faults) + 2} faults, seed {SEED}")


def _state(lab: Lab, stage: Stage) -> tuple[str, list[Any], list[str]]:
    looked = lab.in_process(stage, lambda: state_of(stage))
    assert looked.code == 0, looked.wrote
    state: tuple[str, list[Any], list[str]] = looked.gave
    return state
