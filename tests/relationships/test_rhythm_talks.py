"""A letter and its answer the next day are one talk, also between two who have no rhythm yet."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rapport.relationships.engine import fold, judge
from tests.chronicles.telling import told

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "rhythm"),
    [
        ("2026-11-08 Ana → Bo mail\n2026-11-09 Bo → Ana mail\n2026-11-25 Ana → Bo mail", None),
        ("2026-09-09 Ana → Bo mail\n2026-09-10 Bo → Ana mail\n2026-11-27 Ana → Bo call 15 min", None),
        ("2026-10-01 Ana → Bo mail\n2026-10-02 Bo → Ana mail\n2026-10-22 Ana → Bo mail\n2026-11-12 Bo → Ana mail", 21),
        ("every 1 days from 2026-09-01 until 2026-11-27 Ana ↔ Bo meeting 15 min", 1),
        ("every 7 days from 2026-06-01 until 2026-11-27 Ana → Bo mail", 7),
    ],
)
def test_the_usual_gap_is_from_talk_to_talk(said: str, rhythm: float | None) -> None:
    state = fold(told(said))
    assert state is not None
    assert judge(state, NOW).rhythm_days == (None if rhythm is None else pytest.approx(rhythm, rel=0.02))
