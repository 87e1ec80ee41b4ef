"""Whoever asked not to be scored: nothing is judged or kept about how they and anybody stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from rapport.people.models import Person

from .contacts import Pair
from .engine.judge import judge
from .engine.values import Standing


def unscored_among(people: Collection[UUID]) -> set[UUID]:
    """Those of these people who asked for it."""
    return set(Person.objects.filter(id__in=people, do_not_score=True).values_list("id", flat=True))


def to_be_scored(pairs: Collection[Pair]) -> list[Pair]:
    """The pairs of which neither asked for it."""
    asked = unscored_among({one for pair in pairs for one in pair})
    return [pair for pair in pairs if not asked & set(pair)]


def not_scored(now: datetime) -> Standing:
    """What stands where a standing would: nothing, and why."""
    return replace(judge(None, now), strength_word="not_scored")


def is_not_scored(standing: Standing | None) -> bool:
    """Whether they asked for it, rather than never having met."""
    return standing is not None and standing.strength_word == "not_scored"
