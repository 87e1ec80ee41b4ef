"""Files handed over in a terminal."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from rapport.accounts.access import Viewer
from rapport.channels.models import Import
from rapport.doors.operations import handing_over
from rapport.interactions.import_progress import Progress, progress_of
from rapport.interactions.imports import run_import
from rapport.kit.trouble import NotUnderstood
from rapport.relationships.refresh import read_on

from .conftest import Type


@pytest.mark.usefixtures("house")
def test_whose_mail_it_is_must_be_an_address(typed: Type, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text("From: a@x.example\n\nHello")
    trouble = typed("import", str(tmp_path / "one.eml"), "--as", "notanaddress").exception
    assert isinstance(trouble, NotUnderstood)
    assert trouble.exit_code == 2
    assert trouble.sentence == "“notanaddress” is no e-mail address. Write it like you@your-company.com."
    assert not Import.objects.exists()


@pytest.mark.usefixtures("house")
def test_ctrl_c_says_how_reading_goes_on(typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(handing_over, "read_now", interrupted)
    (tmp_path / "one.eml").write_text("From: a@x.example\n\nHello")
    ended = typed("import", str(tmp_path / "one.eml"), "--as", "maya@fernhill.example")
    assert ended.exit_code == 130
    assert "It goes on when Rapport runs: rapport up" in ended.stderr
    assert "rapport undo " in ended.stderr
    assert Import.objects.get().state == "waiting"


@pytest.mark.parametrize("day", ["2004-13-01", "yesterday", "2999-01-01"])
def test_a_day_that_is_none_or_has_not_come_is_not_understood(typed: Type, day: str) -> None:
    trouble = typed("today", "--as-of", day).exception
    assert isinstance(trouble, NotUnderstood)
    assert trouble.exit_code == 2


@pytest.mark.usefixtures("house")
def test_columns_nobody_knows_and_days_that_may_be_two_are_said(
    typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_in_this_thread(viewer: Viewer, import_id: UUID, files_folder: Path, _told: object) -> Progress:
        run_import(viewer.workspace_id, import_id, files_folder, read_on)  # which sees what the test wrote
        return progress_of(viewer, import_id)

    monkeypatch.setattr(handing_over, "read_now", read_in_this_thread)
    days = "02/03/1990", "14/03/1985", "03/15/1985", "2990-01-01", "1980 May 5"
    rows = "".join(f"P{number},p{number}@moss.example,{one},Bern\n" for number, one in enumerate(days))
    (tmp_path / "people.csv").write_text(f"Name,Email,Geburtstag,Ort\n{rows}")
    said = typed("import", str(tmp_path / "people.csv"), "--as", "maya@fernhill.example").stdout
    assert "5 items: 5 stored, 0 here before, 0 left out, 0 set aside" in said
    assert "read in part 2: A birthday lies in the future." in said
    assert "Geburtstag: P3" in said
    assert "A birthday such as 3/2/1990 may be two days" in said
    assert "Geburtstag: P0" in said
    assert "tables read in part 1: We do not know what these columns hold" in said
    assert "people.csv: Ort" in said
