"""`rapport today` of an old archive leads to the day on which it was still alive."""

from __future__ import annotations

import contextlib
import re

import pytest
from typer.testing import CliRunner

from rapport.accounts.access import Viewer
from rapport.doors.cli import entering
from rapport.doors.cli.app import app
from rapport.kit import clock
from tests.care.conftest import History, history  # noqa: F401 - a fixture

from .conftest import Type


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


@pytest.mark.usefixtures("dana", "elena", "priya")
def test_whom_one_cared_for_stands_apart_and_numbers_stay(typed: Type, history: History) -> None:  # noqa: F811
    history.judge()
    first, second, third = _numbered(typed).values()
    typed("done", "1")
    said = typed("today").stdout
    assert ": 2 people to care for" in said
    assert _numbered(typed) == {2: second, 3: third}
    assert f"  Done today: {first}\n" in said
    assert typed("later", "3").stdout.startswith(f"Later: {third}.")
    assert typed("not-needed", "2").stdout.startswith(f"Not needed: {second}.")
    said = typed("today").stdout
    assert said.startswith("Everybody on today’s list is seen to.\n")
    assert all(f"{name}{how}" in said for name, how in ((second, " (not needed)"), (third, " (later)")))
    assert _numbered(typed) == {}


def _numbered(typed: Type) -> dict[int, str]:
    """Names by their numbers."""
    found = re.findall(r"^  (\d+)  (.+?)(?: \(.+?\))?   \(", typed("today").stdout, re.MULTILINE)
    return {int(number): name for number, name in found}
