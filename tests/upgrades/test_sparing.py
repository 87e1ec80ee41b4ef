"""What our quicker way through the migrations makes is what Django's own makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from rapport.doors.running.migrating import migrate
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, create_scratch_database, drop_scratch_database
from tests.conftest import point_django_at
from tests.faults.lab import Stage

from .test_stopped import schema_of


@pytest.fixture
def empty(django_db_setup: None, django_db_blocker: Any, addresses: Addresses, tmp_path: Path) -> Iterator[Any]:
    """Gives databases in which nothing is yet; Django lives in the last one."""
    made: list[str] = []

    def make() -> Stage:
        made.append(f"sparing_{len(made)}")
        connections.close_all()
        stage = Stage(House(tmp_path / made[-1]), create_scratch_database(addresses, made[-1]), tmp_path)
        point_django_at(stage.addresses)
        return stage

    with django_db_blocker.unblock():
        yield make
        connections.close_all()
        point_django_at(addresses)
        for name in made:
            drop_scratch_database(addresses, name)


def test_the_schema_is_that_of_django(empty: Any) -> None:
    ours, theirs = empty(), empty()
    MigrationExecutor(connections["owner"]).migrate(MigrationExecutor(connections["owner"]).loader.graph.leaf_nodes())
    connections.close_all()
    point_django_at(ours.addresses)
    assert migrate()
    connections.close_all()
    assert schema_of(ours) == schema_of(theirs)
