"""Standing: the answer of the engine, plain figures and words, with rows and next look worked out when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rapport.relationships.engine import contributions
from rapport.relationships.engine.balance import Balance
from rapport.relationships.engine.confidence import Confidence
from rapport.relationships.engine.habits import Habits
from rapport.relationships.engine.next_look import next_look
from rapport.relationships.engine.rhythm import horizon_days
from rapport.relationships.engine.rows import Row
from rapport.relationships.engine.state import TieState
from rapport.relationships.engine.vitality import percent_shown
from rapport.relationships.engine.weights import Weights
from rapport.relationships.engine.words import Silence, StrengthWord, Tone, Trend


@dataclass(frozen=True, slots=True)
class Ground:
    """What a standing was judged from."""

    state: TieState
    habits: Habits
    weights: Weights


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand between two people at one moment. `vitality` is a probability, `strength` 0..100.

    `known` is False before the first contact: then figures are None or 0 and nothing may be called weak. `again_after`
    are the days of the silence after which they began afresh, while the new chapter has no rhythm yet.
    """

    now: datetime
    known: bool
    vitality: float | None
    horizon_days: float
    window_days: tuple[float, float] | None
    tone: Tone
    strength: int
    strength_exact: float
    strength_band: tuple[int, int]
    strength_word: StrengthWord
    rhythm_days: float | None
    days_silent: float | None
    silence: Silence
    again_after: float | None
    balance: Balance | None
    trend: float | None
    trend_word: Trend
    confidence: Confidence
    ground: Ground | None

    @property
    def strength_rows(self) -> tuple[Row, ...]:
        """Rows in points that add up to `strength`."""
        if self.ground is None:
            return ()
        return contributions.strength_rows(self.ground.state, self.now, self.ground.habits)

    @property
    def vitality_rows(self) -> tuple[Row, ...]:
        """Rows in log-odds that add up to logit of `vitality`, and in points to `vitality_percent`."""
        if self.ground is None:
            return ()
        g = self.ground
        return contributions.vitality_rows(g.state, self.now, self.horizon_days, g.habits, g.weights)

    @property
    def next_look(self) -> datetime | None:
        """When a word (strength, tone, silence, trend) changes by silence alone; None when none ever will."""
        if self.ground is None:
            return None
        g = self.ground
        return next_look(g.state, self.now, horizon_days(g.state, g.habits), g.habits, g.weights)

    @property
    def give_or_take(self) -> int:
        """Half the width of the strength band, in points."""
        return max(self.strength - self.strength_band[0], self.strength_band[1] - self.strength)

    @property
    def vitality_percent(self) -> int | None:
        """Vitality as it is shown, rounded down, so that it stands where its word begins and ends."""
        return None if self.vitality is None else percent_shown(self.vitality)
