"""Replay learns from what came, looks at nothing behind the present, and keeps every sign; circles are of both."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.relationships.engine import Contact, fold
from rapport.relationships.engine.batch import ARRAYS, Contacts, contacts_of
from rapport.relationships.engine.circles import Circle, Circles
from rapport.relationships.engine.features import SLOPES, WITH_CIRCLES, features, read
from rapport.relationships.engine.replay import Ends, Resolved, look_back, refitted, replay, snapshot
from rapport.relationships.engine.signs import sign_rows
from rapport.relationships.engine.state import TieState, days_since_epoch
from rapport.relationships.engine.vitality import outlook
from rapport.relationships.engine.weights import Weights, shipped_with_circles
from tests.relationships.histories import days, histories, horizons

SLIGHTLY = 1e-9
PEOPLE = 12
NOW = 20_500.0
ENDS: Ends = lambda pairs: (pairs // PEOPLE, pairs % PEOPLE)  # noqa: E731 - it is one


def some_contacts(seed: int, until: float = NOW, many: int = 900, gap: float = 9.0) -> Contacts:
    """A random history of everybody with everybody: pairs with rhythms of their own, some of which have ended."""
    chance = np.random.default_rng(seed)
    pairs, at = list[int](), list[float]()
    while len(at) < many:
        low, high = sorted(chance.choice(PEOPLE, 2, replace=False))
        began, rhythm = until - chance.uniform(100, 700), gap * chance.uniform(0.3, 5)
        ends = until if chance.random() < 0.6 else chance.uniform(began, until)
        moments = began + np.cumsum(chance.exponential(rhythm, 60))
        at += [float(one) for one in moments if one < ends]
        pairs += [int(low * PEOPLE + high)] * (len(at) - len(pairs))
    return contacts_of(pairs, at, chance.random(len(at)) < 0.5, ["mail"] * len(at))


def same(one: Weights, other: Weights) -> bool:
    return all(math.isclose(one.eta[name], other.eta[name], abs_tol=1e-9) for name in one.eta)


def test_it_learns_nothing_from_what_is_too_little() -> None:
    done = replay(some_contacts(1, many=12), ENDS, NOW, shipped_with_circles(), (30.0,))
    assert (done.method, done.weights) == ("provisional", shipped_with_circles())


def test_a_little_moves_and_stretches_all_percentages() -> None:
    resolved = look_back(some_contacts(2), ENDS, NOW, (30.0,))
    some = np.arange(len(resolved)) < 120
    few = Resolved(resolved.seen[some], resolved.horizon[some], resolved.came[some])
    done = refitted(few, shipped_with_circles())
    assert (done.method, done.resolved) == ("recalibrated", 120)
    stretch = {round(done.weights.eta[name] / weight, 9) for name, weight in shipped_with_circles().eta.items()
               if name != "one"}  # fmt: skip
    assert len(stretch) == 1


@pytest.mark.parametrize("seed", range(5))
def test_it_predicts_what_comes_better_than_before(seed: int) -> None:
    """On the days that it has not seen."""
    contacts = some_contacts(seed, many=3000)
    done = replay(contacts, ENDS, NOW - 60, shipped_with_circles(), (30.0,))
    assert done.method == "refitted"
    coming = look_back(contacts, ENDS, NOW - 30, (30.0,))
    assert missed(done.weights, coming) < missed(shipped_with_circles(), coming)


def missed(weights: Weights, resolved: object) -> float:
    """Log loss of the latest moment that is resolved."""
    seen, came = resolved.seen, resolved.came  # type: ignore[attr-defined]
    eta = seen @ np.array([weights.eta[name] for name in WITH_CIRCLES])
    return float((np.logaddexp(0, eta) - came * eta).mean())  # of 30 days the slope adds nothing


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_later_changes_nothing(seed: int) -> None:
    whole = some_contacts(seed, many=1500)
    now = NOW - 100
    known = whole.taken(whole.at < now)
    assert same(
        replay(whole, ENDS, now, shipped_with_circles()).weights,
        replay(
            known.taken(np.random.default_rng(seed).permutation(len(known.at))), ENDS, now, shipped_with_circles()
        ).weights,
    )


@pytest.mark.parametrize("seed", range(5))
def test_every_sign_holds_after_it(seed: int) -> None:
    """Also where silence was followed by more contact than closeness was."""
    resolved = look_back(some_contacts(seed, many=1500), ENDS, NOW)
    turned = replace(resolved, came=1 - resolved.came)
    for one in (resolved, turned):
        found = refitted(one, shipped_with_circles()).weights
        whole = np.array([found.eta[name] for name in WITH_CIRCLES] + [found.rho[name] for name in SLOPES])
        assert (sign_rows(WITH_CIRCLES) @ whole > -SLIGHTLY).all()


def test_circles_are_how_much_each_talks_to_anybody() -> None:
    pairs = [0 * PEOPLE + 1, 0 * PEOPLE + 1, 0 * PEOPLE + 2]
    contacts = contacts_of(pairs, [NOW - 40, NOW - 10, NOW - 1], [True] * 3, ["mail"] * 3)
    folded, reading = snapshot(contacts, ENDS, NOW)
    assert folded.pairs.tolist() == [1, 2]
    assert reading.circles is not None
    ours, theirs = reading.circles
    assert ours.last.tolist() == [NOW - 1, NOW - 1]
    assert theirs.last.tolist() == [NOW - 10, NOW - 1]
    half = 2.0 ** (-np.array([40, 10, 1]) / 30)
    assert ours.pace.tolist() == pytest.approx([half.sum()] * 2)
    assert theirs.pace.tolist() == pytest.approx([half[:2].sum(), half[2]])
    seen = features(reading, ARRAYS)
    assert seen["share"].tolist() == pytest.approx([1.0, 1.0])
    assert seen["share_of_busier"].tolist() == pytest.approx([half[:2].sum() / half.sum(), half[2] / half.sum()])


def log_odds(state: TieState, now_days: float, horizon: float, circles: Circles) -> float:
    return float(outlook(read(state, now_days, circles), shipped_with_circles()).log_odds(horizon))


def around(state: TieState, others: tuple[float, float], quiet: float) -> Circles:
    """Both circles: besides this pair, some days with others, the last so long before this pair's."""
    pace = state.counters[1]
    return tuple(Circle(state.last - quiet * (more > 0), pace + more, state.day) for more in others)  # type: ignore[return-value]


paces = st.tuples(st.floats(0, 40), st.floats(0, 40))


@given(histories, days, days, horizons, paces, days)
@settings(max_examples=60)
def test_silence_all_around_never_raises_it(
    history: list[Contact], soon: float, later: float, horizon: float, others: tuple[float, float], quiet: float
) -> None:
    state = fold(history)
    assert state is not None
    near, far = (state.last + d for d in sorted((soon, later)))
    circles = around(state, others, quiet)
    assert log_odds(state, far, horizon, circles) <= log_odds(state, near, horizon, circles) + SLIGHTLY


@given(histories, days, horizons, paces, days)
@settings(max_examples=60)
def test_an_answer_never_lowers_it(
    history: list[Contact], later: float, horizon: float, others: tuple[float, float], quiet: float
) -> None:
    state = fold(history)
    assert state is not None
    answer = Contact(state.last_at.replace(microsecond=0), not state.streak_by_us, "mail")
    at = days_since_epoch(answer.at) + later
    answered = state.after(replace(answer, at=answer.at.fromtimestamp(at * 86400, answer.at.tzinfo)))
    before = around(state, others, quiet)
    left = 2.0 ** (-(answered.day - state.day) / 30)
    gained = answered.counters[1] - state.counters[1] * left
    after = tuple(Circle(answered.last, one.pace * left + gained, answered.day) for one in before)
    now = answered.last
    assert log_odds(answered, now, horizon, after) >= log_odds(state, now, horizon, before) - SLIGHTLY  # type: ignore[arg-type]
