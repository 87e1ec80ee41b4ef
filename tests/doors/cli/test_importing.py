"""Files handed over in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.channels.models import Import
from rapport.doors.operations import handing_over
from rapport.kit.trouble import NotUnderstood

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
