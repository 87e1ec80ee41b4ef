"""People as they are looked for: listed, found by name, opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from rapport.care.narrowing import list_chosen
from rapport.kit.ids import as_id
from rapport.people.opening import PersonSheet, open_person
from rapport.people.searching import find
from rapport.relationships.engine.wording import words_here
from rapport.relationships.lines import PersonLine
from rapport.relationships.listing import Sort
from rapport.relationships.reading import standing_of

from .answers import Answer
from .catalogue import Asked, operation
from .choosing import Chosen, filter_of
from .given import Cursor, Given, OfPerson, Reading, Text
from .shapes import Figures, Who, figures, figures_of, own_figures

SORTS: dict[str, Sort] = {"name": "name", "last": "last", "strength": "strength"}


class ListPeople(Reading, Chosen):
    """Which people, in which order."""

    sort: Literal["name", "last", "strength"] = Field(
        "name", description="Of those found by `q` alone, sorted by name, the closest come first."
    )
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class PersonRow(Answer):
    """One person in a list, and how you and they stand."""

    id: UUID
    name: str
    title: str
    organization_id: UUID | None
    organization: str
    is_home: bool
    last_at: datetime | None
    tags: list[str]
    do_not_contact: bool
    figures: Figures


class PeoplePage(Answer):
    """A page of people; `next` is the cursor of the page after it."""

    rows: list[PersonRow]
    next: str | None


@operation(
    "people.list", "GET", "/people", "List people and how you stand", right="read", takes=ListPeople, gives=PeoplePage
)
def listed(asked: Asked, given: ListPeople) -> PeoplePage:
    """A page of people."""
    chosen, kept = filter_of(asked.viewer, given)
    sort = given.sort if "sort" in given.model_fields_set else SORTS.get(kept, given.sort)
    page = list_chosen(
        asked.viewer, asked.now, chosen, sort=sort, cursor=given.cursor or None, limit=given.limit,
        as_of=asked.is_as_of,
    )  # fmt: skip
    words = words_here()
    return PeoplePage(rows=[_row(asked, line, words) for line in page.rows], next=page.next)


class FindPeople(Given):
    """What somebody typed. People are found as who they are today."""

    q: Text = Field(
        min_length=1, max_length=200, description="A name, part of one, an address, or an id.", examples=["priya"]
    )
    limit: Annotated[int, Field(ge=1, le=50)] = 8


class FoundPeople(Answer):
    """Who may be meant, the closest first. `is_guess`: nobody is so called, these come near."""

    rows: list[Who]
    is_guess: bool
    more: int = Field(0, description="So many at least are found as well and are not among these.")


@operation(
    "people.find",
    "GET",
    "/find",
    "Find somebody by name, address or organization",
    right="read",
    takes=FindPeople,
    gives=FoundPeople,
)
def found(asked: Asked, given: FindPeople) -> FoundPeople:
    """The closest, and how many more there are."""
    person_id = as_id(given.q.strip())
    if person_id is not None:
        sheet = open_person(asked.viewer, person_id)
        return FoundPeople(
            rows=[Who(id=sheet.id, name=sheet.name, organization=_organization(sheet))], is_guess=False, more=0
        )
    near = find(asked.viewer, given.q, given.limit)
    rows = [
        Who(id=one.id, name=one.name, organization=one.station.organization if one.station else "")
        for one in near.people
    ]
    return FoundPeople(rows=rows, is_guess=near.is_guess, more=near.more)


class ReadPerson(OfPerson, Reading):
    """One person."""


class Shared(Answer):
    """An address of mail that reaches somebody else, too: mail through it is told with them."""

    address: str
    person_id: UUID | None
    name: str


class Handle(Answer):
    """An address that reaches them."""

    id: UUID
    kind: str
    value: str
    as_written: str
    origin: str
    first_seen: datetime | None
    last_seen: datetime | None
    bounced_at: datetime | None
    is_shared: bool


class Station(Answer):
    """Where they are or were."""

    id: UUID
    organization_id: UUID
    organization: str
    title: str
    since: date | None
    until: date | None


class Fact(Answer):
    """One thing known about them, and how it was learnt."""

    id: UUID
    kind: str
    value: str
    learnt: str
    noted_by: str
    noted_at: datetime


class Joined(Answer):
    """Somebody they were merged with; `merge_id` is what taking apart asks for."""

    merge_id: UUID
    person_id: UUID
    name: str
    at: datetime


class Wish(Answer):
    """What they asked of us: `do-not-contact` or `do-not-score`; who wrote it down, when and why."""

    kind: str
    why: str
    noted_by: str
    noted_at: datetime


class Person(Answer):
    """A person with all that belongs to them; the latest of everything first."""

    id: UUID
    name: str
    listed_by: str = Field(description="What lists go by, folded.")
    said: str
    pronouns: str
    time_zone: str
    language: str
    birthday: str | None = Field(description="1987-03-14, or --03-14 where the year is not known.")
    is_home: bool
    do_not_contact: bool
    do_not_score: bool
    wishes: list[Wish]
    made_at: datetime
    handles: list[Handle]
    shared: list[Shared] = Field(description="Addresses on their card that reach somebody else, too.")
    path: list[Station]
    facts: list[Fact]
    tags: list[str]
    merges: list[Joined]
    figures: Figures


@operation("people.get", "GET", "/people/{person_id}", "Open a person", right="read", takes=ReadPerson, gives=Person)
def opened(asked: Asked, given: ReadPerson) -> Person:
    """Everything about one person that is not what happened."""
    sheet = open_person(asked.viewer, given.person_id)
    standing = standing_of(asked.viewer.person_id, sheet.id, asked.now, asked.is_as_of)
    return Person(
        id=sheet.id, name=sheet.name, listed_by=sheet.listed_by, said=sheet.said, pronouns=sheet.pronouns,
        time_zone=sheet.time_zone, language=sheet.language, is_home=sheet.is_home, made_at=sheet.made_at,
        birthday=str(sheet.birthday) if sheet.birthday else None, do_not_contact=sheet.do_not_contact,
        do_not_score=sheet.do_not_score, wishes=[Wish.of(one) for one in sheet.wishes],
        handles=[Handle.of(one) for one in sheet.handles],
        shared=[Shared(address=one.address, person_id=one.person_id, name=one.name) for one in sheet.shared],
        path=[Station.of(one) for one in sheet.path],
        facts=[Fact.of(one) for one in sheet.facts],
        tags=[one.word for one in sheet.tags],
        merges=[Joined.of(one) for one in sheet.merges],
        figures=own_figures() if sheet.id == asked.viewer.person_id else figures(standing),
    )  # fmt: skip


def _row(asked: Asked, line: PersonLine, words: Mapping[str, str]) -> PersonRow:
    return PersonRow(
        id=line.id, name=line.name, title=line.title, organization_id=line.organization_id,
        organization=line.organization, is_home=line.is_home, last_at=line.last_at, tags=list(line.tags),
        figures=own_figures() if line.id == asked.viewer.person_id else figures_of(line, asked.now, words),
        do_not_contact=line.do_not_contact,
    )  # fmt: skip


def _organization(sheet: PersonSheet) -> str:
    return sheet.now_at.organization if sheet.now_at else ""
