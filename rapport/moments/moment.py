"""Moment: an opportunity to help or connect now, with its reason, its evidence and how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from .situation import Situation, Talk

Care = Literal["answer", "celebrate", "stay-close", "follow-up"]
Values = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a kind with values; `wording` makes the sentence."""

    kind: str
    values: Values = field(default_factory=dict)

    def about(self, name: str) -> Reason:
        """The same, of somebody who is called so now: a reason is kept, and people are renamed."""
        return replace(self, values={**self.values, "name": name}) if "name" in self.values else self


@dataclass(frozen=True, slots=True)
class Evidence:
    """An interaction a reason rests on, and the words in it; `by_us` says whose they are."""

    interaction_id: UUID
    at: datetime
    kind: str
    by_us: bool
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A rule that fired. `key` is its identity: the same opportunity has the same key whenever it is looked at.

    It clears itself: looked at again once they were answered, met or congratulated, the rule does not fire.
    `weight` (0..1) says how much is lost if it is left; `minutes` is what it takes.
    """

    rule: str
    key: str
    person_id: UUID
    care: Care
    reason: Reason
    evidence: tuple[Evidence, ...]
    best_before: datetime | None
    minutes: int
    weight: float


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule looked at somebody, had cause, and still let them be; the reason says why."""

    rule: str
    person_id: UUID
    reason: Reason


def evidence_of(talk: Talk | None) -> tuple[Evidence, ...]:
    """A talk as evidence; nothing where there was none."""
    if talk is None:
        return ()
    return (Evidence(talk.interaction_id, talk.at, talk.kind, talk.by_us or talk.by_hand, talk.quote),)


def latest_evidence(situation: Situation) -> tuple[Evidence, ...]:
    """Their last words first, then the last contact where that is another one."""
    words, last = situation.last_words, situation.last_talk
    return evidence_of(words) + (evidence_of(last) if last is not words else ())


def strength_share(situation: Situation) -> float:
    """How strong the relationship is, 0..1; 0 where nothing is known."""
    return situation.standing.strength / 100 if situation.standing and situation.standing.known else 0.0
