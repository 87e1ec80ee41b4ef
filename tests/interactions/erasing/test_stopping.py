"""An erasure killed at every boundary comes to the same end; a backup from before cannot bring anybody back."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connections

from rapport.accounts.rows import in_workspace
from rapport.doors.keeping.backing_up import back_up
from rapport.doors.keeping.checking import check
from rapport.doors.keeping.restoring import restore
from rapport.interactions.erasing import ledger
from rapport.interactions.erasing.beginning import erase
from rapport.interactions.erasing.going_on import go_on
from rapport.interactions.models import Erasure, Message
from rapport.kit.failpoints import Stopping, watch
from rapport.kit.house import House
from rapport.kit.postgres import Addresses, create_scratch_database, drop_scratch_database
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.models import Person
from rapport.people.tombstones import mark_of_key
from tests.conftest import point_django_at

from .conftest import FILES, Home
from .test_erasing import left_of

STAGES = ("ledger", "interactions", "sweep", "rest", "files")
POINTS = [f"erase.{where}_{stage}" for stage in STAGES for where in ("before", "within", "after")]


def begun(home: Home) -> None:
    zoe = home.zoe()
    assert zoe is not None
    with in_workspace(home.by.viewer.workspace_id):
        erase(home.by, zoe, "Zoe Mark02name")


def killed_at(home: Home, point: str) -> int:
    """Go on in a process of its own until that point; the signal that ended it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        watch(Stopping(point, "kill", 1))
        go_on(home.by.viewer.workspace_id, home.house.path, home.house.files_folder)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def words(home: Home) -> list[tuple[str, str]]:
    with in_workspace(home.by.viewer.workspace_id):
        return sorted(Message.objects.values_list("interaction__title", "text"))


def test_killed_at_every_boundary_it_ends_as_it_would_have(lived_in: Home) -> None:
    begun(lived_in)
    assert [killed_at(lived_in, point) for point in POINTS] == [-signal.SIGKILL] * len(POINTS)
    assert killed_at(lived_in, "nowhere") == 0
    assert left_of(lived_in) == []
    assert ("", "Fine, […].") in words(lived_in)
    assert [one.kind for one in check(lived_in.house, lived_in.addresses)] == []
    with in_workspace(lived_in.by.viewer.workspace_id):
        assert Erasure.objects.get().counts["alone"] == 5


def test_killed_in_the_first_transaction_nothing_has_happened(lived_in: Home) -> None:
    before = words(lived_in)
    connections.close_all()
    child = os.fork()
    if child == 0:
        watch(Stopping("erase.begun", "kill", 1))
        begun(lived_in)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert words(lived_in) == before
    assert lived_in.zoe() is not None


@pytest.fixture
def empty(lived_in: Home, tmp_path: Path) -> Iterator[tuple[House, Addresses]]:
    house = House(tmp_path / "empty")
    there = create_scratch_database(lived_in.addresses, "empty_home")
    yield house, there
    connections.close_all()
    point_django_at(lived_in.addresses)
    for name in ("empty_home", "rapport_restoring", "rapport_before_restore"):
        drop_scratch_database(lived_in.addresses, name)


def test_a_backup_from_before_is_restored_without_her(
    lived_in: Home, empty: tuple[House, Addresses], tmp_path: Path, settings: object
) -> None:
    backup = tmp_path / "before.rapport"
    back_up(lived_in.house, lived_in.addresses, backup, lambda _said: None)
    begun(lived_in)
    go_on(lived_in.by.viewer.workspace_id, lived_in.house.path, lived_in.house.files_folder)
    house, addresses = empty
    shutil.copytree(lived_in.house.path / "keys", house.path / "keys")
    settings.HOUSE = house  # type: ignore[attr-defined]
    point_django_at(addresses)
    said: list[str] = []
    restore(house, addresses, backup, said.append)
    assert "erased again on request: 1 person" in said
    restored = Home(house, addresses, lived_in.by)
    assert left_of(restored) == []
    restored.read(FILES)
    with in_workspace(restored.by.viewer.workspace_id):
        assert not Person.objects.filter(name__contains="Mark02").exists()


@pytest.fixture
def backup(lived_in: Home, tmp_path: Path) -> Path:
    """Made after she was erased."""
    path = tmp_path / "after.rapport"
    begun(lived_in)
    go_on(lived_in.by.viewer.workspace_id, lived_in.house.path, lived_in.house.files_folder)
    back_up(lived_in.house, lived_in.addresses, path, lambda _said: None)
    return path


@pytest.fixture
def new_home(backup: Path, empty: tuple[House, Addresses], settings: object) -> tuple[House, Addresses]:
    """The empty home, and Django led there."""
    settings.HOUSE, addresses = empty  # type: ignore[attr-defined]
    point_django_at(addresses)
    return empty


def test_without_the_key_a_restore_says_what_to_bring_and_changes_nothing(
    lived_in: Home, backup: Path, new_home: tuple[House, Addresses]
) -> None:
    house, addresses = new_home
    with pytest.raises(Conflict, match="--keys /former/home/keys") as refused:
        restore(house, addresses, backup, lambda _said: None)
    assert refused.value.code == "keys-missing"
    with psycopg.connect(addresses.owner) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    restore(house, addresses, backup, lambda _said: None, lived_in.house.keys_folder)
    restored = Home(house, addresses, lived_in.by)
    restored.read({name.replace("mark25file-Zoe Mark02name", "x"): body for name, body in FILES.items()})
    restored.tidy()
    assert left_of(restored) == []


def test_only_what_knows_the_erased_again_is_brought(
    lived_in: Home, backup: Path, new_home: tuple[House, Addresses]
) -> None:
    """The passwords of the new home's own database are others, and so is its name."""
    house, addresses = new_home
    for name in ("identity", "database-password"):
        (lived_in.house.keys_folder / name).write_text("of the former home")
    own = house.identity
    restore(house, addresses, backup, lambda _said: None, lived_in.house.keys_folder)
    assert house.identity == own
    assert not (house.keys_folder / "database-password").exists()
    assert house.secret("erasure-key") == lived_in.house.secret("erasure-key")


def test_keys_of_another_home_or_of_none_are_refused(
    backup: Path, empty: tuple[House, Addresses], tmp_path: Path
) -> None:
    house, addresses = empty
    another = House(tmp_path / "another")
    for wrong, code in ((another.keys_folder, "no-keys"), (another.keys_folder, "keys-of-another")):
        with pytest.raises(Trouble) as refused:
            restore(house, addresses, backup, lambda _said: None, wrong)
        assert refused.value.code == code
        another.secret("erasure-key")


def test_the_key_without_the_list_of_the_erased_is_refused(
    lived_in: Home, backup: Path, empty: tuple[House, Addresses], tmp_path: Path
) -> None:
    house, addresses = empty
    (lived_in.house.keys_folder / "erasures").rename(tmp_path / "erasures")
    with pytest.raises(Trouble, match="erasures") as refused:
        restore(house, addresses, backup, lambda _said: None, lived_in.house.keys_folder)
    assert refused.value.code == "no-erasures"
    assert not (house.keys_folder / "erasure-key").exists()


def test_keys_that_lie_in_the_new_home_are_neither_replaced_nor_dropped(
    lived_in: Home, backup: Path, new_home: tuple[House, Addresses]
) -> None:
    house, addresses = new_home
    own = house.secret("erasure-key")
    with pytest.raises(Conflict) as refused:
        restore(house, addresses, backup, lambda _said: None, lived_in.house.keys_folder)
    assert (refused.value.code, house.secret("erasure-key")) == ("other-keys-here", own)
    with pytest.raises(Conflict) as refused:
        restore(house, addresses, backup, lambda _said: None, lived_in.house.keys_folder, without_keys=True)
    assert refused.value.code == "keys-and-none"
    (house.keys_folder / "erasure-key").unlink()
    erasure, lifted, key = uuid4(), uuid4(), key_mark_of(lived_in)
    for one in (erasure, lifted):
        ledger.write(house.path, one, uuid4(), "2026-01-01T00:00:00+00:00", key, ["mark"])
    ledger.lift(house.path, lifted)
    restore(house, addresses, backup, lambda _said: None, lived_in.house.keys_folder)
    kept = {line.erasure for line in ledger.lines_in(house.path)}
    assert kept == {line.erasure for line in ledger.lines_in(lived_in.house.path)} | {str(erasure)}


def key_mark_of(home: Home) -> str:
    return mark_of_key(home.house.secret("erasure-key"))


def test_who_lost_the_keys_restores_without_and_is_told(backup: Path, new_home: tuple[House, Addresses]) -> None:
    house, addresses = new_home
    said: list[str] = []
    restore(house, addresses, backup, said.append, without_keys=True)
    assert any("an import could bring them back" in one for one in said)


def test_where_nobody_had_been_erased_yet_it_is_told_that_somebody_may_be_back(
    lived_in: Home, empty: tuple[House, Addresses], tmp_path: Path, settings: object
) -> None:
    backup, (house, addresses) = tmp_path / "before.rapport", empty
    back_up(lived_in.house, lived_in.addresses, backup, lambda _said: None)
    begun(lived_in)
    settings.HOUSE = house  # type: ignore[attr-defined]
    point_django_at(addresses)
    said: list[str] = []
    restore(house, addresses, backup, said.append)
    assert any("whoever was erased since is here again" in one for one in said)
