"""How things stand, when asked: figures are evaluated now from the stored state, or from history for an earlier day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from rapport.accounts.rows import ask

from .contacts import contacts_of_pairs, pairs_of
from .engine.judge import judge
from .engine.values import Standing
from .folding import states_of
from .stored import stored_state
from .unscored import not_scored, to_be_scored, unscored_among

# Asked of those who were asked for it a moment ago, too: what was judged before is still stored then.
_STATES = (
    "SELECT r.person_id, r.state FROM relationship r JOIN person p ON p.id = r.person_id AND NOT p.do_not_score "
    "WHERE r.home_person_id = %s AND r.state IS NOT NULL"
)
_STATES_OF = _STATES + " AND r.person_id = ANY(%s::uuid[])"
_STATE_OF = _STATES + " AND r.person_id = %s"  # of one it is planned once, of a few each time anew
_STATES_WITH = (
    "SELECT r.person_id, r.home_person_id, r.state FROM relationship r "
    "JOIN person p ON p.id = r.person_id AND NOT p.do_not_score "
    "WHERE r.person_id = ANY(%s::uuid[]) AND r.state IS NOT NULL"
)


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
    return {person: judged(state, now) for person, state in _states(home_person_id, people)}


def _states(home_person_id: UUID, people: Collection[UUID] | None) -> list[tuple[Any, ...]]:
    if people is None:
        return ask(_STATES, [home_person_id])
    if len(people) == 1:
        return ask(_STATE_OF, [home_person_id, *people])
    return ask(_STATES_OF, [home_person_id, list(people)])


def judged(state: str, now: datetime) -> Standing:
    """How a pair with this stored state stands. What is asked for again within a minute is not worked out again."""
    return _judged(state, now.replace(second=0, microsecond=0))


@lru_cache(maxsize=2048)
def _judged(state: str, now: datetime) -> Standing:
    return judge(stored_state(state), now)


def standing_of(home_person_id: UUID, person_id: UUID, now: datetime, as_of: bool = False) -> Standing:
    """How one pair stands; not yet met, where there was no contact; not scored, where one of them asked for it."""
    found = standings_of(home_person_id, now, [person_id], as_of).get(person_id)
    if found is not None:
        return found
    return not_scored(now) if unscored_among([home_person_id, person_id]) else judge(None, now)


def strongest_of(people: Collection[UUID], now: datetime) -> dict[UUID, list[tuple[UUID, Standing]]]:
    """For each of these people, the home people who know them, strongest first."""
    found: dict[UUID, list[tuple[UUID, Standing]]] = {}
    for person, home, state in ask(_STATES_WITH, [list(people)]):
        found.setdefault(person, []).append((home, judged(state, now)))
    for acquaintances in found.values():
        acquaintances.sort(key=lambda one: -one[1].strength_exact)
    return found
