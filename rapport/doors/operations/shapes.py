"""The answers' shapes that several operations share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from rapport.accounts.access import Viewer
from rapport.interactions.entries import Entry
from rapport.people.stations import present_stations
from rapport.people.visible import visible_to
from rapport.relationships.engine.standing import Standing
from rapport.relationships.engine.wording import words_here
from rapport.relationships.engine.words import Tone
from rapport.relationships.lines import PersonLine
from rapport.relationships.unscored import is_not_scored, not_scored

from .answers import Answer


class Done(Answer):
    """Something was done to `id`; `undo` is the entry `POST /undo` takes to have it back."""

    id: UUID
    undo: UUID | None = None


class Who(Answer):
    """Somebody, by name and where they are now."""

    id: UUID
    name: str
    organization: str = ""


class Figures(Answer):
    """How two people stand. Nothing is claimed where nothing is known: then `known` is false and figures are null."""

    known: bool
    not_scored: bool = Field(description="They asked not to be scored: nothing is judged or kept.")
    strength: int | None = Field(description="0 to 100")
    strength_word: str
    give_or_take: int | None
    vitality: float | None = Field(description="Probability of contact within `horizon_days`.")
    horizon_days: float | None
    window_days: tuple[float, float] | None = Field(description="Next contact lies in here one time in two.")
    health: Tone = Field(description="How it is tended, as `people.list` takes it for `state`.")
    health_word: str
    rhythm_days: float | None = Field(description="The pair's own typical gap.")
    days_silent: float | None
    they_begin: float | None = Field(description="Share of recent contact begun by them.")
    confidence: str
    signals: int


class Participant(Answer):
    """Somebody in an interaction, and their part in it."""

    id: UUID
    name: str
    part: str


class Happened(Answer):
    """An interaction in a timeline. Title and words are withheld from who has no part in it (`is_private`)."""

    id: UUID
    kind: str
    at: datetime
    minutes: int | None
    title: str
    excerpt: str
    question: str
    by: str = Field(description="Who began it: them, us or neither.")
    people: list[Participant]
    is_private: bool
    is_cancelled: bool
    by_hand: bool


class Timeline(Answer):
    """A page of what happened, newest first."""

    rows: list[Happened]
    next: str | None


PLACES = 9


def figures(standing: Standing | None, words: Mapping[str, str] | None = None) -> Figures:
    """A standing as it is given out; `words` are `words_here()`, which a list asks for once."""
    words = words or words_here()
    if is_not_scored(standing):
        told = {"strength_word": words["not_scored"], "health_word": "", "not_scored": True}
        return figures(None, words).model_copy(update=told)
    if standing is None or not standing.known:
        return Figures(
            known=False, not_scored=False, strength=None, strength_word=words["not_met"], give_or_take=None,
            vitality=None,
            horizon_days=None, window_days=None, health="too_early", health_word=words["too_early"], rhythm_days=None,
            days_silent=None, they_begin=None, confidence="nothing", signals=0,
        )  # fmt: skip
    window = standing.window_days
    return Figures(
        known=True,
        not_scored=False,
        strength=standing.strength,
        strength_word=words[standing.strength_word],
        give_or_take=standing.give_or_take,
        vitality=_figure(standing.vitality),
        horizon_days=_figure(standing.horizon_days),
        window_days=(round(window[0], PLACES), round(window[1], PLACES)) if window else None,
        health=standing.tone,
        health_word=words[standing.tone],
        rhythm_days=_figure(standing.rhythm_days),
        days_silent=_figure(standing.days_silent),
        they_begin=_figure(standing.balance.by_them if standing.balance else None),
        confidence=standing.confidence.certainty,
        signals=standing.confidence.signals,
    )


def _figure(exact: float | None) -> float | None:
    """As it was reckoned, without what the machine cannot say exactly: 21, not 20.999999999999996.

    No coarser: rounded once more for a page, a figure must say the same as the sum of what explains it.
    """
    return None if exact is None else round(exact, PLACES)


def own_figures() -> Figures:
    """What stands where the figures of others stand, for the one who asks."""
    return figures(None).model_copy(update={"strength_word": _("you"), "health_word": ""})


def happened(entry: Entry) -> Happened:
    """A timeline's entry as it is given out."""
    return Happened(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        minutes=entry.minutes,
        title=entry.title,
        excerpt=entry.excerpt,
        question=entry.question,
        by=entry.by,
        people=[Participant(id=person, name=name, part=part) for person, name, part in entry.participants],
        is_private=entry.is_private,
        is_cancelled=entry.is_cancelled,
        by_hand=entry.by_hand,
    )


def people_named(viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Who]:
    """These people by name, in two queries; without those the viewer may not know of."""
    people = visible_to(viewer).in_bulk(list(ids))
    stations = present_stations(list(people)) if people else {}
    return {
        one: Who(id=one, name=person.name, organization=stations[one].organization if one in stations else "")
        for one, person in people.items()
    }


def figures_of(line: PersonLine, now: datetime, words: Mapping[str, str] | None = None) -> Figures:
    """The figures of somebody in a list; `words` as in `figures`."""
    return figures(not_scored(now) if line.do_not_score else line.standing, words)
