"""Imports: files handed over, how far each is, what was set aside, and the ways to stop and take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from pydantic import Field

from rapport.accounts.acting import By
from rapport.channels.receiving import content_of
from rapport.channels.wording import failure_sentence, in_part_sentence, rule_sentence, unknown_columns_sentence
from rapport.interactions import imports as room
from rapport.interactions import quarantine
from rapport.interactions.brought import CardsAbout, cards_about
from rapport.interactions.import_progress import Progress, page_of_imports, progress_of
from rapport.interactions.imports import GivenFile
from rapport.interactions.not_taken import InPart, UnknownColumns, files_left_out, read_in_part, unknown_columns
from rapport.relationships.refresh import read_on

from .answers import Answer
from .catalogue import Asked, operation
from .given import Cursor, Given, Text
from .shapes import Who

NONE_NAMED: Mapping[str, Sequence[str]] = {}


class Counted(Answer):
    """How many items a rule took, the rule in a sentence, and some of the files, where a single import is asked for."""

    rule: str
    sentence: str
    count: int
    files: list[str] = Field(default_factory=list)


class ReadInPart(Answer):
    """Fields that could not be read on some cards or rows, and some of whom these were about."""

    fields: str = Field(description="As their file calls them.")
    sentence: str = Field(description="Why, and what to do.")
    people: list[Who]


class TableInPart(Answer):
    """A table with columns that were not understood; its rows were read without them."""

    file: str
    columns: str = Field(description="As the table calls them.")


class About(Answer):
    """How many cards and rows were stored, about how many people; whom it brought, and who were here before."""

    cards: int
    people: int
    brought: int
    known: int


class Import(Answer):
    """How far an import is: found = stored + already + skipped + quarantined."""

    id: UUID
    name: str
    state: str = Field(description="waiting, reading, paused, judging, done, cancelled, undoing, undone or stopped")
    sentence: str
    made_at: datetime
    ended_at: datetime | None
    files: int
    bytes_total: int
    bytes_read: int
    found: int
    stored: int
    already: int
    skipped: int
    quarantined: int
    rules: list[Counted] = Field(description="Why items were skipped.")
    automatic: list[Counted] = Field(description="Stored, but a robot's: kept out of people.")
    in_part: int = Field(description="Stored or here before, but some of their fields could not be read.")
    in_part_sentence: str = Field(description="What that means and what to do; empty where there is none.")
    parts: list[ReadInPart] = Field(
        default_factory=list, description="Some of these fields, where a single import is asked for."
    )
    tables_in_part: int = Field(description="Tables with columns that were not understood and hold something.")
    tables_in_part_sentence: str = Field(description="What that means and what to do; empty where there is none.")
    tables: list[TableInPart] = Field(
        default_factory=list, description="Some of these tables, where a single import is asked for."
    )
    people: int = Field(description="Whom it brought first.")
    about: About | None = Field(
        None, description="Whom its stored cards and rows are about, where a single import of them is asked for."
    )
    by: str = Field(description="Who began it; empty where they have left.")
    seconds: float
    rate: float | None = Field(description="Items a second while working.")
    seconds_left: float | None


class Imports(Answer):
    """A page of imports, newest first."""

    rows: list[Import]
    next: str | None


class ListImports(Given):
    """Which page, and whether only those that have set something aside."""

    set_aside: bool = Field(False, description="Only imports with items that are set aside.")
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class OfImport(Given):
    """Which import."""

    import_id: UUID


class StartImport(Given):
    """Files to be read (pairs of a name and what was sent), and whose mail it is."""

    files: list[Any] = Field(description="mbox (also .gz), eml, ics, vcf, csv, or a zip of them.")
    home_addresses: list[Text] = Field(
        default_factory=list, max_length=50, description="Whose mail it is: your own addresses where none is named."
    )


class Started(Answer):
    """An import that waits to be read, and what undoes it."""

    id: UUID
    undo: UUID


@operation(
    "imports.start", "POST", "/imports", "Import files",
    right="import", takes=StartImport, gives=Started, status=202, carries="files",
)  # fmt: skip
def started(asked: Asked, given: StartImport) -> Started:
    """Kept at once, read by the worker."""
    files = [GivenFile(name, content_of(file)) for name, file in given.files]
    begun = room.start_import(asked.by, files, settings.HOUSE.files_folder, given.home_addresses)
    return Started(id=begun.import_id, undo=begun.journal_id)


@operation("imports.list", "GET", "/imports", "List imports", right="read", takes=ListImports, gives=Imports)
def listed(asked: Asked, given: ListImports) -> Imports:
    """All there ever were, the newest first."""
    page = page_of_imports(asked.viewer, given.cursor or None, given.limit, with_aside=given.set_aside)
    return Imports(rows=[_import(one) for one in page.rows], next=page.next)


@operation(
    "imports.get", "GET", "/imports/{import_id}", "Say how far an import is", right="read", takes=OfImport, gives=Import
)
def watched(asked: Asked, given: OfImport) -> Import:
    """Its counts add up at every moment."""
    return _one(asked, given.import_id)


@operation(
    "imports.pause", "POST", "/imports/{import_id}/pause", "Let an import rest",
    right="import", takes=OfImport, gives=Import,
)  # fmt: skip
def paused(asked: Asked, given: OfImport) -> Import:
    """It goes on where it stood."""
    return _changed(room.pause, asked, given)


@operation(
    "imports.resume", "POST", "/imports/{import_id}/resume", "Let a resting import go on",
    right="import", takes=OfImport, gives=Import,
)  # fmt: skip
def resumed(asked: Asked, given: OfImport) -> Import:
    """From where it stood."""
    return _changed(room.resume, asked, given)


@operation(
    "imports.cancel", "POST", "/imports/{import_id}/cancel", "End an import",
    right="import", takes=OfImport, gives=Import,
)  # fmt: skip
def cancelled(asked: Asked, given: OfImport) -> Import:
    """What it has read stays, and can be undone."""
    return _changed(room.cancel, asked, given)


@operation(
    "imports.undo", "POST", "/imports/{import_id}/undo", "Take back what an import brought",
    right="import", takes=OfImport, gives=Import,
)  # fmt: skip
def undone(asked: Asked, given: OfImport) -> Import:
    """Everything that nothing else brought too."""
    room.undo_import(asked.by, given.import_id)
    read_on(asked.now)
    return _one(asked, given.import_id)


class ReadQuarantine(OfImport):
    """What an import set aside."""

    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class SetAside(Answer):
    """An item that could not be taken in: where it was found, why it waits, and what to do."""

    id: UUID
    file: str
    member: str = Field(description="The file within `file`, where that is a folder or an archive; else empty.")
    number: int | None = Field(description="Its place there, from 1; null where there is nothing else in it.")
    ordinal: int
    part: int
    reason: str
    sentence: str
    size: int


class Quarantine(Answer):
    """A page of what was set aside, in the order of the files."""

    rows: list[SetAside]
    next: str | None


@operation(
    "imports.quarantine", "GET", "/imports/{import_id}/quarantine", "List what an import set aside",
    right="read", takes=ReadQuarantine, gives=Quarantine,
)  # fmt: skip
def set_aside(asked: Asked, given: ReadQuarantine) -> Quarantine:
    """Each with its reason."""
    page = quarantine.quarantine_of(asked.viewer, given.import_id, given.cursor or None, given.limit)
    rows = [
        SetAside(
            id=one.id, file=one.file, member=one.member, number=one.number, ordinal=one.ordinal, part=one.part,
            reason=one.reason, sentence=failure_sentence(one.reason), size=one.size,
        )
        for one in page.rows
    ]  # fmt: skip
    return Quarantine(rows=rows, next=page.next)


class OfItem(Given):
    """Which item of a quarantine."""

    item_id: UUID


class Ended(Answer):
    """How it ended this time: stored, already, skipped or quarantined."""

    outcome: str


@operation(
    "imports.retry", "POST", "/quarantine/{item_id}/retry", "Read an item again that was set aside",
    right="import", takes=OfItem, gives=Ended,
)  # fmt: skip
def retried(asked: Asked, given: OfItem) -> Ended:
    """From its raw bytes."""
    outcome = quarantine.retry_item(asked.by, given.item_id, settings.HOUSE.files_folder)
    read_on(asked.now)
    return Ended(outcome=outcome)


class LeftOut(Answer):
    """What undoes it."""

    undo: UUID


@operation(
    "imports.leave-out", "POST", "/quarantine/{item_id}/leave-out", "Leave out an item that was set aside",
    right="import", takes=OfItem, gives=LeftOut,
)  # fmt: skip
def left_out(asked: Asked, given: OfItem) -> LeftOut:
    """It counts as left out by hand; its raw bytes stay."""
    return LeftOut(undo=quarantine.leave_out(asked.by, given.item_id))


def _changed(change: Callable[[By, UUID], None], asked: Asked, given: OfImport) -> Import:
    change(asked.by, given.import_id)
    return _one(asked, given.import_id)


def _one(asked: Asked, import_id: UUID) -> Import:
    one = progress_of(asked.viewer, import_id)
    left_out = files_left_out(asked.viewer, import_id, [rule for rule, _count in one.rules])
    in_part = read_in_part(asked.viewer, import_id) if one.in_part else ()
    tables = unknown_columns(asked.viewer, import_id) if one.tables_in_part else ()
    return _import(one, left_out, in_part, tables, cards_about(asked.viewer, import_id))


def _import(
    one: Progress,
    left_out: Mapping[str, Sequence[str]] = NONE_NAMED,
    in_part: Sequence[InPart] = (),
    tables: Sequence[UnknownColumns] = (),
    about: CardsAbout | None = None,
) -> Import:
    parts = [
        ReadInPart(
            fields=part.fields, sentence=in_part_sentence(part.reason),
            people=[Who(id=i, name=n) for i, n in part.people],
        )
        for part in in_part
    ]  # fmt: skip
    return Import(
        id=one.id, name=one.name, state=one.state, sentence=one.sentence, made_at=one.made_at, ended_at=one.ended_at,
        files=one.files, bytes_total=one.bytes_total, bytes_read=one.bytes_read, found=one.found, stored=one.stored,
        already=one.already, skipped=one.skipped, quarantined=one.quarantined, rules=_counted(one.rules, left_out),
        automatic=_counted(one.automatic), in_part=one.in_part, parts=parts,
        in_part_sentence=in_part_sentence() if one.in_part else "", tables_in_part=one.tables_in_part,
        tables_in_part_sentence=unknown_columns_sentence() if one.tables_in_part else "",
        tables=[TableInPart(file=table.file, columns=table.columns) for table in tables],
        people=one.people, about=_about(about), by=one.by,
        seconds=one.seconds, rate=one.rate, seconds_left=one.seconds_left,
    )  # fmt: skip


def _about(cards: CardsAbout | None) -> About | None:
    if cards is None:
        return None
    return About(cards=cards.cards, people=cards.people, brought=cards.brought, known=cards.known)


def _counted(rules: tuple[tuple[str, int], ...], files: Mapping[str, Sequence[str]] = NONE_NAMED) -> list[Counted]:
    return [
        Counted(rule=rule, sentence=rule_sentence(rule), count=count, files=list(files.get(rule, ())))
        for rule, count in rules
    ]
