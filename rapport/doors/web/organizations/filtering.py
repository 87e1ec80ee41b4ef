"""The list of organizations as one value: its filters live in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, get_args
from uuid import UUID

from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.kit.ids import as_id
from rapport.people.colleagues import colleagues
from rapport.people.organizations import MOST_COUNTED
from rapport.relationships.engine.strength import WORDS
from rapport.relationships.engine.wording import strength_word
from rapport.relationships.engine.words import StrengthWord
from rapport.relationships.organizations import (
    OrganizationFilter,
    OrganizationLine,
    OrganizationSort,
    list_organizations,
)

from ..addresses import with_query
from ..directions import set_apart
from ..entering import Visit
from ..faces import bond_of
from ..pages.organizations import ActiveFilter, OrganizationRow, OrganizationsPage
from ..pages.shell import Choice

ROWS = 50
QUIET = (30, 90, 180, 365)  # days


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    strength: StrengthWord | Literal[""] = ""
    whose: UUID | None = None
    quiet: int | None = None
    known: Literal["", "yes", "no"] = ""
    sort: OrganizationSort = "name"

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """What an address asks; what it does not know is left out."""
        said = request.GET.get
        quiet = said("quiet", "")
        return cls(
            q=said("q", "").strip()[:200],
            strength=next((one for one in WORDS if one == said("strength")), ""),
            whose=as_id(said("whose", "")),
            quiet=int(quiet) if re.fullmatch(r"[0-9]{1,5}", quiet) else None,
            known="yes" if said("known") == "yes" else "no" if said("known") == "no" else "",
            sort=next((one for one in get_args(OrganizationSort) if one == said("sort")), "name"),
        )

    @property
    def filter(self) -> OrganizationFilter:
        """Which organizations, as the room is asked."""
        return OrganizationFilter(
            q=self.q,
            strength=(self.strength,) if self.strength else (),
            whose=self.whose,
            quiet_days=self.quiet,
            known={"yes": True, "no": False}.get(self.known),
        )

    def address(self, after: str | None = None) -> str:
        """The list so asked."""
        return with_query(
            "/organizations",
            q=self.q,
            strength=self.strength,
            whose=str(self.whose or ""),
            quiet="" if self.quiet is None else str(self.quiet),
            known=self.known,
            sort=self.sort if self.sort != "name" else "",
            after=after,
        )


def more_organizations(visit: Visit, asked: Asked, after: str | None) -> OrganizationsPage:
    """One page of the list with nothing around it."""
    found = list_organizations(visit.viewer, visit.now, asked.filter, sort=asked.sort, cursor=after, limit=ROWS)
    return OrganizationsPage(
        rows=tuple(_row(visit, line) for line in found.rows), more=asked.address(found.next) if found.next else None
    )


def organizations_page(visit: Visit, asked: Asked, after: str | None) -> OrganizationsPage:
    """One page of the list with everything around it."""
    shown = more_organizations(visit, asked, after)
    ours = {one.id: one.name for one in colleagues(visit.viewer)}
    is_guest = visit.viewer.is_guest
    return replace(
        shown,
        q=asked.q,
        sort=asked.sort,
        sorts=() if is_guest else _sorts(asked),
        strengths=() if is_guest else tuple(Choice(one, strength_word(one), one == asked.strength) for one in WORDS),
        whose=() if is_guest else tuple(Choice(str(one), ours[one], one == asked.whose) for one in ours),
        quiet=() if is_guest else tuple(Choice(str(days), quiet_words(days), days == asked.quiet) for days in QUIET),
        known=() if is_guest else _known(asked),
        active=_active(asked, ours),
        clear_address=Asked(sort=asked.sort).address(),
    )


def quiet_words(days: int) -> str:
    """How long ago the last contact was at least."""
    return ngettext("quiet for %(n)d day", "quiet for %(n)d days", days) % {"n": days}


def people_words(people: int) -> str:
    """How many are there."""
    if people > MOST_COUNTED:
        return _("more than %(n)s people") % {"n": f"{MOST_COUNTED:,}"}
    return ngettext("%(n)d person", "%(n)d people", people) % {"n": people} if people else _("nobody there now")


def _row(visit: Visit, line: OrganizationLine) -> OrganizationRow:
    pair = [_("you") if one.id == visit.viewer.person_id else one.name for one in (line.holder, line.person) if one]
    return OrganizationRow(
        name=line.name,
        address=f"/organizations/{line.id}",
        domain=line.domain,
        people=people_words(line.people),
        tie=get_text_list([set_apart(name) for name in pair], _("and")) if len(pair) > 1 else "",
        bond=bond_of(line.standing) if line.standing else None,
        last_contact=visit.local(line.last_at).date() if line.last_at else None,
    )


def _sorts(asked: Asked) -> tuple[Choice, ...]:
    words = {"name": _("Name"), "last": _("Last in touch"), "strength": _("Strength")}
    return tuple(
        Choice(sort, words[sort], sort == asked.sort, replace(asked, sort=sort).address())
        for sort in get_args(OrganizationSort)
    )


def _known(asked: Asked) -> tuple[Choice, ...]:
    return (
        Choice("yes", _("somebody of us has been in touch"), asked.known == "yes"),
        Choice("no", _("none of us has been in touch"), asked.known == "no"),
    )


def _active(asked: Asked, ours: dict[UUID, str]) -> tuple[ActiveFilter, ...]:
    said = [
        (asked.q and f"“{asked.q}”", {"q": ""}),
        (asked.strength and strength_word(asked.strength), {"strength": ""}),
        (asked.whose and _("known to %(name)s") % {"name": ours.get(asked.whose, _("somebody"))}, {"whose": None}),
        (asked.quiet is not None and quiet_words(asked.quiet or 0), {"quiet": None}),
        (asked.known and {one.value: one.label for one in _known(asked)}[asked.known], {"known": ""}),
    ]
    return tuple(
        ActiveFilter(str(label), replace(asked, **without).address())  # type: ignore[arg-type]
        for label, without in said
        if label
    )
