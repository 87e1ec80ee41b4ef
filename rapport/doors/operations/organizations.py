"""Organizations: listed with whom of ours knows somebody there, opened, corrected, joined."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from rapport.interactions.lately import lately_with
from rapport.people.done import OrganizationDone
from rapport.people.joining_organizations import merge_organizations
from rapport.people.organizations import MOST_COUNTED, open_organization
from rapport.people.organizing import add_domain, remove_domain, rename_organization
from rapport.relationships.engine.words import StrengthWord
from rapport.relationships.organizations import (
    OrganizationFilter,
    OrganizationLine,
    list_organizations,
)
from rapport.relationships.who_knows_whom import Left, Theirs, who_knows_whom

from .answers import Answer
from .catalogue import Asked, operation
from .given import Cursor, Given, Text
from .shapes import Done, Figures, Happened, Who, figures, happened


class ListOrganizations(Given):
    """Which organizations, in which order."""

    q: Text = Field("", max_length=200, description="Part of a name or a domain.", examples=["northwind"])
    strength: list[StrengthWord] = Field([], max_length=6, description="How strong the strongest tie there is.")
    whose: UUID | None = Field(None, description="Where this colleague knows somebody.")
    quiet: int | None = Field(None, ge=0, le=36_500, description="Nobody was in touch for so many days.")
    known: bool | None = Field(None, description="Whether anybody of ours knows anybody there.")
    sort: Literal["name", "last", "strength"] = "name"
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OrganizationRow(Answer):
    """One organization, and the strongest tie with anybody there. Without any, figures say that none is known."""

    id: UUID
    name: str
    domain: str
    people: int = Field(description=f"Who is there now; {MOST_COUNTED + 1} means more than {MOST_COUNTED}.")
    holder: Who | None = Field(description="Who of ours has the strongest tie.")
    person: Who | None = Field(description="And with whom.")
    figures: Figures
    last_at: datetime | None = Field(description="When anybody of ours was last in contact with anybody there.")


class OrganizationsPage(Answer):
    """A page of organizations; `next` is the cursor of the page after it."""

    rows: list[OrganizationRow]
    next: str | None


@operation(
    "organizations.list", "GET", "/organizations", "List organizations and who of ours knows somebody there",
    right="read", takes=ListOrganizations, gives=OrganizationsPage,
)  # fmt: skip
def listed(asked: Asked, given: ListOrganizations) -> OrganizationsPage:
    """One's own is not among them. A guest has them by name, with nothing but their own ties."""
    chosen = OrganizationFilter(given.q, tuple(given.strength), given.whose, given.quiet, given.known)
    page = list_organizations(
        asked.viewer, asked.now, chosen, sort=given.sort, cursor=given.cursor or None, limit=given.limit
    )
    return OrganizationsPage(rows=[_row(line) for line in page.rows], next=page.next)


class OfOrganization(Given):
    """What is done with one organization."""

    organization_id: UUID


class Tie(Answer):
    """One of ours and how they stand with somebody there."""

    person: Who
    last_at: datetime | None
    figures: Figures


class There(Answer):
    """Somebody who is there now, and who of ours knows them, warmest first. No ties: nobody does, or `not_scored`."""

    id: UUID
    name: str
    title: str
    do_not_contact: bool
    not_scored: bool = Field(description="They asked not to be scored: it is not said who knows them.")
    ties: list[Tie]


class Gone(Answer):
    """Somebody who was there."""

    id: UUID
    name: str
    title: str
    until: date | None
    now_at: str


class NamesakePlace(Answer):
    """Another organization that is called the same; `POST /organizations/{organization_id}/merge` makes them one."""

    id: UUID
    name: str
    domain: str


class JoinedPlace(Answer):
    """An organization that became this one; `POST /undo` with this entry parts them."""

    entry: UUID
    name: str
    at: datetime


class Organization(Answer):
    """An organization: who is there, who was, who of ours knows whom, what happened lately."""

    id: UUID
    name: str
    domains: list[str] = Field(description="The first is the one it is known by.")
    is_home: bool
    made_at: datetime
    people: int = Field(description=f"Who is there now; {MOST_COUNTED + 1} means more than {MOST_COUNTED}.")
    unknown: int = Field(description="How many of those nobody of ours knows.")
    unscored: int = Field(description="Of how many of those it is not said, because they asked not to be scored.")
    there: list[There] = Field(description="At most thirty: those we know best first, then those nobody knows.")
    left: list[Gone]
    lately: list[Happened]
    joined: list[JoinedPlace]
    namesakes: list[NamesakePlace] = Field(description="Others called the same: perhaps this one, by another domain.")


@operation(
    "organizations.get", "GET", "/organizations/{organization_id}", "Open an organization: who knows whom",
    right="read", takes=OfOrganization, gives=Organization,
)  # fmt: skip
def opened(asked: Asked, given: OfOrganization) -> Organization:
    """All people there: `GET /people?organization=`."""
    sheet = open_organization(asked.viewer, given.organization_id)
    known = who_knows_whom(asked.viewer, sheet.id, asked.now)
    names = {one.id: one.name for one in known.ours}
    lately = () if sheet.is_home else lately_with(asked.viewer, [one.id for one in known.theirs], asked.now)
    return Organization(
        id=sheet.id, name=sheet.name, domains=list(sheet.domains), is_home=sheet.is_home, made_at=sheet.made_at,
        people=known.people, unknown=known.unknown, unscored=known.unscored,
        there=[_there(one, names) for one in known.theirs],
        left=[_gone(one) for one in known.left],
        lately=[happened(one) for one in lately],
        joined=[JoinedPlace(entry=one.entry, name=one.name, at=one.at) for one in sheet.joined],
        namesakes=[NamesakePlace(id=one.id, name=one.name, domain=one.domain) for one in sheet.namesakes],
    )  # fmt: skip


class EditOrganization(OfOrganization):
    """What it is called."""

    name: Text = Field(min_length=1, max_length=300, examples=["Northwind Clinics"])


@operation(
    "organizations.edit", "PATCH", "/organizations/{organization_id}", "Correct what an organization is called",
    right="write", takes=EditOrganization, gives=Done,
)  # fmt: skip
def renamed(asked: Asked, given: EditOrganization) -> Done:
    """No import names it otherwise from then on."""
    return _done(rename_organization(asked.by, given.organization_id, given.name))


class DomainOf(OfOrganization):
    """A mail domain."""

    domain: Text = Field(min_length=1, max_length=300, examples=["northwind.example"])


@operation(
    "organizations.add-domain", "POST", "/organizations/{organization_id}/domains", "Say that a domain is theirs",
    right="write", takes=DomainOf, gives=Done, status=201,
)  # fmt: skip
def spoken_for(asked: Asked, given: DomainOf) -> Done:
    """Who writes from it is there. A conflict names the organization it speaks for already."""
    return _done(add_domain(asked.by, given.organization_id, given.domain))


@operation(
    "organizations.remove-domain", "DELETE", "/organizations/{organization_id}/domains",
    "Say that a domain is not theirs",
    right="write", takes=DomainOf, gives=Done,
)  # fmt: skip
def not_spoken_for(asked: Asked, given: DomainOf) -> Done:
    """Who is there stays there."""
    return _done(remove_domain(asked.by, given.organization_id, given.domain))


class MergeOrganizations(OfOrganization):
    """Which is kept, and which becomes it."""

    other: UUID = Field(
        description="Which becomes one with the one kept.", examples=["0199f1c2-7d5e-7c60-a1b2-9a3d5e7f1024"]
    )


@operation(
    "organizations.merge", "POST", "/organizations/{organization_id}/merge", "Make one organization of two",
    right="merge", takes=MergeOrganizations, gives=Done,
)  # fmt: skip
def merged(asked: Asked, given: MergeOrganizations) -> Done:
    """Its people, domains and former names lead to the one kept; undoing parts them exactly."""
    return _done(merge_organizations(asked.by, given.organization_id, given.other))


def _row(line: OrganizationLine) -> OrganizationRow:
    return OrganizationRow(
        id=line.id, name=line.name, domain=line.domain, people=line.people,
        holder=Who(id=line.holder.id, name=line.holder.name) if line.holder else None,
        person=Who(id=line.person.id, name=line.person.name) if line.person else None,
        figures=figures(line.standing), last_at=line.last_at,
    )  # fmt: skip


def _there(one: Theirs, names: dict[UUID, str]) -> There:
    ties = [
        Tie(person=Who(id=tie.home_id, name=names[tie.home_id]), last_at=tie.last_at, figures=figures(tie.standing))
        for tie in one.ties
    ]
    return There(
        id=one.id, name=one.name, title=one.title, do_not_contact=one.do_not_contact, not_scored=one.do_not_score,
        ties=ties,
    )  # fmt: skip


def _gone(one: Left) -> Gone:
    return Gone(
        id=one.id, name=one.name, title=one.title, until=one.until, now_at=one.now_at.organization if one.now_at else ""
    )


def _done(done: OrganizationDone) -> Done:
    return Done(id=done.organization_id, undo=done.journal_id)
