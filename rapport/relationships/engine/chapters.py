"""Chapters: a silence long for anybody and much too long for these two ends one; what follows begins afresh.

Without it one call after twenty years would make a rhythm of four months out of weekly letters and a silence, and the
horizon so wide that the two seem to be doing well.
"""

from __future__ import annotations

from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.maths import ONE_PAIR, Maths, Real


def silence_step(weight: Real, total: Real, squares: Real, far: float, habits: Habits, do: Maths = ONE_PAIR) -> Real:
    """Days of silence `far` standard deviations of the pair's own log gaps beyond its mean, for one pair or for many.

    The gaps come as their weight, sum and sum of squares.
    """
    mean = total / weight
    spread = do.maximum(squares / weight - mean * mean, 0.0) ** 0.5
    # A gap of one day between contact-days can be almost two days of silence.
    return do.exp(mean + far * do.maximum(spread, habits.least_spread)) + 1


def chapter_ends_after(weight: Real, total: Real, squares: Real, habits: Habits, do: Maths = ONE_PAIR) -> Real:
    """Days of silence after which two people who had a rhythm begin a new chapter."""
    much_longer = silence_step(weight, total, squares, habits.much_longer_silence, habits, do)
    return do.maximum(much_longer, habits.chapter_from_days)
