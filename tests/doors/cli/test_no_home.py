"""What only looks begins no home where nothing is, and says so; a folder that is not there gets no file of its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rapport.doors.cli.app import app


@pytest.mark.parametrize("words", [["check"], ["link"], ["backup"]])
def test_nothing_begins_where_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    home = tmp_path / "typo"
    monkeypatch.setenv("RAPPORT_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    done = CliRunner().invoke(app, words)
    assert done.exit_code != 0
    assert getattr(done.exception, "code", "") == "no-home"
    assert not (home / "database").exists()


def test_a_backup_into_a_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (home / "database").mkdir(parents=True)
    monkeypatch.setenv("RAPPORT_HOME", str(home))
    done = CliRunner().invoke(app, ["backup", f"{tmp_path}/disk/"])
    assert getattr(done.exception, "code", "") == "no-folder"
    assert not (tmp_path / "disk").exists()
