"""How you and others stand: listed, explained, with the evidence of every row."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from rapport.kit.trouble import Trouble
from rapport.people.opening import open_person
from rapport.people.visible import person_of
from rapport.relationships.engine.judge import judge
from rapport.relationships.engine.values import Selector
from rapport.relationships.evidence import evidence_of
from rapport.relationships.listing import list_people
from rapport.relationships.reading import standing_of

from .answers import Answer
from .catalogue import Asked, operation
from .explaining import Explanation, explanation
from .given import Cursor, Kind, Moment, OfPerson, Reading
from .shapes import Figures, Timeline, Who, figures, happened


class ListRelationships(Reading):
    """In which order."""

    sort: Literal["strength", "last"] = "strength"
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Relationship(Answer):
    """You and one other person."""

    person: Who
    last_at: datetime | None
    figures: Figures


class RelationshipsPage(Answer):
    """A page of relationships; `next` is the cursor of the page after it."""

    rows: list[Relationship]
    next: str | None


@operation(
    "relationships.list", "GET", "/relationships", "List your relationships, strongest or latest first",
    right="read", takes=ListRelationships, gives=RelationshipsPage,
)  # fmt: skip
def listed(asked: Asked, given: ListRelationships) -> RelationshipsPage:
    """Everybody you were ever in touch with."""
    page = list_people(
        asked.viewer, asked.now, sort=given.sort, cursor=given.cursor or None, limit=given.limit, as_of=asked.is_as_of
    )
    known = [line for line in page.rows if line.standing is not None]
    rows = [
        Relationship(
            person=Who(id=line.id, name=line.name, organization=line.organization),
            last_at=line.last_at,
            figures=figures(line.standing),
        )
        for line in known
    ]
    # The list of people goes on with those one never met; this one ends where they begin.
    return RelationshipsPage(rows=rows, next=page.next if len(known) == len(page.rows) else None)


class ExplainRelationship(OfPerson, Reading):
    """You and whom, and how far ahead."""

    horizon_days: Annotated[float, Field(ge=1, le=3650)] | None = Field(
        None, description="Vitality for this horizon instead of the pair's own.", examples=[30]
    )


class Why(Answer):
    """How you and somebody stand, and why."""

    person: Who
    as_of: datetime
    figures: Figures
    next_look: datetime | None = Field(description="When a word changes by silence alone.")
    explanation: Explanation


@operation(
    "people.why", "GET", "/people/{person_id}/relationship", "Explain how you and somebody stand",
    right="read", takes=ExplainRelationship, gives=Why,
)  # fmt: skip
def explained(asked: Asked, given: ExplainRelationship) -> Why:
    """The figures as rows that add up."""
    sheet = open_person(asked.viewer, given.person_id)
    if sheet.id == asked.viewer.person_id:
        raise Trouble(_("That is you. Ask about somebody else."), code="oneself")
    standing = standing_of(asked.viewer.person_id, sheet.id, asked.now, asked.is_as_of)
    if given.horizon_days is not None and standing.ground is not None:
        standing = judge(standing.ground.state, asked.now, horizon_days=given.horizon_days)
    return Why(
        person=Who(id=sheet.id, name=sheet.name, organization=sheet.now_at.organization if sheet.now_at else ""),
        as_of=asked.now,
        figures=figures(standing),
        next_look=standing.next_look,
        explanation=explanation(standing),
    )


class ReadEvidence(OfPerson, Reading):
    """Which contacts, as a row of an explanation names them."""

    since: Moment | None = Field(None, description="After this moment.")
    until: Moment | None = Field(None, description="Up to this moment.")
    by_us: bool | None = None
    kinds: list[Kind] = Field(default_factory=list)
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 20


@operation(
    "people.evidence", "GET", "/people/{person_id}/evidence", "Open the contacts a row of an explanation counted",
    right="read", takes=ReadEvidence, gives=Timeline,
)  # fmt: skip
def shown(asked: Asked, given: ReadEvidence) -> Timeline:
    """The contacts of the two of you, newest first."""
    person = person_of(asked.viewer, given.person_id)
    until = min(given.until, asked.now) if given.until else asked.now
    selector = Selector(given.since, until, given.by_us, tuple(given.kinds))
    viewer = asked.viewer
    page = evidence_of(viewer, viewer.person_id, person.id, selector, given.cursor or None, given.limit)
    return Timeline(rows=[happened(entry) for entry in page.rows], next=page.next)
