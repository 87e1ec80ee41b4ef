"""The list as one value: its filters live in the address, so that every list can be kept and shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.kit.ids import as_id
from rapport.people.groups import organizations_in_use, tags_in_use
from rapport.relationships.listing import PersonLine, Sort, how_many, list_people
from rapport.relationships.rhythm_weeks import Week, weeks_of
from rapport.relationships.unscored import not_scored

from ..addresses import with_query
from ..directions import set_apart
from ..entering import Visit
from ..faces import bond_of, face_of, rhythm_of
from ..pages.people import PeoplePage, PersonRow
from ..pages.shell import Bond, Choice
from ..telling_apart import words_beside

SORTS: tuple[Sort, ...] = ("name", "last", "strength")
ROWS = 50


class Asked(TypedDict):
    """Whom a list is of."""

    q: str
    tag: str
    organization_id: UUID | None
    often: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for."""

    q: str = ""
    tag: str = ""
    organization: str = ""
    often: bool = False
    sort: Sort = "name"

    @classmethod
    def of(cls, request: HttpRequest) -> Filter:
        """The filter in an address; what it does not know is left out."""
        said = request.GET.get
        sort = next((one for one in SORTS if one == said("sort")), SORTS[0])
        organization = as_id(said("org", ""))
        return cls(
            q=said("q", "").strip()[:200],
            tag=said("tag", "").strip()[:60],
            organization=str(organization or ""),
            often=said("often") == "1",
            sort=sort,
        )

    @property
    def is_empty(self) -> bool:
        """Whether it lets everybody through."""
        return not (self.q or self.tag or self.organization or self.often)

    @property
    def asked(self) -> Asked:
        """Whom it lets through, as the room is asked."""
        return Asked(q=self.q, tag=self.tag, organization_id=as_id(self.organization), often=self.often)

    def address(self, visit: Visit, after: str | None = None) -> str:
        """The list so filtered."""
        return with_query(
            "/people",
            q=self.q,
            tag=self.tag,
            org=self.organization,
            often="1" if self.often else "",
            sort=self.sort if self.sort != "name" else "",
            as_of=visit.as_of.isoformat() if visit.as_of else "",
            after=after,
        )


def more_people(visit: Visit, chosen: Filter, after: str | None) -> PeoplePage:
    """One page of the list with nothing around it: nobody is counted."""
    as_of = visit.as_of is not None
    lines = list_people(
        visit.viewer, visit.now, **chosen.asked, sort=chosen.sort, cursor=after, limit=ROWS, as_of=as_of
    )
    more = chosen.address(visit, lines.next) if lines.next else None
    return PeoplePage(rows=_rows(visit, lines.rows), total=0, everybody=0, more=more)


def people_page(visit: Visit, chosen: Filter, after: str | None) -> PeoplePage:
    """One page of the list with everything around it."""
    viewer, now, as_of = visit.viewer, visit.now, visit.as_of is not None
    shown = more_people(visit, chosen, after)
    everybody = how_many(viewer, now)
    if everybody <= 1 and chosen.is_empty:  # nobody but oneself yet
        return PeoplePage(rows=(), total=0, everybody=0)
    organizations, organization_id = organizations_in_use(viewer), as_id(chosen.organization)
    return replace(
        shown,
        total=everybody if chosen.is_empty else how_many(viewer, now, **chosen.asked, as_of=as_of),
        everybody=everybody,
        q=chosen.q,
        tag=chosen.tag,
        organization=next((one.name for one in organizations if one.id == organization_id), ""),
        often=chosen.often,
        sort=chosen.sort,
        sorts=_sorts(visit, chosen),
        tags=tuple(Choice(one.name, one.name, one.name.lower() == chosen.tag.lower()) for one in tags_in_use(viewer)),
        organizations=tuple(Choice(str(one.id), one.name, one.id == organization_id) for one in organizations),
        often_address=replace(chosen, often=not chosen.often).address(visit),
        clear_address=Filter(sort=chosen.sort).address(visit),
    )


def _rows(visit: Visit, lines: Sequence[PersonLine]) -> tuple[PersonRow, ...]:
    acquainted = [line.id for line in lines if line.standing is not None]
    weeks = weeks_of(visit.viewer.person_id, acquainted, visit.now) if acquainted else {}
    notes = words_beside(visit.viewer, {line.id: (line.name, _role(line)) for line in lines})
    return tuple(_row(visit, line, weeks.get(line.id, []), notes[line.id]) for line in lines)


def _role(line: PersonLine) -> str:
    return ", ".join(set_apart(part) for part in (line.title, line.organization) if part)


def _row(visit: Visit, line: PersonLine, weeks: Sequence[Week], note: str) -> PersonRow:
    as_of = visit.as_of.isoformat() if visit.as_of else None
    return PersonRow(
        face=face_of(line.id, line.name, line.portrait),
        address=with_query(f"/people/{line.id}", as_of=as_of),
        note=note,
        bond=None if line.id == visit.viewer.person_id else _bond(visit, line),
        last_contact=visit.local(line.last_at).date() if line.last_at else None,
        rhythm=rhythm_of(weeks, line.standing),
        tags=line.tags,
        is_unscored=line.do_not_score,
        asked=tuple(_asked(line)),
    )


def _bond(visit: Visit, line: PersonLine) -> Bond:
    return bond_of(not_scored(visit.now) if line.do_not_score else line.standing)


def _asked(line: PersonLine) -> Iterator[str]:
    if line.do_not_contact:
        yield _("do not contact")


def _sorts(visit: Visit, chosen: Filter) -> tuple[Choice, ...]:
    words = {"name": _("Name"), "last": _("Last in touch"), "strength": _("Strength")}
    return tuple(
        Choice(sort, words[sort], sort == chosen.sort, replace(chosen, sort=sort).address(visit)) for sort in SORTS
    )
