"""A home of each landed state comes forward to now: backed up first, sound afterwards, and its pages open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rapport.accounts.models import User
from rapport.doors.keeping import upgrading
from rapport.doors.keeping.backing_up import back_up, last_backup
from rapport.doors.keeping.checking import check
from rapport.doors.keeping.restoring import restore
from rapport.doors.keeping.upgrading import bring_forward
from rapport.doors.keeping.verifying import verify
from rapport.doors.running.migrating import migrate
from rapport.kit.trouble import Conflict, Trouble
from tests.faults.lab import Stage

from .conftest import KEPT, Stood

PAGES = ("/", "/people", "/find?q=priya", "/log", "/import", "/team", "/settings", "/settings/changes")
OLDEST = KEPT[0]


def quiet(_sentence: str) -> None:
    """Nobody listens."""


def brought_forward(stage: Stage) -> list[str]:
    """What is said while it is done."""
    said: list[str] = []
    assert bring_forward(stage.house, stage.addresses, said.append)
    return said


def schema(stage: Stage) -> list[str]:
    return [name for (name,) in stage.ask("SELECT name FROM django_migrations WHERE app = 'rapport' ORDER BY name")]


def test_homes_of_several_states_are_kept() -> None:
    assert [path.stem for path in KEPT] == ["0002", "0009", "0011", "0012", "0018", "0021", "0031", "0032", "0037"]
    assert all(path.stat().st_size < 300_000 for path in KEPT)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_it_comes_forward_sound_and_opens(stood: Stood, kept: Path) -> None:
    stage = stood(kept)
    before, people = schema(stage), stage.ask("SELECT count(*) FROM person")
    assert before[-1].startswith(kept.stem)
    behind = upgrading.steps_ahead()
    if behind:
        said = brought_forward(stage)
        (backup,) = (stage.house.path / "backups").glob("*.rapport")
        assert [line for line in said if str(backup) in line]
        assert [one.rpartition(".")[2] for one in verify(backup).schema if one.startswith("rapport.")] == before
    assert not bring_forward(stage.house, stage.addresses, quiet)
    assert [one.sentence for one in check(stage.house, stage.addresses)] == []
    assert stage.ask("SELECT count(*) FROM person") == people
    opens_and_goes_on(stage)


def opens_and_goes_on(stage: Stage) -> None:
    """Its pages open, and what was done before can still be taken back."""
    client = Client()
    client.force_login(User.objects.get())
    (kenji,) = stage.ask("SELECT id FROM person WHERE name LIKE 'Kenji%%' AND merged_into_id IS NULL")[0]
    for page in (*PAGES, f"/people/{kenji}", f"/people/{kenji}/why"):
        assert client.get(page).status_code == 200, page
    assert "Dana Levy" in client.get(f"/people/{kenji}").text
    assert client.post("/undo").status_code == 303
    assert stage.ask("SELECT name FROM person WHERE merged_into_id IS NOT NULL") == []
    assert [one.sentence for one in check(stage.house, stage.addresses)] == []


@pytest.mark.parametrize("kept", KEPT[:1], ids=lambda path: path.stem)
def test_a_backup_of_then_is_restored_by_the_rapport_of_now(stood: Stood, kept: Path, tmp_path: Path) -> None:
    stage = stood(kept)
    stage.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for extension in ("pg_trgm", "unaccent", "citext", "btree_gin"):
        stage.ask(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    restore(stage.house, stage.addresses, kept, quiet)
    assert [one.sentence for one in check(stage.house, stage.addresses)] == []
    opens_and_goes_on(stage)


def test_without_room_for_the_backup_nothing_is_changed(stood: Stood, monkeypatch: Any, tmp_path: Path) -> None:
    stage = stood(OLDEST)
    before = schema(stage)
    monkeypatch.setattr(upgrading, "room_left", lambda folder: 600_000)
    with pytest.raises(Trouble) as refused:
        bring_forward(stage.house, stage.addresses, quiet)
    assert refused.value.code == "no-room-for-backup"
    assert "0.0 GB free" in refused.value.sentence
    assert (schema(stage), list((stage.house.path / "backups").iterdir())) == (before, [])
    back_up(stage.house, stage.addresses, tmp_path, quiet)  # elsewhere, as it is told
    assert last_backup(stage.house)
    assert brought_forward(stage) == []
    assert list((stage.house.path / "backups").iterdir()) == []


def test_a_backup_that_was_damaged_since_is_none(stood: Stood, tmp_path: Path) -> None:
    stage = stood(OLDEST)
    back_up(stage.house, stage.addresses, tmp_path, quiet)
    (made,) = tmp_path.glob("*.rapport")
    body = bytearray(made.read_bytes())
    body[len(body) // 2] ^= 1
    made.write_bytes(body)
    assert brought_forward(stage)
    assert len(list((stage.house.path / "backups").glob("*.rapport"))) == 1


def test_an_empty_home_is_not_backed_up(stood: Stood) -> None:
    stage = stood(OLDEST)
    stage.ask('TRUNCATE workspace, "user" CASCADE')
    assert brought_forward(stage) == []
    assert not (stage.house.path / "backups").exists()


def test_a_database_of_a_later_rapport_is_left_alone(stood: Stood) -> None:
    stage = stood(KEPT[-1])
    stage.ask("INSERT INTO django_migrations (app, name, applied) VALUES ('rapport', '9999_later', now())")
    for attempt in (migrate, lambda: bring_forward(stage.house, stage.addresses, quiet)):
        with pytest.raises(Conflict, match="later Rapport") as refused:
            attempt()
        assert refused.value.code == "schema-ahead"
