"""`rapport today` of an old archive leads to the day on which it was still alive."""

from __future__ import annotations

import contextlib

import pytest
from typer.testing import CliRunner

from rapport.accounts.access import Viewer
from rapport.doors.cli import entering
from rapport.doors.cli.app import app
from rapport.kit import clock
from tests.care.conftest import History, history  # noqa: F401 - a fixture


def test_it_says_how_to_look_back(maya: Viewer, history: History, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(entering, "house_open", contextlib.nullcontext)  # the database is here already
    history.mail(history.maya, history.person("Old"), 900)
    history.judge()
    with clock.stopped_at(history.now):
        said = CliRunner().invoke(app, ["today"]).stdout
        assert said == (
            "Nobody needs you today. The newest contact here is from 3 June 2024: rapport today --as-of 2024-06-03\n"
        )
        then = CliRunner().invoke(app, said.strip().partition(": rapport ")[2].split())
    assert (then.exit_code, then.stdout) == (0, "Nobody needed you on 2024-06-03.\n")
