"""The fast path gives the states that folding one by one gives."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.relationships.engine import Contact, TieState, fold
from rapport.relationships.engine.batch import ARRAYS, contacts_of, fold_many
from rapport.relationships.engine.features import features, read
from rapport.relationships.engine.state import days_since_epoch
from tests.chronicles.telling import told
from tests.relationships.histories import histories

several = st.lists(histories, min_size=1, max_size=5)


def folded_together(pairs: list[list[Contact]]) -> Any:
    """All pairs through the fast path, in the order given."""
    rows = [(number, contact) for number, history in enumerate(pairs) for contact in history]
    return fold_many(
        contacts_of(
            [number for number, _ in rows],
            [days_since_epoch(contact.at) for _, contact in rows],
            [contact.by_us for _, contact in rows],
            [contact.kind for _, contact in rows],
            [contact.duration_minutes for _, contact in rows],
            [contact.group_size for _, contact in rows],
            by_neither=[contact.by_neither for _, contact in rows],
        )
    )


@given(several)
def test_fast_equals_readable(pairs: list[list[Contact]]) -> None:
    for fast, history in zip(folded_together(pairs).states(), pairs, strict=True):
        readable = fold(history)
        assert readable is not None
        for one in fields(TieState):
            same(one.name, getattr(fast, one.name), getattr(readable, one.name))


def test_fast_equals_readable_where_silences_end_chapters() -> None:
    again = "2026-11-02 Bo → Ana call 20 min"
    stories = [
        ["every 7 days from 1998-01-01 until 2003-12-31 Ana → Bo mail", again],
        ["every 7 days from 2026-01-01 until 2026-04-30 Ana ↔ Bo meeting 60 min", again, "2026-11-04 Ana → Bo mail"],
        ["2004-01-01 Ana → Bo mail", again],
        ["2024-12-20 Ana → Bo card", again],
    ]
    histories = [told("\n".join(story)) for story in stories]
    states = list(folded_together(histories).states())
    assert [state.chapter_days for state in states] == [1, 2, 1, 2]
    assert [state.pause > 0 for state in states] == [True, True, True, False]
    for fast, history in zip(states, histories, strict=True):
        readable = fold(history)
        for one in fields(TieState):
            same(one.name, getattr(fast, one.name), getattr(readable, one.name))


@given(several, st.floats(0, 1000))
def test_vitality_reads_the_same_from_both(pairs: list[list[Contact]], later: float) -> None:
    together = folded_together(pairs)
    now = float(together.last.max()) + later
    many = features(together.reading(now), ARRAYS)
    for row, history in enumerate(pairs):
        state = fold(history)
        assert state is not None
        for name, value in features(read(state, now)).items():
            assert many[name][row] == pytest.approx(value, abs=1e-6), name


def test_nothing_folds_to_nothing() -> None:
    assert list(fold_many(contacts_of([], [], [], [])).states()) == []


def same(name: str, fast: Any, readable: Any) -> None:
    """Equal to a millionth, field by field."""
    if isinstance(readable, dict):
        assert fast.keys() == readable.keys(), name
        for key, value in readable.items():
            same(f"{name}.{key}", fast[key], value)
    elif isinstance(readable, tuple):
        for one, other in zip(fast, readable, strict=True):
            same(name, one, other)
    elif isinstance(readable, float):
        assert fast == pytest.approx(readable, abs=1e-6), name
    else:
        assert fast == readable, name
