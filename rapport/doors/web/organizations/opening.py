"""The page of an organization as one value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.accounts.access import may
from rapport.interactions.lately import lately_with
from rapport.people.organizations import Namesake, OrganizationSheet, open_organization
from rapport.relationships.unscored import not_scored
from rapport.relationships.who_knows_whom import Left, Theirs, Tie, WhoKnowsWhom, who_knows_whom

from ..addresses import with_query
from ..asked_of_us import beside_the_name
from ..entering import Visit
from ..faces import bond_of, face_of
from ..pages.organizations import (
    DomainLine,
    JoinedLine,
    LeftLine,
    NamesakeLine,
    OrganizationPage,
    Picture,
    Strand,
    TheirLine,
    TieLine,
)
from ..pages.shell import Face, Field
from ..telling_moments import moment_of
from .filtering import people_words

DRAWN_OURS, DRAWN_THEIRS = 8, 14  # more lines than these nobody can follow; all stand in the table


def organization_page(visit: Visit, organization_id: UUID, edit: dict[str, Any] | None = None) -> OrganizationPage:
    """Who is there, who knows whom, what happened lately."""
    sheet = open_organization(visit.viewer, organization_id)
    known = who_knows_whom(visit.viewer, sheet.id, visit.now)
    address, may_write = f"/organizations/{sheet.id}", may(visit.viewer, "write")
    lately = () if sheet.is_home else lately_with(visit.viewer, [one.id for one in known.theirs], visit.now)
    faces = {one.id: face_of(one.id, one.name, one.portrait) for one in known.ours}
    shown = OrganizationPage(
        name=sheet.name,
        address=address,
        people=people_words(known.people),
        people_address=with_query("/people", org=str(sheet.id)),
        summary="" if sheet.is_home else _summary(known),
        picture=None if sheet.is_home else _picture(known, faces),
        theirs=tuple(_theirs(visit, one, faces) for one in known.theirs),
        left=tuple(_left(one) for one in known.left),
        lately=tuple(moment_of(visit, one, None) for one in lately),
        domains=_domains(sheet, address, may_write),
        joined=tuple(
            JoinedLine(one.name, visit.local(one.at).date(), f"/undo/{one.entry}")
            for one in sheet.joined
            if may(visit.viewer, "merge")
        ),
        namesakes=tuple(_namesake(one, address) for one in sheet.namesakes if may(visit.viewer, "merge")),
        is_home=sheet.is_home,
        may_write=may_write,
        called=Field(sheet.name),
    )
    return replace(shown, is_open=True, **edit) if edit is not None else shown


def _namesake(one: Namesake, address: str) -> NamesakeLine:
    join = with_query(f"{address}/join", other=str(one.id))
    return NamesakeLine(one.name, one.domain, f"/organizations/{one.id}", join)


def _summary(known: WhoKnowsWhom) -> str:
    """How far we know them, in a sentence."""
    if not known.people:
        return _("Nobody is there now whom we know of.")
    if known.unknown == known.people:
        return _("Nobody of us knows anybody there yet.")
    parts = []
    if known.ours:
        said = ngettext("%(ours)d of us knows somebody there.", "%(ours)d of us know somebody there.", len(known.ours))
        parts.append(said % {"ours": len(known.ours)})
    if known.unknown:
        alone = ngettext("%(n)d person there nobody knows yet.", "%(n)d people there nobody knows yet.", known.unknown)
        parts.append(alone % {"n": known.unknown})
    if known.unscored:
        asked = ngettext(
            "%(n)d person there is not scored, as they asked.",
            "%(n)d people there are not scored, as they asked.",
            known.unscored,
        )
        parts.append(asked % {"n": known.unscored})
    return " ".join(parts)


def _picture(known: WhoKnowsWhom, faces: dict[UUID, Face]) -> Picture | None:
    """Gaps are the point, so some whom nobody knows are drawn beside those we know. Who is not scored is neither."""
    ours = [one.id for one in known.ours][:DRAWN_OURS]
    met = [one for one in known.theirs if any(tie.home_id in ours for tie in one.ties)]
    unmet = [one for one in known.theirs if not one.ties and not one.do_not_score]
    theirs = [*met[: DRAWN_THEIRS - min(len(unmet), 4)], *unmet][:DRAWN_THEIRS]
    if not ours or not met:
        return None
    return Picture(
        ours=tuple(faces[one] for one in ours),
        theirs=tuple(face_of(one.id, one.name, one.portrait) for one in theirs),
        strands=tuple(
            Strand(ours.index(tie.home_id), place, bond_of(tie.standing))
            for place, one in enumerate(theirs)
            for tie in one.ties
            if tie.home_id in ours
        ),
    )


def _theirs(visit: Visit, one: Theirs, faces: dict[UUID, Face]) -> TheirLine:
    return TheirLine(
        face=face_of(one.id, one.name, one.portrait),
        address=f"/people/{one.id}",
        title=one.title,
        ties=tuple(_tie(visit, tie, faces[tie.home_id]) for tie in one.ties),
        asked=beside_the_name(one.do_not_contact),
        unscored=bond_of(not_scored(visit.now)) if one.do_not_score else None,
    )


def _tie(visit: Visit, tie: Tie, face: Face) -> TieLine:
    on: date | None = visit.local(tie.last_at).date() if tie.last_at else None
    return TieLine(face, f"/people/{tie.home_id}", bond_of(tie.standing), on)


def _left(one: Left) -> LeftLine:
    until = _("until %(year)s") % {"year": one.until.year} if one.until else ""
    now = one.now_at
    return LeftLine(
        face=face_of(one.id, one.name, one.portrait),
        address=f"/people/{one.id}",
        note=", ".join(part for part in (one.title, until) if part),
        now_at=now.organization if now else "",
        now_at_address=f"/organizations/{now.organization_id}" if now else "",
    )


def _domains(sheet: OrganizationSheet, address: str, may_write: bool) -> tuple[DomainLine, ...]:
    removable = may_write and not sheet.is_home
    return tuple(DomainLine(one, f"{address}/domains/{one}/remove" if removable else None) for one in sheet.domains)
