"""What holds for every history: time never warms, contact never cools, rows add up, nothing depends on order."""

from __future__ import annotations

import json
import math
import random
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rapport.relationships.engine import HABITS, Contact, TieState, fold, judge
from rapport.relationships.engine.features import read
from rapport.relationships.engine.next_look import words_at
from rapport.relationships.engine.rhythm import horizon_days
from rapport.relationships.engine.state import OutOfOrder, days_since_epoch
from rapport.relationships.engine.vitality import outlook
from rapport.relationships.engine.weights import shipped
from tests.relationships.histories import BEGINNING, contacts, days, histories, horizons

SLIGHTLY = 1e-9


def folded(history: list[Contact]) -> TieState:
    """The state of a history with something in it."""
    state = fold(history)
    assert state is not None
    return state


def log_odds(state: TieState, now_days: float, horizon: float) -> float:
    """Vitality at a horizon of its own."""
    return float(outlook(read(state, now_days), shipped()).log_odds(horizon))


@given(histories, days, days)
def test_time_alone_never_warms(history: list[Contact], soon: float, later: float) -> None:
    state = folded(history)
    near, far = (judge(state, state.last_at + timedelta(days=d)) for d in sorted((soon, later)))
    assert far.strength_exact <= near.strength_exact + SLIGHTLY
    assert (far.vitality or 0) <= (near.vitality or 0) + SLIGHTLY
    assert far.trend is None or near.trend is None or far.trend <= near.trend + SLIGHTLY


@given(histories, days, days, horizons)
def test_silence_never_raises_vitality_at_any_horizon(
    history: list[Contact], soon: float, later: float, horizon: float
) -> None:
    state = folded(history)
    near, far = (state.last + d for d in sorted((soon, later)))
    assert log_odds(state, far, horizon) <= log_odds(state, near, horizon) + SLIGHTLY


@given(histories, contacts, days)
def test_more_contact_never_cools_strength(history: list[Contact], one_more: Contact, later: float) -> None:
    now = max(contact.at for contact in [*history, one_more]) + timedelta(days=later)
    with_it, without = judge(fold([*history, one_more]), now), judge(fold(history), now)
    assert with_it.strength_exact >= without.strength_exact - SLIGHTLY


@given(histories, days, horizons)
def test_an_answer_never_lowers_vitality(history: list[Contact], later: float, horizon: float) -> None:
    state = folded(history)
    answer = Contact(state.last_at + timedelta(days=later), not state.streak_by_us, "mail")
    now = days_since_epoch(answer.at)
    assert log_odds(state.after(answer), now, horizon) >= log_odds(state, now, horizon) - SLIGHTLY


@given(histories, days, horizons, horizons)
def test_vitality_grows_with_the_horizon(history: list[Contact], later: float, one: float, other: float) -> None:
    state = folded(history)
    near, far = sorted((one, other))
    assert log_odds(state, state.last + later, near) <= log_odds(state, state.last + later, far) + SLIGHTLY


@given(histories, days)
def test_the_window_is_where_vitality_passes_a_quarter_and_three_quarters(history: list[Contact], later: float) -> None:
    state = folded(history)
    window = judge(state, state.last_at + timedelta(days=later)).window_days
    assert window is not None
    for day, chance in zip(window, (0.25, 0.75), strict=True):
        assume(0.001 < day < 3650)
        assert log_odds(state, state.last + later, day) == pytest.approx(math.log(chance / (1 - chance)), abs=1e-3)


@given(histories, days)
def test_rows_add_up_to_what_is_shown(history: list[Contact], later: float) -> None:
    state = folded(history)
    them = judge(state, state.last_at + timedelta(days=later))
    assert sum(row.points for row in them.strength_rows) == them.strength
    assert sum(row.points for row in them.vitality_rows) == them.vitality_percent
    if them.vitality_percent is not None and them.tone != "too_early":
        assert (them.tone == "at_risk") == (them.vitality_percent < 34), "the word and the figure beside it agree"
        assert them.tone != "doing_well" or them.vitality_percent >= 66
    total = sum(row.log_odds or 0 for row in them.vitality_rows)
    assert total == pytest.approx(math.log((them.vitality or 0) / (1 - (them.vitality or 0))), abs=1e-6)
    for rows in (them.strength_rows, them.vitality_rows):
        assert len(rows) <= 6
        assert [abs(row.points) for row in rows[:-1]] == sorted((abs(row.points) for row in rows[:-1]), reverse=True)


@given(histories, days)
@settings(max_examples=60)
def test_the_next_look_is_neither_early_nor_late(history: list[Contact], later: float) -> None:
    state = folded(history)
    now = state.last_at + timedelta(days=later)
    look = judge(state, now).next_look
    horizon, hour = horizon_days(state, HABITS), 1 / 24

    def words(at_days: float) -> object:
        return words_at(state, at_days, horizon, HABITS, shipped())

    present = words(days_since_epoch(now))
    if look is None:
        assert words(days_since_epoch(now) + 36000) == present
        return
    at = days_since_epoch(look)
    assert words(max(at - hour, days_since_epoch(now))) == present
    assert words(at + hour) != present


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(history: list[Contact], chance: random.Random) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(history)


@given(histories)
def test_one_more_contact_needs_no_history(history: list[Contact]) -> None:
    *before, last = sorted(history, key=lambda contact: contact.at)
    assume(before and last.at > before[-1].at)
    stored = TieState.from_json(json.loads(json.dumps(folded(before).to_json())))
    assert stored.after(last) == fold(history)


def test_an_older_contact_asks_for_the_whole_history() -> None:
    state = folded([Contact(BEGINNING + timedelta(days=1), True, "mail")])
    with pytest.raises(OutOfOrder):
        state.after(Contact(BEGINNING, True, "mail"))


@given(histories)
def test_the_strength_band_holds_the_strength(history: list[Contact]) -> None:
    state = folded(history)
    them = judge(state, state.last_at)
    low, high = them.strength_band
    assert 0 <= low <= them.strength <= high <= 100
