"""Stored suggestions as they are shown. Only references are stored; words are read again: what is gone stays gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from rapport.moments.moment import Evidence, Reason
from rapport.moments.situation import Talk
from rapport.people.models import Fact
from rapport.people.splitting import called

from .models import Suggestion
from .placed import Placed
from .ways import (
    KnownFact,
    Way,
    way_of_fact,
    way_of_meeting,
    way_of_note,
    way_of_subject,
    way_of_words,
)

_OF_TALK = {"note": way_of_note, "meeting": way_of_meeting, "words": way_of_words, "subject": way_of_subject}

# OFFSET 0 holds the order of the joins as written, as in moments.watching, where its comment says why.
_WORDS = """
SELECT i.id, i.at, i.kind,
       mine.part IN ('from', 'organizer') OR (mine.part = 'attendee' AND NOT EXISTS (
         SELECT 1 FROM participant lead
         WHERE lead.interaction_id = i.id AND lead.at = i.at AND lead.part IN ('from', 'organizer') OFFSET 0)),
       i.title, i.excerpt, i.minutes, i.by_hand, i.question
FROM unnest(%s::uuid[]) AS wanted(id)
CROSS JOIN LATERAL (SELECT * FROM interaction WHERE id = wanted.id OFFSET 0) AS i
CROSS JOIN LATERAL (
  SELECT part FROM participant WHERE interaction_id = i.id AND at = i.at AND person_id = %s OFFSET 0) AS mine
"""


@dataclass(frozen=True, slots=True)
class Words:
    """A talk and the question in it."""

    talk: Talk
    question: str


def stored_evidence(evidence: Iterable[Evidence]) -> list[dict[str, str]]:
    """Evidence as references."""
    return [{"interaction_id": str(one.interaction_id)} for one in evidence]


def stored_ways(ways: Iterable[Way]) -> list[dict[str, str | None]]:
    """Ways in as references."""
    return [
        {
            "kind": way.kind,
            "interaction_id": str(way.interaction_id) if way.interaction_id else None,
            "fact_id": str(way.fact_id) if way.fact_id else None,
        }
        for way in ways
    ]


def read_again(suggestions: Sequence[Suggestion], home_person_id: UUID, now: datetime) -> list[Placed]:
    """Suggestions with their words as they are now, from talks this home person took part in, in two queries."""
    references = [one for suggestion in suggestions for one in [*suggestion.evidence, *suggestion.ways]]
    words = _words(home_person_id, {UUID(one["interaction_id"]) for one in references if one["interaction_id"]})
    known = facts_of(now, ids=[one["fact_id"] for one in references if one.get("fact_id")])
    facts = {str(fact.id): fact for of_one in known.values() for fact in of_one}
    return [_placed(one, words, facts, now) for one in suggestions]


def facts_of(now: datetime, ids: Collection[str] = (), people: Collection[UUID] = ()) -> dict[UUID, list[KnownFact]]:
    """Facts that have not faded, by person: those with these ids, and all about these people."""
    if not ids and not people:
        return {}
    asked = Q(id__in=list(ids)) | Q(person_id__in=list(people))
    found: dict[UUID, list[KnownFact]] = {}
    for fact in Fact.objects.filter(asked, Q(expires_at=None) | Q(expires_at__gt=now), noted_at__lte=now):
        known = KnownFact(fact.id, fact.kind, fact.value, fact.learnt, fact.noted_at)
        found.setdefault(fact.person_id, []).append(known)
    return found


def _words(home_person_id: UUID, interactions: Collection[UUID]) -> dict[str, Words]:
    if not interactions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [list(interactions), home_person_id])
        return {str(row[0]): Words(Talk(*row[:8]), row[8]) for row in cursor.fetchall()}


def _placed(one: Suggestion, words: dict[str, Words], facts: dict[str, KnownFact], now: datetime) -> Placed:
    waits = one.waits(now)  # whether its moment holds is asked of the moment now
    return Placed(
        id=one.id,
        person_id=one.person_id,
        rank=one.rank,
        moment=one.moment,
        rule=one.rule,
        care=one.care,
        reason=Reason(one.reason["kind"], one.reason["values"]).about(called(one.person.name)),
        evidence=tuple(
            _evidence(words[kept["interaction_id"]], one.rule)
            for kept in one.evidence
            if kept["interaction_id"] in words
        ),
        ways=tuple(way for kept in one.ways if (way := _way(kept, words, facts))),
        minutes=one.minutes,
        state="open" if waits else one.state,
        acted_at=None if waits else one.acted_at,
        later_until=one.later_until,
    )


def _evidence(words: Words, rule: str) -> Evidence:
    talk = words.talk
    quote = {"question": words.question, "follow-up": ""}.get(rule, talk.quote)
    return Evidence(talk.interaction_id, talk.at, talk.kind, talk.by_us or talk.by_hand, quote)


def _way(kept: dict[str, Any], words: dict[str, Words], facts: dict[str, KnownFact]) -> Way | None:
    if kept["kind"] == "fact":
        fact = facts.get(kept["fact_id"])
        return way_of_fact(fact) if fact else None
    found = words.get(kept["interaction_id"])
    return _OF_TALK[kept["kind"]](found.talk) if found else None
