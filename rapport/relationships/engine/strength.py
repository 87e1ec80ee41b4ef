"""Strength: an additive stock of past contact, 0 to 100. Time never raises it and contact never lowers it.

    stock = a (ours + theirs) + 2 (1 - a) min(ours, theirs),   strength = 100 stock / (stock + c)

The part of the minimum that each side gave alone, by writing, is that it goes both ways; with nothing from one side it
is nothing. The rest comes of being together, which takes both, and counts as time together and calls.

Each side's stock is a fresh part (half gone in two months) and a lasting part (half gone in three years), so the longer
two people have known each other, the larger the share that fades slowly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapport.relationships.engine.habits import FAMILIES, SHARED, Habits
from rapport.relationships.engine.state import THEM, US, TieState, left
from rapport.relationships.engine.words import StrengthWord

WORDS: tuple[StrengthWord, ...] = ("faint", "light", "steady", "strong", "close")


@dataclass(frozen=True, slots=True)
class Stock:
    """What is left of past contact at one moment, in the parts that explain it; the parts add up to `total`."""

    families: dict[str, float]
    lasting: float
    both_ways: float

    @property
    def total(self) -> float:
        """The whole stock."""
        return sum(self.families.values()) + self.lasting + self.both_ways


def stock_of(state: TieState, now_days: float, habits: Habits) -> Stock:
    """The stock of a pair at a moment not before its last contact."""
    passed = max(now_days, state.last) - state.day
    fresh, lasting = left(passed, habits.fresh_half_life), left(passed, habits.lasting_half_life)
    by_family = dict.fromkeys((*FAMILIES, "other"), 0.0)
    sides, alone = ([one[US] * lasting, one[THEM] * lasting] for one in (state.lasting, state.lasting_alone))
    together: dict[str, float] = {}
    for kind, (ours, theirs) in state.fresh.items():
        by_family[family_of(kind)] += habits.one_way_share * fresh * (ours + theirs)
        _give(sides, ours * fresh, theirs * fresh)
        if kind in SHARED:
            together[family_of(kind)] = together.get(family_of(kind), 0.0) + fresh * (ours + theirs)
        else:
            _give(alone, ours * fresh, theirs * fresh)
    both = 2 * (1 - habits.one_way_share)
    both_ways = min(alone) if together else min(sides)
    for family, part in together.items():
        by_family[family] += both * (min(sides) - both_ways) * part / sum(together.values())
    return Stock(
        families=by_family,
        lasting=habits.one_way_share * lasting * sum(state.lasting),
        both_ways=both * both_ways,
    )


def _give(sides: list[float], ours: float, theirs: float) -> None:
    sides[US] += ours
    sides[THEM] += theirs


def family_of(kind: str) -> str:
    """The family of a kind of contact."""
    return next((name for name, kinds in FAMILIES.items() if kind in kinds), "other")


def points(stock: float, habits: Habits) -> float:
    """Strength of a stock, 0..100."""
    return 100 * stock / (stock + habits.halfway_stock)


def strength_of(state: TieState, now_days: float, habits: Habits) -> float:
    """Strength, exact."""
    return points(stock_of(state, now_days, habits).total, habits)


def shown(strength: float) -> int:
    """Strength as shown: whole points, at least one for two people who have met."""
    return max(1, math.floor(strength + 0.5))


def band(state: TieState, now_days: float, habits: Habits) -> tuple[int, int]:
    """Give or take one standard deviation, with contact-days (of a year's half-life) as a count of chance events."""
    passed = max(now_days, state.last) - state.day
    remembered = max(state.counters[3] * left(passed, 365.0), 0.25)
    exact = strength_of(state, now_days, habits)
    doubt = exact * (1 - exact / 100) / math.sqrt(remembered)
    middle = shown(exact)
    half = max(2, math.ceil(doubt))
    return max(0, middle - half), min(100, middle + half)


def word_of(strength: int, habits: Habits) -> StrengthWord:
    """The word for shown points; zero is not met."""
    if strength <= 0:
        return "not_met"
    return WORDS[sum(strength > step for step in habits.strength_steps)]
