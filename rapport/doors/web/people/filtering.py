"""The list as one value: its filters live in the address, so that every list can be kept and shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rapport.accounts.access import may
from rapport.care.narrowing import MOST_COUNTED as CHOSEN_COUNTED
from rapport.care.narrowing import PeopleFilter, how_many_chosen, list_chosen
from rapport.people.colleagues import colleagues
from rapport.people.groups import organizations_in_use, tags_in_use
from rapport.people.organizations import organizations_for
from rapport.relationships.lines import PersonLine
from rapport.relationships.listing import MOST_COUNTED as EVERYBODY_COUNTED
from rapport.relationships.listing import Sort, how_many
from rapport.relationships.rhythm_weeks import Week, weeks_of
from rapport.relationships.unscored import not_scored

from ..addresses import with_query
from ..asked_of_us import beside_the_name
from ..entering import Visit
from ..faces import bond_of, face_of, rhythm_of
from ..pages.people import COLUMNS, PeoplePage, PersonRow
from ..pages.shell import Bond, Choice
from ..telling_apart import words_beside
from .asking import active_filters, questions
from .keeping import kept_lists

SORTS: tuple[Sort, ...] = ("name", "last", "strength")
ROWS = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for: whom, in which order, with which columns."""

    chosen: PeopleFilter = field(default_factory=PeopleFilter)
    sort: Sort = "name"
    columns: tuple[str, ...] = COLUMNS

    @classmethod
    def of(cls, request: HttpRequest) -> Filter:
        """The filter in an address; what it does not know is left out."""
        return cls.read(request.GET)

    @classmethod
    def read(cls, address: QueryDict) -> Filter:
        """The same of what stands behind the question mark."""
        said = {name: ",".join(values) for name, values in address.lists()}
        sort = next((one for one in SORTS if one == said.get("sort")), SORTS[0])
        columns = tuple(one for one in COLUMNS if one in said["cols"].split(",")) if "cols" in said else COLUMNS
        return cls(PeopleFilter.read({**said, "q": address.get("q", "")}), sort, columns)

    @property
    def said(self) -> dict[str, str]:
        """The same in the words of an address."""
        return {
            **self.chosen.said(),
            **({"sort": self.sort} if self.sort != SORTS[0] else {}),
            **({"cols": ",".join(self.columns) or "none"} if self.columns != COLUMNS else {}),
        }

    def address(self, visit: Visit, after: str | None = None) -> str:
        """The list so filtered."""
        as_of = visit.as_of.isoformat() if visit.as_of else ""
        return with_query("/people", **self.said, as_of=as_of, after=after)


def more_people(visit: Visit, asked: Filter, after: str | None) -> PeoplePage:
    """One page of the list with nothing around it: nobody is counted."""
    as_of = visit.as_of is not None
    lines = list_chosen(
        visit.viewer, visit.now, asked.chosen, sort=asked.sort, cursor=after, limit=ROWS, as_of=as_of
    )  # fmt: skip
    more = asked.address(visit, lines.next) if lines.next else None
    return PeoplePage(
        rows=_rows(visit, asked, lines.rows), everybody=0, more=more, columns=asked.columns,
        may_choose=may(visit.viewer, "write") and not as_of,
    )  # fmt: skip


def people_page(visit: Visit, asked: Filter, after: str | None) -> PeoplePage:
    """One page of the list with everything around it."""
    viewer, now, as_of = visit.viewer, visit.now, visit.as_of is not None
    chosen = asked.chosen
    shown = more_people(visit, asked, after)
    everybody = how_many(viewer, now)
    if everybody <= 1 and chosen.is_empty:  # nobody but oneself yet
        return PeoplePage(rows=(), everybody=0)
    organizations = [(str(one.id), one.name) for one in organizations_in_use(viewer)]
    own, organization = str(chosen.organization_id or ""), ""
    if chosen.organization_id:
        organization = dict(organizations).get(own) or _name_of(visit, chosen.organization_id)
        if organization and own not in dict(organizations):
            organizations.append((own, organization))
    ours = [] if viewer.is_guest else [(str(one.id), one.name) for one in colleagues(viewer)]
    lists = kept_lists(viewer, asked.said)
    total = everybody if chosen.is_empty else how_many_chosen(viewer, now, chosen, as_of=as_of)
    return replace(
        shown,
        counted=_counted(total, everybody, is_everybody=chosen.is_empty),
        everybody=everybody,
        q=chosen.q,
        tag=chosen.tag,
        organization=organization,
        often=chosen.often,
        sort=asked.sort,
        sorts=_sorts(visit, asked),
        tags=tuple(Choice(one.name, one.name, one.name.lower() == chosen.tag.lower()) for one in tags_in_use(viewer)),
        organizations=tuple(Choice(place, name, place == own) for place, name in organizations),
        often_address=replace(asked, chosen=replace(chosen, often=not chosen.often)).address(visit),
        clear_address=replace(asked, chosen=PeopleFilter()).address(visit),
        questions=questions(chosen, ours),
        active=tuple(
            replace(one, without=replace(asked, chosen=without).address(visit))
            for one, without in active_filters(chosen, organization, dict(ours))
        ),
        column_choices=_columns(asked),
        lists=lists,
        lit=next((one for one in lists if one.is_on and one.change_address), None),
        asked=tuple(asked.said.items()),
        said=urlencode(asked.said),
    )


def _counted(total: int, everybody: int, *, is_everybody: bool) -> str:
    """ "12 of 340", "more than 1,000 of more than 10,000": nobody waits for a number nobody reads."""
    whole = _up_to(everybody, EVERYBODY_COUNTED)
    if is_everybody or total == everybody:
        return whole
    return _("%(some)s of %(all)s") % {"some": _up_to(total, CHOSEN_COUNTED), "all": whole}


def _up_to(counted: int, most: int) -> str:
    return _("more than %(n)s") % {"n": f"{most:,}"} if counted > most else f"{counted:,}"


def _name_of(visit: Visit, organization_id: UUID) -> str:
    rows = organizations_for(visit.viewer).filter(id=organization_id)
    return rows.values_list("name", flat=True).first() or ""


def _rows(visit: Visit, asked: Filter, lines: Sequence[PersonLine]) -> tuple[PersonRow, ...]:
    is_own = not isinstance(asked.chosen.whose, UUID)  # a rhythm says "you", and a colleague's tie is not ours
    acquainted = [line.id for line in lines if line.standing is not None and is_own]
    weeks = weeks_of(visit.viewer.person_id, acquainted, visit.now) if acquainted else {}
    roles = {line.id: ", ".join(part for part in (line.title, line.organization) if part) for line in lines}
    notes = words_beside(visit.viewer, {line.id: (line.name, roles[line.id]) for line in lines})
    return tuple(
        _row(visit, line, weeks.get(line.id, []), notes[line.id].removeprefix(roles[line.id])) for line in lines
    )


def _row(visit: Visit, line: PersonLine, weeks: Sequence[Week], beside: str) -> PersonRow:
    as_of = visit.as_of.isoformat() if visit.as_of else None
    return PersonRow(
        face=face_of(line.id, line.name, line.portrait),
        address=with_query(f"/people/{line.id}", as_of=as_of),
        note=line.title,
        organization=line.organization,
        organization_address=f"/organizations/{line.organization_id}" if line.organization_id else "",
        beside=beside,
        bond=None if line.id == visit.viewer.person_id else _bond(visit, line),
        last_contact=visit.local(line.last_at).date() if line.last_at else None,
        rhythm=rhythm_of(weeks, line.standing),
        tags=line.tags,
        is_unscored=line.do_not_score,
        asked=beside_the_name(line.do_not_contact),
    )


def _bond(visit: Visit, line: PersonLine) -> Bond:
    return bond_of(not_scored(visit.now) if line.do_not_score else line.standing)


def _sorts(visit: Visit, asked: Filter) -> tuple[Choice, ...]:
    words = {"name": _("Name"), "last": _("Last in touch"), "strength": _("Strength")}
    return tuple(
        Choice(sort, words[sort], sort == asked.sort, replace(asked, sort=sort).address(visit)) for sort in SORTS
    )


def _columns(asked: Filter) -> tuple[Choice, ...]:
    words = {"tags": _("Tags"), "bond": _("How you stand"), "rhythm": _("Rhythm"), "last": _("Last in touch")}
    return tuple(Choice(one, words[one], one in asked.columns) for one in COLUMNS)
