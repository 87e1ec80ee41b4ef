"""Balance: who begins. Silence does not change it."""

from __future__ import annotations

from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.state import THEM, TieState
from rapport.relationships.engine.values import Balance


def balance_of(state: TieState, habits: Habits) -> Balance:
    """The share of contact begun by them, with a half-life of two months counted back from the last contact."""
    by_them = state.begun[THEM] / sum(state.begun)
    if by_them < habits.balance_step:
        return Balance(by_them, "mostly_us")
    return Balance(by_them, "mostly_them" if by_them > 1 - habits.balance_step else "both")
