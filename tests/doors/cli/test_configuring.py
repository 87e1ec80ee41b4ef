"""`rapport config` does not pass what a start would do for what runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rapport.doors.cli.app import app
from rapport.kit.house import House
from rapport.kit.supervision.census import only_supervisor


def said(*words: str) -> str:
    return CliRunner().invoke(app, ["config", *words]).output


def test_it_says_on_which_port_it_runs_where_that_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.delenv("RAPPORT_PORT", raising=False)
    with only_supervisor(House(tmp_path, web_port=8137)):
        assert "Rapport runs on port 8137 now, and will on 8000" in said()
        assert json.loads(said("RAPPORT_PORT", "--json"))[0]["running"] == "8137"
        assert "8137" not in said("RAPPORT_BIND")
        monkeypatch.setenv("RAPPORT_PORT", "8137")
        assert "Rapport runs on" not in said()
    monkeypatch.delenv("RAPPORT_PORT")
    assert "8137" not in said()


def test_where_there_is_no_home_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / "none"))
    assert "RAPPORT_PORT" in said()
    assert not (tmp_path / "none").exists()
