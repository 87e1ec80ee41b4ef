"""Kept homes of landed states, filled into databases of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from rapport.channels.files import path_of
from rapport.doors.keeping.backing_up import DUMP
from rapport.doors.keeping.programs import fill
from rapport.doors.keeping.sealing import members_of
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, create_scratch_database, drop_scratch_database
from tests.conftest import point_django_at
from tests.faults.lab import Stage

KEPT = sorted(Path(__file__).parent.glob("*.rapport"))
SERVER = 18


def lay_out(kept: Path, stage: Stage) -> None:
    """The home as it stood: its database, with the schema of that day, and its files."""
    for name, file in members_of(kept):
        if name == DUMP:
            (stage.outside / DUMP).write_bytes(file.read())
        elif name.startswith("files/"):
            place = path_of(stage.house.files_folder, name.removeprefix("files/"))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read())
    fill(stage.addresses.owner, SERVER, stage.outside / DUMP)


Stood = Callable[[Path], Stage]


@pytest.fixture
def stood(
    django_db_setup: None, django_db_blocker: Any, addresses: Addresses, tmp_path: Path, settings: Any
) -> Iterator[Stood]:
    """Lay out kept homes; Django lives in the last one."""
    made: list[str] = []

    def lay(kept: Path) -> Stage:
        name = f"kept_{kept.stem}_{len(made)}"
        made.append(name)
        connections.close_all()
        (tmp_path / name).mkdir()
        stage = Stage(House(tmp_path / name / "home"), create_scratch_database(addresses, name), tmp_path / name)
        lay_out(kept, stage)
        settings.HOUSE = stage.house
        point_django_at(stage.addresses)
        return stage

    with django_db_blocker.unblock():
        yield lay
        connections.close_all()
        point_django_at(addresses)
        for name in made:
            drop_scratch_database(addresses, name)
    for name in made:
        shutil.rmtree(tmp_path / name, ignore_errors=True)
