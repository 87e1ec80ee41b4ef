"""Why two people stand as they do, as it is given out: rows that add up, each with the way to its evidence."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from rapport.relationships.engine.explaining import ShownRow, explain
from rapport.relationships.engine.standing import Standing

from .answers import Answer


class Evidence(Answer):
    """The contacts a row rests on, as the parameters `GET /people/{person_id}/evidence` takes."""

    since: datetime | None
    until: datetime | None
    by_us: bool | None
    kinds: list[str]


class Summand(Answer):
    """One row of an explanation and where its evidence is."""

    kind: str
    title: str
    points: int
    detail: str
    log_odds: float | None = None
    evidence: Evidence


class Explanation(Answer):
    """Why: `rows` add up to the strength, `vitality_rows` to the percentage."""

    headline: str
    sentence: str
    rows: list[Summand] = Field(description="Their points add up to `strength`.")
    vitality_sentence: str
    vitality_rows: list[Summand] = Field(description="Their points add up to `vitality` in percent, rounded down.")
    confidence: str


def explanation(standing: Standing) -> Explanation:
    """The engine's explanation as it is given out."""
    said = explain(standing)
    return Explanation(
        headline=said.headline,
        sentence=said.sentence,
        rows=[_summand(row) for row in said.rows],
        vitality_sentence=said.vitality_sentence,
        vitality_rows=[_summand(row) for row in said.vitality_rows],
        confidence=said.confidence,
    )


def _summand(row: ShownRow) -> Summand:
    chosen = row.evidence
    return Summand(
        kind=row.kind,
        title=row.title,
        points=row.points,
        detail=row.detail,
        log_odds=row.log_odds,
        evidence=Evidence(since=chosen.since, until=chosen.until, by_us=chosen.by_us, kinds=list(chosen.kinds)),
    )
