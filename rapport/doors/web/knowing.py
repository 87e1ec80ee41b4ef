"""Several people at once as pages name them: face, where they are, how they and the viewer stand. Three queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from rapport.people.stations import present_stations
from rapport.people.visible import visible_to
from rapport.relationships.engine.standing import Standing
from rapport.relationships.reading import standings_of
from rapport.relationships.unscored import not_scored

from .directions import set_apart
from .entering import Visit
from .faces import bond_of, face_of
from .pages.shell import Bond, Face


@dataclass(frozen=True, slots=True)
class Known:
    """One of these people."""

    id: UUID
    face: Face
    title: str
    organization: str
    standing: Standing | None

    @property
    def bond(self) -> Bond:
        """How they and the viewer stand."""
        return bond_of(self.standing)

    @property
    def role(self) -> str:
        """What they are, where."""
        return ", ".join(set_apart(part) for part in (self.title, self.organization) if part)

    @property
    def address(self) -> str:
        """Their page."""
        return f"/people/{self.id}"


def known(visit: Visit, people: Collection[UUID]) -> dict[UUID, Known]:
    """These people, without those this viewer may not know of."""
    ids = set(people)
    if not ids:
        return {}
    stations = present_stations(ids)
    standings = standings_of(visit.viewer.person_id, visit.now, ids, visit.as_of is not None)
    found = {}
    for person in visible_to(visit.viewer).filter(id__in=ids):
        station = stations.get(person.id)
        found[person.id] = Known(
            id=person.id,
            face=face_of(person.id, person.name, person.portrait),
            title=station.title if station else "",
            organization=station.organization if station else "",
            standing=not_scored(visit.now) if person.do_not_score else standings.get(person.id),
        )
    return found
