"""A home moves from the embedded database to a server of its own, an older one too, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from rapport.doors.keeping.checking import check
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, prepare_server
from tests.conftest import point_django_at
from tests.kit.bare_server import bare_server, emptied, found_servers

from .conftest import Home
from .test_backup import Empty, backed_up, everything, restored, rows


@pytest.fixture
def served(home: Home, tmp_path: Path) -> Iterator[tuple[House, Addresses]]:
    """An empty home on an ordinary server: Debian's 15 where it is installed."""
    house = House(tmp_path / "served")
    with bare_server(found_servers()[-1]) as url:
        try:
            yield house, prepare_server(emptied(url), house)
        finally:
            connections.close_all()
            point_django_at(home.addresses)


def test_there_and_back_again(home: Home, served: Empty, empty: Empty, tmp_path: Path) -> None:
    house, addresses = served
    restored(served, backed_up(home, tmp_path))
    assert everything(addresses.backup) == everything(home.addresses.backup)
    assert check(house, addresses) == []
    (tmp_path / "back").mkdir()
    restored(empty, backed_up(Home(house, addresses, home.workspace_id), tmp_path / "back"))
    assert everything(empty[1].backup) == everything(home.addresses.backup)
    assert check(*empty) == []


def test_a_restore_that_was_cut_short_is_simply_done_again(home: Home, empty: Empty, tmp_path: Path) -> None:
    path = backed_up(home, tmp_path)
    with psycopg.connect(empty[1].owner, autocommit=True) as connection:
        connection.execute("CREATE DATABASE rapport_restoring")
        connection.execute("CREATE DATABASE rapport_before_restore")
    restored(empty, path)
    assert everything(empty[1].backup) == everything(home.addresses.backup)
    left = rows(empty[1].backup, "SELECT datname::text FROM pg_database WHERE datname LIKE 'rapport_%'")
    assert left == []
