"""Explaining: one structure that page, API and command line all show. Sentence, scale, rows that add up, how sure."""

from __future__ import annotations

from dataclasses import dataclass

from rapport.relationships.engine import wording
from rapport.relationships.engine.rows import Row, Selector
from rapport.relationships.engine.standing import Standing
from rapport.relationships.engine.words import StrengthWord

SCALE: tuple[StrengthWord, ...] = ("faint", "light", "steady", "strong", "close")


@dataclass(frozen=True, slots=True)
class Scale:
    """Where on the scale: its words in order, which is ours, the tick and the band around it in points of 100."""

    words: tuple[str, ...]
    word: str
    tick: int
    low: int
    high: int
    give_or_take: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as people read it: what, how many points, what that rests on, and which contacts to open."""

    kind: str
    title: str
    points: int
    detail: str
    evidence: Selector
    log_odds: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a standing is as it is: `rows` add up to the strength, `vitality_rows` to the percentage."""

    headline: str
    sentence: str
    scale: Scale
    rows: tuple[ShownRow, ...]
    vitality_sentence: str
    vitality_rows: tuple[ShownRow, ...]
    confidence: str


def explain(standing: Standing, names: wording.Names | None = None) -> Explanation:
    """The explanation of a standing, in the reader's language; with names where it is not the reader's own."""
    said = (
        wording.headline(standing),
        wording.rhythm_sentence(standing, names),
        wording.balance_sentence(standing.balance, names),
    )
    return Explanation(
        headline=said[0],
        sentence=" ".join(part for part in said if part),
        scale=_scale(standing),
        rows=_shown(standing.strength_rows, standing),
        vitality_sentence=wording.vitality_sentence(standing),
        vitality_rows=_shown(standing.vitality_rows, standing),
        confidence=wording.confidence_sentence(standing.confidence),
    )


def _scale(standing: Standing) -> Scale:
    low, high = standing.strength_band
    words = tuple(wording.strength_word(word) for word in SCALE)
    return Scale(
        words, wording.strength_word(standing.strength_word), standing.strength, low, high, standing.give_or_take
    )


def _shown(rows: tuple[Row, ...], standing: Standing) -> tuple[ShownRow, ...]:
    quiet = {"silent_days": wording.days_quiet(standing)}
    return tuple(
        ShownRow(
            kind=row.kind,
            title=wording.row_title(row.kind),
            points=row.points,
            detail=wording.row_detail(row.kind, {**row.values, **quiet}),
            evidence=row.evidence,
            log_odds=row.log_odds,
        )
        for row in rows
    )
