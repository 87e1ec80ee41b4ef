"""The answers' shapes that several operations share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from rapport.interactions.timeline import Entry
from rapport.relationships.engine.explaining import Explanation as Explained
from rapport.relationships.engine.explaining import ShownRow, explain
from rapport.relationships.engine.standing import Standing
from rapport.relationships.engine.wording import Names, strength_word, tone_word


class Done(Schema):
    """Something was done; `undo` is what `POST /undo` takes to have it back."""

    id: UUID | None = None
    undo: UUID | None = None


class Figures(Schema):
    """How two people stand. Nothing is claimed where nothing is known: then `known` is false and figures are null."""

    known: bool
    strength: int | None = Field(description="0 to 100")
    strength_word: str
    give_or_take: int | None
    vitality: float | None = Field(description="Probability of contact within `horizon_days`.")
    horizon_days: float | None
    window_days: tuple[float, float] | None = Field(description="Next contact lies in here one time in two.")
    health_word: str
    rhythm_days: float | None = Field(description="The pair's own typical gap.")
    days_silent: float | None
    they_begin: float | None = Field(description="Share of recent contact begun by them.")
    confidence: str
    signals: int
    next_look: datetime | None


class Summand(Schema):
    """One row of an explanation and where its evidence is."""

    kind: str
    title: str
    points: int
    detail: str
    log_odds: float | None = None
    evidence: dict[str, Any]


class Explanation(Schema):
    """Why: `rows` add up to the strength, `vitality_rows` to the percentage."""

    headline: str
    sentence: str
    rows: list[Summand]
    vitality_sentence: str
    vitality_rows: list[Summand]
    confidence: str


class Happened(Schema):
    """An interaction in a timeline. Title and words are withheld from who has no part in it (`is_private`)."""

    id: UUID
    kind: str
    at: datetime
    minutes: int | None
    title: str
    excerpt: str
    by: str
    people: list[str]
    is_private: bool


class Dated(Schema):
    """A day that may lack its year."""

    month: int
    day: int
    year: int | None = None


def figures(standing: Standing | None) -> Figures:
    """A standing as it is given out."""
    if standing is None or not standing.known:
        return Figures(
            known=False, strength=None, strength_word=strength_word("not_met"), give_or_take=None, vitality=None,
            horizon_days=None, window_days=None, health_word=tone_word("too_early"), rhythm_days=None,
            days_silent=None, they_begin=None, confidence="nothing", signals=0, next_look=None,
        )  # fmt: skip
    return Figures(
        known=True,
        strength=standing.strength,
        strength_word=strength_word(standing.strength_word),
        give_or_take=standing.give_or_take,
        vitality=standing.vitality,
        horizon_days=standing.horizon_days,
        window_days=standing.window_days,
        health_word=tone_word(standing.tone),
        rhythm_days=standing.rhythm_days,
        days_silent=standing.days_silent,
        they_begin=standing.balance.by_them if standing.balance else None,
        confidence=standing.confidence.certainty,
        signals=standing.confidence.signals,
        next_look=standing.next_look,
    )


def explanation(standing: Standing, names: Names | None = None) -> Explanation:
    """The engine's explanation as it is given out."""
    said: Explained = explain(standing, names)
    return Explanation(
        headline=said.headline,
        sentence=said.sentence,
        rows=[summand(row) for row in said.rows],
        vitality_sentence=said.vitality_sentence,
        vitality_rows=[summand(row) for row in said.vitality_rows],
        confidence=said.confidence,
    )


def summand(row: ShownRow) -> Summand:
    """A row with its evidence as the parameters `GET /people/{id}/timeline` takes."""
    chosen = row.evidence
    return Summand(
        kind=row.kind,
        title=row.title,
        points=row.points,
        detail=row.detail,
        log_odds=row.log_odds,
        evidence={
            "since": chosen.since,
            "until": chosen.until,
            "by_us": chosen.by_us,
            "kinds": list(chosen.kinds),
        },
    )


def happened(entry: Entry) -> Happened:
    """A timeline's entry as it is given out."""
    return Happened(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        minutes=entry.minutes,
        title=entry.title,
        excerpt=entry.excerpt,
        by=entry.by,
        people=[name for _, name, _ in entry.participants],
        is_private=entry.is_private,
    )
