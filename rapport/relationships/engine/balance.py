"""Balance: who begins. Silence does not change it."""

from __future__ import annotations

from dataclasses import dataclass

from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.state import THEM, TieState
from rapport.relationships.engine.words import Leaning


@dataclass(frozen=True, slots=True)
class Balance:
    """Who begins: the share of contact begun by them (0..1), recent contact counting more, and what to call it."""

    by_them: float
    word: Leaning


def balance_of(state: TieState, habits: Habits) -> Balance | None:
    """The share of contact begun by them, with a half-life of two months counted back from the last contact.

    None while there is too little contact to say so. What a third person called together counts half for each.
    """
    if state.chapter_days < habits.guess_below_days:
        return None
    by_them = state.begun[THEM] / sum(state.begun)
    if by_them < habits.balance_step:
        return Balance(by_them, "mostly_us")
    return Balance(by_them, "mostly_them" if by_them > 1 - habits.balance_step else "both")
