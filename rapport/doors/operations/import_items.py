"""What an import found, item by item; whom it brought; what is to be mended; and what taking it back would do."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.conf import settings
from pydantic import Field

from rapport.accounts.access import Viewer
from rapport.channels.wording import ending_sentence, place_sentence
from rapport.interactions.brought import people_brought
from rapport.interactions.found_items import FoundItem, Glance, Which, glances_at, items_of, own_item
from rapport.interactions.mending import rows_to_mend
from rapport.interactions.undo_plan import UndoPlan, import_begun_by, import_to_ask_about, is_asked_about, undo_plan

from ..telling_undo import going, staying
from .answers import Answer, File
from .catalogue import Asked, operation
from .given import Cursor, Text
from .imports import OfImport
from .shapes import Who


class ListItems(OfImport):
    """Which of its items: how they ended, and by which rule."""

    which: Which = "found"
    rule: Text | None = Field(None, max_length=100, description="Only by this rule, as `imports.get` names it.")
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Held(Answer):
    """A field of what was in it: its heading or header, and what stood there, cut."""

    name: str
    value: str


class Became(Answer):
    """The interaction it became; the title is empty where it is not the viewer's to read."""

    id: UUID
    title: str


class ImportedItem(Answer):
    """One thing an import found: where, how it ended and why, what it became, and what was in it."""

    id: UUID
    place: str = Field(description="Where it stood, in words.")
    file: str
    member: str = Field(description="The file within `file`, where that is a folder or an archive; else empty.")
    number: int | None = Field(
        description="Its place there, from 1; of a table its row. Null where it is all there is."
    )
    outcome: str = Field(description="stored, already, skipped or quarantined")
    reason: str
    sentence: str = Field(description="Why, and what to do; empty where it simply went in.")
    unread: str = Field(description="Fields that could not be read, where it was read in part.")
    size: int
    person: Who | None
    interaction: Became | None
    heading: str = Field(description="Its subject or name. This, fields and text only of what the viewer brought.")
    fields: list[Held]
    text: str = Field(description="Its beginning, as text.")
    has_raw: bool = Field(description="Whether the viewer may have its bytes: `imports.raw`.")


class ImportedItems(Answer):
    """A page of them, in the order of the files."""

    rows: list[ImportedItem]
    next: str | None


@operation(
    "imports.items", "GET", "/imports/{import_id}/items", "List what an import found",
    right="read", takes=ListItems, gives=ImportedItems,
)  # fmt: skip
def listed(asked: Asked, given: ListItems) -> ImportedItems:
    """As many as its counts say. What was in them is told to whoever brought them."""
    page = items_of(asked.viewer, given.import_id, given.which, given.rule or None, given.cursor or None, given.limit)
    held = glances_at(page.rows, settings.HOUSE.files_folder)
    return ImportedItems(rows=[_item(one, held.get(one.id, Glance())) for one in page.rows], next=page.next)


def _item(one: FoundItem, held: Glance) -> ImportedItem:
    return ImportedItem(
        id=one.id, place=place_sentence(one.member or one.file, one.format, one.number), file=one.file,
        member=one.member, number=one.number, outcome=one.outcome, reason=one.reason,
        sentence=ending_sentence(one.outcome, one.reason, one.unread), unread=one.unread, size=one.size,
        person=Who(id=one.person[0], name=one.person[1]) if one.person else None,
        interaction=Became(id=one.interaction[0], title=one.interaction[1]) if one.interaction else None,
        heading=held.heading, fields=[Held(name=name, value=value) for name, value in held.fields], text=held.text,
        has_raw=one.is_own and one.raw_item_id is not None,
    )  # fmt: skip


class PageOfImport(OfImport):
    """Which page."""

    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Brought(Answer):
    """A page of people, by name."""

    rows: list[Who]
    next: str | None


@operation(
    "imports.people", "GET", "/imports/{import_id}/people", "List whom an import brought",
    right="read", takes=PageOfImport, gives=Brought,
)  # fmt: skip
def brought(asked: Asked, given: PageOfImport) -> Brought:
    """Who was not here before it."""
    page = people_brought(asked.viewer, given.import_id, given.cursor or None, given.limit)
    return Brought(rows=[Who(id=one.id, name=one.name) for one in page.rows], next=page.next)


class OfImportItem(OfImport):
    """Which item of it."""

    item_id: UUID


@operation(
    "imports.raw", "GET", "/imports/{import_id}/items/{item_id}/raw", "Have the bytes of an item of an import",
    right="read", takes=OfImportItem, gives=bytes, carries="bytes",
)  # fmt: skip
def as_it_came(asked: Asked, given: OfImportItem) -> File:
    """Of what the viewer brought, however it ended."""
    return File(*own_item(asked.viewer, given.import_id, given.item_id))


@operation(
    "imports.to-mend", "GET", "/imports/{import_id}/to-mend", "Have the rows that were not read as a table",
    right="read", takes=OfImport, gives=bytes, carries="bytes",
)  # fmt: skip
def to_mend(asked: Asked, given: OfImport) -> File:
    """Rows left out, set aside, or read in part: with their columns, and why. Put right, it can be imported again."""
    found = rows_to_mend(asked.viewer, given.import_id, settings.HOUSE.files_folder)
    return File(found.name, found.body, found.sentence)


class Planned(Answer):
    """What taking an import back would do."""

    is_asked_about: bool = Field(
        description="Whether to ask before: so much would go, or something written by hand rests on it."
    )
    is_exact: bool = Field(description="False where so much came that nothing was looked at one by one.")
    people_going: int
    people_staying: int
    interactions_going: int
    interactions_staying: int
    going: list[str] = Field(description="What would go, in sentences.")
    staying: list[str] = Field(description="What would stay, in sentences.")


@operation(
    "imports.undo-plan", "GET", "/imports/{import_id}/undo-plan", "Say what taking an import back would do",
    right="read", takes=OfImport, gives=Planned,
)  # fmt: skip
def planned(asked: Asked, given: OfImport) -> Planned:
    """Nothing is done."""
    return _planned(undo_plan(asked.viewer, given.import_id))


def _planned(plan: UndoPlan) -> Planned:
    return Planned(
        is_asked_about=is_asked_about(plan.progress), is_exact=plan.is_exact, people_going=plan.people_going,
        people_staying=plan.people - plan.people_going, interactions_going=plan.interactions_going,
        interactions_staying=plan.brought_twice, going=list(going(plan)), staying=list(staying(plan)),
    )  # fmt: skip


def plan_to_ask_about(viewer: Viewer, entry_id: UUID) -> Planned | None:
    """What undoing this change would do, where it is an import that is asked about."""
    import_id = import_to_ask_about(viewer, entry_id)
    return _planned(undo_plan(viewer, import_id)) if import_id else None


def plan_of(viewer: Viewer, entry_id: UUID) -> Planned:
    """What undoing this change, the begin of an import, would do."""
    return _planned(undo_plan(viewer, import_begun_by(entry_id)))
