"""`rapport status` in words: one of a thing is one, a time is read off the wall."""

from __future__ import annotations

from datetime import UTC, timezone
from datetime import timedelta as delta
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from rapport import __version__
from rapport.doors.cli.app import app
from rapport.doors.cli.running import _show
from rapport.doors.keeping.backing_up import LastBackup
from rapport.doors.keeping.status import DatabaseStatus, MemberStatus, Status, WorkspaceStatus
from rapport.kit import clock


def _said(capsys: pytest.CaptureFixture[str], imports: int, items: int) -> str:
    members = (MemberStatus("Maya Okafor", "maya@fernhill.example", "owner"),)
    one = WorkspaceStatus(uuid4(), "Fernhill", False, False, 1, 2, 5, imports, items, members)
    kept = LastBackup("/mnt/a.rapport", "2026-11-27T13:44:44.370839+00:00", 100)
    _show(Status("/home", 8000, None, database=DatabaseStatus("18", 1, "current", (one,)), last_backup=kept), False)
    return capsys.readouterr().out


def test_one_import_and_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert ", 1 import at work, 1 item set aside" in _said(capsys, 1, 1)
    assert ", 2 imports at work, 3 items set aside" in _said(capsys, 2, 3)


def test_members_are_listed_with_the_address_that_chooses_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert "    Maya Okafor <maya@fernhill.example>, owner" in _said(capsys, 0, 0)


@pytest.mark.parametrize(("zone", "hour"), [(UTC, "13:44"), (timezone(delta(hours=1)), "14:44")])
def test_the_last_backup_is_told_by_the_local_clock(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, zone: timezone, hour: str
) -> None:
    monkeypatch.setattr(clock, "machine_zone", lambda: zone)
    assert f"last backup: 27 November 2026, {hour}\n" in _said(capsys, 0, 0)


def test_the_version_is_asked_for_as_everywhere() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == f"{__version__}\n"
