"""`rapport search` says when, with whom and where the words stand."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from rapport.accounts.access import Viewer
from rapport.doors.cli import entering
from rapport.doors.cli.app import app
from rapport.kit import clock
from tests.interactions.mails import MAYA, PRIYA, mail, read


def test_it_tells_where_the_words_stand(maya: Viewer, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "house_open", contextlib.nullcontext)  # the database is here already
    read(now, *(mail(f"m{n}", PRIYA, [MAYA], hour=n, text=f"The new rota {n}") for n in range(2)))
    with clock.stopped_at(now):
        said = CliRunner().invoke(app, ["search", '"new rota" -0', "--limit", "1"]).stdout.splitlines()
        assert said[0].startswith("2026-11-02  mail  Priya Raman, Maya Okafor  m1")
        assert said[1] == "    The new rota 1"
        assert len(said) == 3
        first = CliRunner().invoke(app, ["search", "rota", "--limit", "1"]).stdout
        assert "--cursor " in first
        rows = json.loads(CliRunner().invoke(app, ["search", "rota", "--json"]).stdout)["rows"]
        assert [one["interaction"]["title"] for one in rows] == ["m1", "m0"]
        nothing = CliRunner().invoke(app, ["search", "zebra"])
    assert (nothing.exit_code, nothing.stdout[:20]) == (0, "That stands nowhere ")
