"""`rapport check` says of each finding what it is about."""

from __future__ import annotations

import contextlib

import pytest
from typer.testing import CliRunner

from rapport.doors.cli import keeping
from rapport.doors.cli.app import app
from rapport.doors.keeping import checking, upgrading
from rapport.doors.keeping.findings import finding
from rapport.doors.running import database


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (["a", "b"], "  It is about a, b."),
        (["a", "b", "c"], "  It is about a, b, c."),
        ([str(number) for number in range(30)], "  It is about 0, 1, 2 and 27 more."),
    ],
)
def test_a_finding_names_the_first_and_counts_the_rest(
    ids: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "must_be_there", lambda house: None)
    monkeypatch.setattr(database, "opened", lambda house: contextlib.nullcontext())
    monkeypatch.setattr(upgrading, "bring_forward", lambda *given: None)
    monkeypatch.setattr(checking, "check", lambda *given: finding("odd", "Something is odd.", ids))
    said = CliRunner().invoke(app, ["check"])
    assert (said.exit_code, said.stdout.splitlines()) == (1, ["Something is odd.", told])
