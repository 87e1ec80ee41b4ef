"""How things stand, when asked: figures are evaluated now from the stored state, or from history for an earlier day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from .contacts import contacts_of_pairs, pairs_of
from .engine.judge import judge
from .engine.state import TieState
from .engine.values import Standing
from .folding import states_of
from .models import Relationship
from .unscored import not_scored, to_be_scored, unscored_among


def standings_of(
    home_person_id: UUID, now: datetime, people: Collection[UUID] | None = None, as_of: bool = False
) -> dict[UUID, Standing]:
    """How a home person and each of these people (all they know, by default) stand.

    `as_of` folds again what had happened by `now`; identities are as known today. Without it, the stored state is read.
    People without any contact are not in the answer: their standing is not weak, it is unknown.
    """
    if as_of:
        pairs = [pair for pair in pairs_of(home_person_id, now) if people is None or pair[1] in people]
        states = states_of(contacts_of_pairs(to_be_scored(pairs), now))
        return {person: judge(state, now) for (_, person), state in states.items()}
    # Asked of those who were asked for it a moment ago, too: what was judged before is still stored then.
    rows = Relationship.objects.filter(home_person_id=home_person_id, person__do_not_score=False)
    if people is not None:
        rows = rows.filter(person_id__in=people)
    return {
        person: judge(TieState.from_json(state), now)
        for person, state in rows.values_list("person_id", "state")
        if state is not None
    }


def standing_of(home_person_id: UUID, person_id: UUID, now: datetime, as_of: bool = False) -> Standing:
    """How one pair stands; not yet met, where there was no contact; not scored, where one of them asked for it."""
    found = standings_of(home_person_id, now, [person_id], as_of).get(person_id)
    if found is not None:
        return found
    return not_scored(now) if unscored_among([home_person_id, person_id]) else judge(None, now)


def strongest_of(people: Collection[UUID], now: datetime) -> dict[UUID, list[tuple[UUID, Standing]]]:
    """For each of these people, the home people who know them, strongest first."""
    found: dict[UUID, list[tuple[UUID, Standing]]] = {}
    scored = Relationship.objects.filter(person_id__in=people, person__do_not_score=False)
    rows = scored.values_list("person_id", "home_person_id", "state")
    for person, home, state in rows:
        if state is not None:
            found.setdefault(person, []).append((home, judge(TieState.from_json(state), now)))
    for acquaintances in found.values():
        acquaintances.sort(key=lambda one: -one[1].strength_exact)
    return found
