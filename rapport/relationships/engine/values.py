"""The plain values the engine takes and gives: a contact in, a standing with its rows out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

StrengthWord = Literal["not_met", "faint", "light", "steady", "strong", "close"]
Tone = Literal["too_early", "doing_well", "needs_care", "at_risk"]
Silence = Literal["none", "usual", "longer", "much_longer"]
Trend = Literal["too_early", "warming", "even", "cooling"]
Certainty = Literal["nothing", "a_guess", "fairly_sure", "sure"]


@dataclass(frozen=True, slots=True)
class Contact:
    """One event of a pair: when (aware, UTC), who began it, its kind, weight and length, how many were there."""

    at: datetime
    by_us: bool
    kind: str
    weight: float = 1.0
    ref: str = ""
    duration_minutes: int | None = None
    group_size: int = 2


@dataclass(frozen=True, slots=True)
class Selector:
    """The contacts a row rests on: after `since`, up to `until`; by us, them or either (None); of `kinds`, or all."""

    since: datetime | None = None
    until: datetime | None = None
    by_us: bool | None = None
    kinds: tuple[str, ...] = ()

    def takes(self, contact: Contact) -> bool:
        """Whether this contact is part of the evidence."""
        return (
            (self.since is None or contact.at > self.since)
            and (self.until is None or contact.at <= self.until)
            and (self.by_us is None or contact.by_us == self.by_us)
            and (not self.kinds or contact.kind in self.kinds)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One summand of a shown figure: whole `points` of it, and for vitality the exact `log_odds`."""

    kind: str
    points: int
    values: dict[str, float | int | None] = field(default_factory=dict)
    evidence: Selector = Selector()
    log_odds: float | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure we are and why: how many contacts, on how many days, by how many kinds of contact, since when."""

    certainty: Certainty
    signals: int
    days: int
    channels: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Balance:
    """Who begins: the share of contact begun by them (0..1), recent contact counting more, and what to call it."""

    by_them: float
    word: Literal["mostly_us", "both", "mostly_them"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand between two people at one moment. `vitality` is a probability, `strength` 0..100.

    `known` is False before the first contact: then figures are None or 0 and nothing may be called weak.
    `next_look` is when a word (strength, tone, silence, trend) changes by silence alone, None when none ever will.
    """

    now: datetime
    known: bool
    vitality: float | None
    vitality_rows: tuple[Row, ...]
    horizon_days: float
    window_days: tuple[float, float] | None
    tone: Tone
    strength: int
    strength_exact: float
    strength_rows: tuple[Row, ...]
    strength_band: tuple[int, int]
    strength_word: StrengthWord
    rhythm_days: float | None
    days_silent: float | None
    silence: Silence
    balance: Balance | None
    trend: float | None
    trend_word: Trend
    confidence: Confidence
    next_look: datetime | None

    @property
    def give_or_take(self) -> int:
        """Half the width of the strength band, in points."""
        return max(self.strength - self.strength_band[0], self.strength_band[1] - self.strength)

    @property
    def vitality_percent(self) -> int | None:
        """Vitality as it is shown."""
        return None if self.vitality is None else round(self.vitality * 100)
