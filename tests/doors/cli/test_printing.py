"""Lines of the terminal: columns within its width, pictures that say what the words beside them say."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from rapport.doors.cli.printing import columns, glyph


def test_a_long_name_makes_no_line_longer_than_the_terminal() -> None:
    rows = [("Priya Raman", "Northwind", "2026-11-16", "steady"), ("N" * 180, "Quayside", "2026-11-16", "too early")]
    lines = columns(rows, room=80)
    assert max(map(cell_len, lines)) <= 80
    assert lines[1].startswith("NNNN")
    assert "…" in lines[1]
    assert len({line.index("2026-11-16") for line in lines}) == 1
    assert max(map(len, columns(rows))) > 200  # a file wants all


def test_letters_that_take_two_places_stand_in_line() -> None:
    lines = columns([("山田太郎", "one"), ("Priya", "two"), ("박지성박지성박지성박지성", "three")], room=40)
    assert {cell_len(line[: line.rindex(" ") + 1]) for line in lines} == {len("박지성박지성박지성박지성") * 2 + 2}


@pytest.mark.parametrize(
    ("strength", "health", "drawn"),
    [(None, "too_early", "( ) ( )"), (21, "too_early", "((·))"), (21, "at_risk", "((•))"), (60, "needs_care", "((••))"),
     (60, "doing_well", "((•••))")],
)  # fmt: skip
def test_the_picture_says_what_the_words_say(strength: int | None, health: str, drawn: str) -> None:
    assert glyph(SimpleNamespace(strength=strength, health=health)) == drawn
