"""Why: both figures in full, and what one of their rows rests on."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.people.models import Person
from rapport.people.visible import person_of
from rapport.relationships.engine.explaining import ShownRow
from rapport.relationships.engine.rows import Selector
from rapport.relationships.evidence import evidence_of
from rapport.relationships.reading import standing_of
from rapport.relationships.unscored import is_not_scored

from ..addresses import with_query
from ..entering import Visit
from ..faces import bond_of, face_of
from ..pages.person import WhyPage
from ..pages.shell import Bond
from ..telling_moments import months_of
from .explaining import row_named, strength_of, vitality_of


def why_page(visit: Visit, person_id: UUID, row: str, before: str | None) -> WhyPage:
    """The page; `row` names a row of a figure, and without one it is all the evidence."""
    person = person_of(visit.viewer, person_id)
    home, as_of = visit.viewer.person_id, visit.as_of.isoformat() if visit.as_of else None
    standing = standing_of(home, person.id, visit.now, visit.as_of is not None)
    if is_not_scored(standing):
        return _not_scored(person, bond_of(standing), as_of)
    chosen = row_named(standing, row) if row else None
    selector = chosen.evidence if chosen else Selector()
    selector = replace(selector, until=min(selector.until or visit.now, visit.now))
    found = evidence_of(visit.viewer, home, person.id, selector, before)
    address = f"/people/{person.id}/why"
    return WhyPage(
        face=face_of(person.id, person.name, person.portrait),
        person_address=with_query(f"/people/{person.id}", as_of=as_of),
        bond=bond_of(standing),
        strength=strength_of(standing, address, as_of),
        vitality=vitality_of(standing, address, as_of),
        chosen=chosen.title if chosen else "",
        evidence=months_of(visit, found.rows, person.id),
        more=with_query(address, row=row, before=found.next, as_of=as_of) if found.next else None,
        detail=chosen.detail if chosen else "",
        nothing=_nothing(chosen),
    )


def _not_scored(person: Person, bond: Bond, as_of: str | None) -> WhyPage:
    return WhyPage(
        face=face_of(person.id, person.name, person.portrait),
        person_address=with_query(f"/people/{person.id}", as_of=as_of),
        bond=bond,
        strength=None,
        vitality=None,
        chosen="",
        evidence=(),
        nothing=_("They asked not to be scored, so there are no figures and no evidence for any."),
    )


def _nothing(chosen: ShownRow | None) -> str:
    if chosen is not None and chosen.kind == "starting_point":
        return _("It rests on no contact of yours: this is where any two people start.")
    return _("Nothing happened in this time. That is the evidence.")
