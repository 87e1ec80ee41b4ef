"""Ways in: what one can start from, each resting on something known. Pure; the words are read again when shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from rapport.moments.moment import Moment
from rapport.moments.situation import Situation, Talk

WAYS: Final = 3
RECENT_DAYS: Final = 400  # older things are history, not a way in

WayKind = Literal["words", "note", "meeting", "subject", "fact"]

_ANSWERED = re.compile(r"^\s*(?:(?:re|aw|fw|fwd|wg|tr|rv|antw|sv|vs|odp)\s*(?:\[\d+\])?:\s*|\[[^\]]{1,40}\]\s*)+", re.I)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as a way in needs it."""

    id: UUID
    kind: str
    value: str
    learnt: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """Something to start from: its kind, the words it is made of, when they are from, and what shows it."""

    kind: WayKind
    text: str
    at: datetime
    interaction_id: UUID | None = None
    fact_id: UUID | None = None
    about: str = ""  # a fact's kind, or how we talked


def ways_in(situation: Situation, moment: Moment, facts: Sequence[KnownFact]) -> tuple[Way, ...]:
    """At most three, the most personal first; never what already stands there as the evidence."""
    shown = {one.interaction_id for one in moment.evidence if one.quote}
    recent = [talk for talk in situation.talks if (situation.now - talk.at).days <= RECENT_DAYS]
    notes = (talk for talk in recent if talk.by_hand and talk.quote and talk.interaction_id not in shown)
    ways = [way_of_note(talk) for talk in notes][:1]
    ways += [way_of_fact(fact) for fact in sorted(facts, key=lambda fact: fact.noted_at, reverse=True)[:2]]
    ways += [way_of_meeting(talk) for talk in recent if _has_a_topic(talk, situation.person.called)][:1]
    words = situation.last_words
    if words and words.interaction_id not in shown and words in recent:
        ways.append(way_of_words(words))
    ways += [way_of_subject(talk) for talk in recent if not talk.is_shared and bare_subject(talk.title)][:1]
    return tuple(_each_once(ways))[:WAYS]


def _has_a_topic(talk: Talk, called: str) -> bool:
    """Whether the title of a meeting says what it was about: “Call with Jonas” only says with whom."""
    titled = talk.is_shared and bool(talk.title) and not talk.by_hand
    return titled and called.casefold() not in talk.title.casefold()


def _each_once(ways: Sequence[Way]) -> list[Way]:
    """Without a second way from the same talk, or in the same words: a note becomes a fact, a subject heads words."""
    kept: list[Way] = []
    for way in ways:
        if not any(_is_same(way, one) for one in kept):
            kept.append(way)
    return kept


def _is_same(way: Way, other: Way) -> bool:
    if way.interaction_id is not None and way.interaction_id == other.interaction_id:
        return True
    return way.text.casefold().strip() == other.text.casefold().strip()


def way_of_note(talk: Talk) -> Way:
    """What we wrote down after a talk."""
    return Way("note", talk.quote, talk.at, talk.interaction_id, about=talk.kind)


def way_of_meeting(talk: Talk) -> Way:
    """What the last meeting was about."""
    return Way("meeting", talk.title, talk.at, talk.interaction_id, about=talk.kind)


def way_of_words(talk: Talk) -> Way:
    """What they said last."""
    return Way("words", talk.quote, talk.at, talk.interaction_id, about=talk.kind)


def way_of_subject(talk: Talk) -> Way:
    """What the last mails were about."""
    return Way("subject", bare_subject(talk.title), talk.at, talk.interaction_id, about=talk.kind)


def way_of_fact(fact: KnownFact) -> Way:
    """Something known about them."""
    return Way("fact", fact.value, fact.noted_at, fact_id=fact.id, about=fact.learnt)


def bare_subject(subject: str) -> str:
    """A subject without the marks of answering, forwarding and lists."""
    return _ANSWERED.sub("", subject).strip()
