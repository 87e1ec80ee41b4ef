"""Homes that exist for one test and leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rapport.kit.house import House
from rapport.kit.postgres import EmbeddedServer
from rapport.kit.supervision import stop_supervisor


def _given_up(house: House) -> None:
    stop_supervisor(house)
    EmbeddedServer(house).discard()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "home")
    yield house
    _given_up(house)


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "neighbour")
    yield house
    _given_up(house)


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose database runs during all tests of a file."""
    house = House(tmp_path_factory.mktemp("open") / "home")
    EmbeddedServer(house).start()
    yield house
    _given_up(house)
