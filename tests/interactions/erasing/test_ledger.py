"""What is written down of an erasure outside the database is read as it was written, whatever cut it off."""

from __future__ import annotations

import stat
from pathlib import Path

from rapport.interactions.erasing import ledger
from rapport.kit.ids import new_id

AT = "2026-11-20T09:00:00+00:00"


def test_an_erasure_is_kept_once_and_read_as_it_was(tmp_path: Path) -> None:
    erasure, workspace, other = new_id(), new_id(), new_id()
    assert ledger.lines_in(tmp_path) == []
    for _twice in range(2):
        ledger.write(tmp_path, erasure, workspace, AT, "key", ["a", "b"])
    ledger.write(tmp_path, other, workspace, AT, "key", [])
    assert ledger.lines_in(tmp_path) == [
        ledger.Line(str(erasure), str(workspace), AT, "key", ("a", "b")),
        ledger.Line(str(other), str(workspace), AT, "key", ()),
    ]
    assert ledger.place_of(tmp_path).read_text().count(str(erasure)) == 1


def test_who_may_come_back_is_not_erased_once_more(tmp_path: Path) -> None:
    erasure, stays = new_id(), new_id()
    for one in (erasure, stays):
        ledger.write(tmp_path, one, new_id(), AT, "key", ["a"])
    ledger.lift(tmp_path, erasure)
    ledger.lift(tmp_path, new_id())
    assert [one.erasure for one in ledger.lines_in(tmp_path)] == [str(stays)]
    ledger.write(tmp_path, erasure, new_id(), AT, "key", ["a"])
    assert len(ledger.lines_in(tmp_path)) == 2


def test_a_line_that_was_cut_off_hides_no_other(tmp_path: Path) -> None:
    ledger.write(tmp_path, new_id(), new_id(), AT, "key", ["a"])
    place = ledger.place_of(tmp_path)
    place.write_text(place.read_text() + '{"erasure": "cut o')
    ledger.write(tmp_path, new_id(), new_id(), AT, "key", ["b"])
    assert [one.marks for one in ledger.lines_in(tmp_path)] == [("a",), ("b",)]


def test_it_lies_beside_the_key_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    ledger.write(tmp_path, new_id(), new_id(), AT, "key", [])
    place = tmp_path / "keys" / "erasures"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
