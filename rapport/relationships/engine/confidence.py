"""Confidence: what a standing rests on. More signals of more kinds make us surer; silence alone changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.state import TieState
from rapport.relationships.engine.words import Certainty


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure we are and why: how many contacts, on how many days, by how many kinds of contact, since when."""

    certainty: Certainty
    signals: int
    days: int
    channels: int
    since: datetime | None


NOTHING = Confidence("nothing", signals=0, days=0, channels=0, since=None)


def confidence_of(state: TieState, habits: Habits) -> Confidence:
    """How sure we are of a pair."""
    return Confidence(
        certainty=_certainty(state, habits),
        signals=state.contacts,
        days=state.days,
        channels=len(state.counts),
        since=state.first_at,
    )


def _certainty(state: TieState, habits: Habits) -> Certainty:
    if state.chapter_days < habits.guess_below_days:
        return "a_guess"
    return "sure" if state.chapter_days >= habits.sure_from_days and len(state.counts) > 1 else "fairly_sure"
