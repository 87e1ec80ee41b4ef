"""Who of ours knows somebody, how they stand, and who would introduce us best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.people.visible import people_among, person_of

from .engine.standing import Standing
from .lines import last_at_of
from .reading import standing_of, strongest_of

UNSURE = 0.5  # what is counted for alive while it is too early to say
MOST = 50


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """One of ours who knows them."""

    id: UUID
    name: str
    portrait: str
    standing: Standing

    @property
    def last_at(self) -> datetime | None:
        """When the two were last in contact."""
        return last_at_of(self.standing)


@dataclass(frozen=True, slots=True)
class WhoKnows:
    """Colleagues who know somebody, the best to introduce us first. `own` is the viewer's standing.

    `best` is None where nobody else knows them, or nobody better than the viewer. Of who asked not to be scored it is
    not said who knows them.
    """

    person_id: UUID
    name: str
    own: Standing
    colleagues: tuple[Acquaintance, ...]
    best: Acquaintance | None
    do_not_score: bool = False


def who_knows(viewer: Viewer, person_id: UUID, now: datetime) -> WhoKnows:
    """Who of ours knows this person. A guest is told of nobody else's ties, and of a colleague nobody is."""
    person = person_of(viewer, person_id)
    own = standing_of(viewer.person_id, person.id, now)
    others = () if person.is_home else colleagues_of(viewer, person.id, now)
    return WhoKnows(person.id, person.name, own, others, best_of(others, own), person.do_not_score)


def colleagues_of(viewer: Viewer, person_id: UUID, now: datetime) -> tuple[Acquaintance, ...]:
    """Who of ours beside the viewer knows somebody the viewer may see, the best to introduce first; two queries."""
    return () if viewer.is_guest else _others(viewer, person_id, now)


def best_of(others: Sequence[Acquaintance], own: Standing) -> Acquaintance | None:
    """Who would introduce best: nobody, where nobody knows them better than oneself."""
    return others[0] if others and warmth(others[0].standing) > warmth(own) else None


def warmth(standing: Standing) -> float:
    """How far an introduction by this tie would carry, 0..100: how strong it is times how alive."""
    if not standing.known:
        return 0.0
    alive = UNSURE if standing.vitality is None or standing.tone == "too_early" else standing.vitality
    return standing.strength_exact * alive


def _others(viewer: Viewer, person_id: UUID, now: datetime) -> tuple[Acquaintance, ...]:
    pairs = strongest_of([person_id], now).get(person_id, [])
    standings = {home: standing for home, standing in pairs if home != viewer.person_id}
    people = [one for one in people_among(viewer, standings).values() if one.is_home]
    found = [Acquaintance(one.id, one.name, one.portrait, standings[one.id]) for one in people]
    return tuple(sorted(found, key=lambda one: (-warmth(one.standing), one.name))[:MOST])
