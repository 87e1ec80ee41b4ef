"""A backup comes back whole, in an empty home, or not at all."""

from __future__ import annotations

import os
import random
import subprocess
import tarfile
import threading
from pathlib import Path

import psycopg
import pytest

from rapport.doors.keeping.backing_up import back_up, last_backup
from rapport.doors.keeping.checking import check
from rapport.doors.keeping.manifest import BackupManifest
from rapport.doors.keeping.restoring import restore
from rapport.doors.keeping.sealing import Damaged
from rapport.doors.keeping.verifying import verify
from rapport.kit.clock import stopped_at
from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.supervision.processes import waited
from rapport.kit.trouble import Conflict, Trouble
from tests.conftest import point_django_at

from .conftest import NOW, Home

Empty = tuple[House, Addresses]


def quiet(_sentence: str) -> None:
    """Nobody listens."""


def backed_up(home: Home, folder: Path) -> Path:
    with stopped_at(NOW):
        back_up(home.house, home.addresses, folder, quiet)
    return folder / "rapport-20261120-090000.rapport"


def restored(empty: Empty, source: Path) -> BackupManifest:
    house, addresses = empty
    point_django_at(addresses)
    with stopped_at(NOW):
        return restore(house, addresses, source, quiet)


def rows(address: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()


def everything(address: str) -> str:
    """The whole database as the backup role sees it, but for what a restore changes on purpose."""
    tables = [str(name) for (name,) in rows(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    left_out = {"django_session", "one_time_link", "workspace", "sign_in_attempt"}
    digests = [
        (table, rows(address, f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'))
        for table in sorted(set(tables) - left_out)
    ]
    return repr(digests)


def test_all_of_it_comes_back(home: Home, empty: Empty, tmp_path: Path) -> None:
    path = backed_up(home, tmp_path)
    manifest = restored(empty, path)
    house, addresses = empty
    assert everything(addresses.backup) == everything(home.addresses.backup)
    stored = sorted(p.name for p in home.house.files_folder.rglob("*") if p.is_file())
    assert sorted(p.name for p in house.files_folder.rglob("*") if p.is_file()) == stored
    assert manifest.files == len(stored) == 2  # the mailbox as it was given, and the large letter
    assert check(house, addresses) == []
    assert last_backup(home.house).path == str(path)  # type: ignore[union-attr]


def test_nobody_is_signed_in_and_nothing_goes_out_afterwards(home: Home, empty: Empty, tmp_path: Path) -> None:
    from rapport.accounts.holding import held_since, release_outgoing

    path = backed_up(home, tmp_path)
    restored(empty, path)
    _, addresses = empty
    assert rows(home.addresses.backup, "SELECT count(*) FROM one_time_link") == [(1,)]
    assert rows(addresses.backup, "SELECT count(*) FROM one_time_link") == [(0,)]
    assert rows(addresses.backup, "SELECT count(*) FROM django_session") == [(0,)]
    assert held_since(home.workspace_id) == NOW
    assert release_outgoing(home.workspace_id)
    assert held_since(home.workspace_id) is None
    assert not release_outgoing(home.workspace_id)


def test_the_walls_between_workspaces_stand_again(home: Home, empty: Empty, tmp_path: Path) -> None:
    restored(empty, backed_up(home, tmp_path))
    _, addresses = empty
    walls = (
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relacl::text, p.polname,"
        " pg_get_expr(p.polqual, c.oid) FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'S') ORDER BY 1, 5"
    )
    assert rows(addresses.owner, walls) == rows(home.addresses.owner, walls)
    keys = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    assert sorted(rows(addresses.owner, keys)) == sorted(rows(home.addresses.owner, keys))
    assert rows(addresses.app, "SELECT count(*) FROM person") == [(0,)]  # no workspace was entered


def test_a_flipped_byte_is_refused_wherever_it_is(home: Home, empty: Empty, tmp_path: Path) -> None:
    path = backed_up(home, tmp_path)
    whole = path.read_bytes()
    seed = int(os.environ.get("RAPPORT_SEED", "7"))
    chance = random.Random(seed)
    places = [0, 100, 511, len(whole) // 2, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(20))]
    for place in places:
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        with pytest.raises(Damaged):
            verify(path)
    with pytest.raises(Damaged, match="has changed"):
        restored(empty, spoilt_in_the_middle(path, whole))
    assert rows(empty[1].backup, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def spoilt_in_the_middle(path: Path, whole: bytes) -> Path:
    spoilt = bytearray(whole)
    spoilt[len(whole) // 2] ^= 1
    path.write_bytes(spoilt)
    return path


@pytest.mark.parametrize("left", [0, 1, 511, 10_000, -512, -1])
def test_a_cut_file_is_refused(home: Home, tmp_path: Path, left: int) -> None:
    path = backed_up(home, tmp_path)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(Damaged):
        verify(path)


def test_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.rapport"
    path.write_text("Dear Priya, " * 1000)
    with pytest.raises(Damaged, match="is not a backup"):
        verify(path)
    with pytest.raises(Damaged, match="There is no backup"):
        verify(tmp_path / "nowhere.rapport")


def test_a_home_somebody_lives_in_is_refused(home: Home, tmp_path: Path) -> None:
    path = backed_up(home, tmp_path)
    before = everything(home.addresses.backup)
    with pytest.raises(Conflict, match="somebody's work"):
        restore(home.house, home.addresses, path, quiet)
    assert everything(home.addresses.backup) == before


def test_a_backup_of_a_later_rapport_is_refused(home: Home, empty: Empty, tmp_path: Path) -> None:
    with psycopg.connect(home.addresses.owner) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('rapport', '9999_years_later', now())"
        )
    try:
        path = backed_up(home, tmp_path)
    finally:
        with psycopg.connect(home.addresses.owner) as connection:
            connection.execute("DELETE FROM django_migrations WHERE name = '9999_years_later'")
    with pytest.raises(Conflict, match="later Rapport"):
        restored(empty, path)


def test_it_is_one_moment_while_others_write(home: Home, empty: Empty, tmp_path: Path) -> None:
    """A writer adds a tag and its person's tag together, all the time; the backup never holds one without the other."""
    stop = threading.Event()
    person = rows(home.addresses.backup, "SELECT id FROM person LIMIT 1")[0][0]

    def write() -> None:
        with psycopg.connect(home.addresses.owner, autocommit=True) as connection:
            while not stop.is_set():
                with connection.transaction():
                    tag = connection.execute(
                        "INSERT INTO tag (workspace_id, id, name) "
                        "VALUES (%s, gen_random_uuid(), gen_random_uuid()::text) RETURNING id",
                        [home.workspace_id],
                    ).fetchone()
                    connection.execute(
                        "INSERT INTO person_tag (workspace_id, id, person_id, tag_id)"
                        " VALUES (%s, gen_random_uuid(), %s, %s)",
                        [home.workspace_id, person, tag[0]],  # type: ignore[index]
                    )

    writer = threading.Thread(target=write)
    writer.start()
    begun = waited(lambda: rows(home.addresses.backup, "SELECT count(*) FROM tag")[0][0] > 20, 10)  # type: ignore[operator]
    try:
        path = backed_up(home, tmp_path)
    finally:
        stop.set()
        writer.join()
    restored(empty, path)
    tags, on_people = (rows(empty[1].backup, f"SELECT count(*) FROM {table}")[0] for table in ("tag", "person_tag"))
    assert begun
    assert tags == on_people
    assert rows(home.addresses.backup, "SELECT count(*) FROM tag")[0] > tags > (0,)


def test_nothing_is_left_of_a_backup_that_found_no_room(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True)
    if mounted.returncode != 0:
        folder = Path("/dev/full")  # where no disk can be lent, the one that is always full
    try:
        with pytest.raises(Trouble):
            back_up(home.house, home.addresses, folder, quiet)
        assert not folder.is_dir() or list(folder.iterdir()) == []
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", folder], check=True)
    assert last_backup(home.house) is None


def test_a_folder_that_is_not_there_is_said(home: Home, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refused:
        back_up(home.house, home.addresses, tmp_path / "nowhere" / "x", quiet)
    assert refused.value.code == "no-such-folder"
    assert str(tmp_path / "nowhere") in refused.value.sentence


def test_no_secret_of_the_home_is_in_it(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_HOSTS", "care.fernhill.example")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:s3cret-word@db/rapport")
    _ = home.house.secret_key
    path = backed_up(home, tmp_path)
    with tarfile.open(path) as archive:
        assert b"care.fernhill.example" in archive.extractfile("settings.json").read()  # type: ignore[union-attr]
    body = path.read_bytes()
    for secret in ("s3cret-word", *(key.read_text().strip() for key in (home.house.path / "keys").iterdir())):
        assert secret.encode() not in body
    assert path.stat().st_mode & 0o077 == 0
