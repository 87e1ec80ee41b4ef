"""What an import found, item by item: where it stood, how it ended, whom or what it became, and what was in it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.channels.files import path_of
from rapport.channels.glancing import rows_before, without_proof
from rapport.channels.looking_in import look_in_all
from rapport.channels.models import Import, ImportFile, ImportItem
from rapport.channels.raw import bytes_of
from rapport.channels.sightings import UNKNOWN_COLUMNS, Parsed, ReadingOptions
from rapport.channels.wording import READ_IN_PART
from rapport.kit.pages import Page, bad_cursor, cursor_of, key_of
from rapport.kit.text import db_text, one_line
from rapport.kit.trouble import NotAllowed, NotFound
from rapport.people.visible import visible_to

from .counting import Ending, endings_of
from .entries import entries_of
from .import_progress import import_of
from .importing import ALREADY, QUARANTINED, SKIPPED, STORED
from .whereabouts import first_of, number_of, stretches_of

Which = Literal["found", "stored", "already", "left-out", "set-aside", "in-part"]
WHICH: tuple[Which, ...] = get_args(Which)
OUTCOMES: Mapping[Which, tuple[str, ...]] = {
    "found": (STORED, ALREADY, SKIPPED, QUARANTINED),
    "stored": (STORED,),
    "already": (ALREADY,),
    "left-out": (SKIPPED,),
    "set-aside": (QUARANTINED,),
    "in-part": (STORED, ALREADY),
}
FEW = 5_000  # found by how they ended and sorted; of more, whoever walks through the file soon meets enough,
RARE = 10  # unless of so many found there less than one ended so: they may all stand at its end
BEGINNING = 16_384  # bytes of a piece of which a glance is taken
SHOWN = 600  # letters of it
MOST_CELLS = 40
_READERS = {"mail": "mail-fields", "table": "row-fields"}
_HEADING = re.compile(r"^(?:SUMMARY|FN)(?:;[^:\n]*)?:(.{1,200})", re.M | re.I)

_COLUMNS = """f.ordinal, i.file_id, i.ordinal, i.part, i.id, f.name, f.position, i.name, i.outcome, i.reason, i.detail,
  i.interaction_id, i.person_id, i.prefix, i.raw_item_id, r.format, r.size"""
_FEW = f"""
WITH few AS MATERIALIZED (
  SELECT * FROM import_item WHERE import_id = %(run)s AND outcome = ANY(%(outcomes)s)
    AND (%(reasons)s::text[] IS NULL OR reason = ANY(%(reasons)s)) AND reason <> %(beside)s)
SELECT {_COLUMNS} FROM few i JOIN import_file f ON f.id = i.file_id LEFT JOIN raw_item r ON r.id = i.raw_item_id
WHERE (f.ordinal, i.ordinal, i.part) > (%(file)s, %(ordinal)s, %(part)s)
ORDER BY f.ordinal, i.ordinal, i.part LIMIT %(most)s
"""  # noqa: S608 - only what is ours is put in
_WALK = f"""
SELECT {_COLUMNS} FROM import_file f, LATERAL (
  SELECT * FROM import_item x WHERE x.file_id = f.id AND x.outcome = ANY(%(outcomes)s)
    AND (%(reasons)s::text[] IS NULL OR x.reason = ANY(%(reasons)s)) AND x.reason <> %(beside)s
    AND (f.ordinal > %(file)s OR (x.ordinal, x.part) > (%(ordinal)s, %(part)s))
  ORDER BY x.ordinal, x.part LIMIT %(most)s) i LEFT JOIN raw_item r ON r.id = i.raw_item_id
WHERE f.id = ANY(%(files)s) ORDER BY f.ordinal, i.ordinal, i.part LIMIT %(most)s
"""  # noqa: S608 - only what is ours is put in
_BEGINNINGS = """
SELECT id, format, substring(body FROM 1 FOR %s), stored_as FROM raw_item WHERE id = ANY(%s)
"""


class _Row(NamedTuple):
    """A row of the statements above."""

    file_ordinal: int
    file_id: UUID
    ordinal: int
    part: int
    id: UUID
    file: str
    position: int
    name: str
    outcome: str
    reason: str
    detail: str
    interaction_id: UUID | None
    person_id: UUID | None
    prefix: bytes | None
    raw_item_id: UUID | None
    format: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One thing an import found.

    `member` is the file it came from within `file`, where that is a folder or an archive. `number` is its place in the
    innermost of the two, from 1, None where that holds nothing else; of a table its row there, as spreadsheets count.
    `person` and `interaction` (id and title) are what it became, as far as the viewer may know. `is_own`: the viewer
    brought it, and may see what was in it.
    """

    id: UUID
    file: str
    member: str
    number: int | None
    ordinal: int
    part: int
    format: str
    outcome: str
    reason: str
    unread: str
    detail: str
    size: int
    person: tuple[UUID, str] | None
    interaction: tuple[UUID, str] | None
    is_own: bool
    raw_item_id: UUID | None
    prefix: bytes


@dataclass(frozen=True, slots=True)
class Glance:
    """What was in a piece: its subject or name, its fields by their headings, or its beginning as text."""

    heading: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""


class Begun(NamedTuple):
    """The first bytes of what an item was read from, and what stood before them."""

    item_id: UUID
    prefix: bytes
    format: str
    body: bytes


def items_of(
    viewer: Viewer, import_id: UUID, which: Which, rule: str | None = None, cursor: str | None = None, limit: int = 50
) -> Page[FoundItem]:
    """What an import found and ended so, by one rule where it is named, in the order of its files."""
    run = import_of(viewer, import_id)
    rows = _rows(run, which, rule, cursor, limit + 1)
    shown = rows[:limit]
    more = cursor_of([shown[-1].file_ordinal, shown[-1].ordinal, shown[-1].part]) if len(rows) > limit else None
    return Page(_found(viewer, run, shown), more)


def glances_at(items: Sequence[FoundItem], files_folder: Path) -> dict[UUID, Glance]:
    """What was in those of these that the viewer brought, by item: never longer than can be read at a glance."""
    return glanced(begun_of(items, files_folder))


def begun_of(items: Sequence[FoundItem], files_folder: Path) -> list[Begun]:
    """The first bytes of those of these that the viewer brought; to be looked at when the transaction is over."""
    own = [one for one in items if one.is_own and one.raw_item_id]
    beginnings = _beginnings({one.raw_item_id for one in own}, files_folder)
    return [Begun(one.id, one.prefix, *beginnings[one.raw_item_id]) for one in own if one.raw_item_id in beginnings]


def glanced(begun: Sequence[Begun]) -> dict[UUID, Glance]:
    """What a glance shows, by item; asks no database."""
    asked = [
        (_READERS[one.format], one.body, ReadingOptions(prefix=one.prefix)) for one in begun if one.format in _READERS
    ]
    read = iter(look_in_all(asked) if asked else [])
    return {
        one.item_id: _glance(one.format, one.body, next(read) if one.format in _READERS else Parsed()) for one in begun
    }


def own_item(viewer: Viewer, import_id: UUID, item_id: UUID) -> tuple[str, bytes]:
    """The bytes of something an import found, as they came, and a name to keep them under. NotAllowed where a
    colleague brought them, NotFound where none were kept.
    """
    run = import_of(viewer, import_id)
    item = ImportItem.objects.filter(id=item_id, run=run).select_related("raw_item", "file").first()
    if item is None:
        raise NotFound(_("There is nothing here with this address. It may have been removed."))
    must_be_own(viewer, run)
    if item.raw_item is None:
        raise NotFound(_("Its bytes were not kept, so it cannot be read again. Import it once more."))
    name = (item.name or item.file.name).replace("\\", "/").rpartition("/")[2] or "item"
    before = bytes(item.prefix or b"")
    if item.raw_item.format == "table" and before:
        before = without_proof(before)
    return name, before + bytes_of(item.raw_item, settings.HOUSE.files_folder)


def must_be_own(viewer: Viewer, run: Import) -> None:
    """NotAllowed where a colleague brought it: what is in a mailbox or an address book is theirs."""
    if run.source.owner_id != viewer.membership_id:
        raise NotAllowed(
            _("A colleague brought this. You see what became of it; what was in their files is theirs."),
            code="not-your-import",
        )


def _rows(run: Import, which: Which, rule: str | None, cursor: str | None, most: int) -> list[_Row]:
    file, ordinal, part = _position(cursor)
    reasons = list(READ_IN_PART) if which == "in-part" else [rule] if rule else None
    files = list(ImportFile.objects.filter(run=run, ordinal__gte=file).order_by("ordinal").only("ordinal", "counts"))
    there = [(one, many) for one in files if (many := _how_many(endings_of(one), which, reasons))]
    given: dict[str, Any] = {
        "run": run.id, "outcomes": list(OUTCOMES[which]), "reasons": reasons, "most": most,
        "file": file, "ordinal": ordinal, "part": part, "beside": UNKNOWN_COLUMNS,
    }  # fmt: skip
    if which != "found" and _are_few(sum(many for _file, many in there), [one for one, _many in there]):
        return [_Row(*row) for row in ask(_FEW, given)]
    given["files"] = [one.id for one in _enough(there, file, most)]
    return [_Row(*row) for row in ask(_WALK, given)]


def _are_few(many: int, files: Sequence[ImportFile]) -> bool:
    """Whether so many are better sorted than looked for in these files."""
    return many <= FEW or many * RARE <= sum(sum(endings_of(one).values()) for one in files)


def _position(cursor: str | None) -> tuple[int, int, int]:
    if not cursor:
        return (-1, -1, -1)
    key = key_of(cursor, 3)
    if not all(isinstance(part, int) and abs(part) < 1 << 62 for part in key):
        raise bad_cursor()
    file, ordinal, part = key
    return int(file or 0), int(ordinal or 0), int(part or 0)


def _how_many(endings: Mapping[Ending, int], which: Which, reasons: Sequence[str] | None) -> int:
    return sum(
        many
        for (outcome, why), many in endings.items()
        if outcome in OUTCOMES[which] and why != UNKNOWN_COLUMNS and (reasons is None or why in reasons)
    )


def _enough(there: Iterable[tuple[ImportFile, int]], begun: int, most: int) -> Iterable[ImportFile]:
    """The next files that hold as many; of the one that was begun nobody knows how many are left."""
    held = 0
    for file, many in there:
        yield file
        held += many if file.ordinal > begun else 0
        if held >= most:
            return


def _found(viewer: Viewer, run: Import, rows: Sequence[_Row]) -> tuple[FoundItem, ...]:
    stretches = stretches_of(rows, {one.file_id: one.position for one in rows})
    people = visible_to(viewer).filter(id__in={one.person_id for one in rows if one.person_id})
    names = dict(people.values_list("id", "name"))
    entries = entries_of(viewer, list({one.interaction_id for one in rows if one.interaction_id}))
    titles = {one.id: one.title for one in entries}
    is_own = run.source.owner_id == viewer.membership_id
    return tuple(
        FoundItem(
            id=one.id,
            file=one.file,
            member=one.name,
            number=_number(one, number_of(one, stretches), first_of(one, stretches)),
            ordinal=one.ordinal,
            part=one.part,
            format=one.format or "",
            outcome=one.outcome,
            reason=one.reason,
            unread=one.detail if one.reason in READ_IN_PART else "",
            detail=one.detail,
            size=one.size or 0,
            person=(one.person_id, names[one.person_id]) if one.person_id in names else None,
            interaction=(one.interaction_id, titles[one.interaction_id]) if one.interaction_id in titles else None,
            is_own=is_own,
            raw_item_id=one.raw_item_id,
            prefix=bytes(one.prefix or b""),
        )
        for one in rows
    )


def _number(one: _Row, number: int | None, first: int) -> int | None:
    """Of a table that was cut into rows, the row as a spreadsheet counts: what stands above it has its rows, too."""
    if one.format == "table" and one.prefix:
        return one.ordinal - first + 1 + rows_before(bytes(one.prefix))
    return number


def _beginnings(raws: Iterable[UUID | None], files_folder: Path) -> dict[UUID | None, tuple[str, bytes]]:
    found: dict[UUID | None, tuple[str, bytes]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNINGS, [BEGINNING * 2, list(raws)])
        for id_, kind, packed, stored_as in cursor.fetchall():
            begun = _unpacked(bytes(packed)) if packed is not None else _begun(path_of(files_folder, stored_as))
            if begun is not None:
                found[id_] = kind, begun
    return found


def _unpacked(packed: bytes) -> bytes:
    return zlib.decompressobj().decompress(packed, BEGINNING)


def _begun(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(BEGINNING)
    except OSError:  # its file is gone, as `rapport check` tells
        return None


def _glance(kind: str, body: bytes, read: Parsed) -> Glance:
    fields = [(one.name, one.value) for one in next(iter(read.properties), ()) if one.value]
    text = db_text(body.decode("utf-8", "replace").strip(), SHOWN)
    if kind == "mail":
        heading = next((value for name, value in fields if name == "Subject"), "")
        return Glance(one_line(heading, 200), tuple((name, one_line(value, 200)) for name, value in fields), text)
    if kind == "table" and fields:
        cells = tuple((one_line(name, 80), one_line(value, 200)) for name, value in fields[:MOST_CELLS])
        return Glance(fields=cells)
    called = _HEADING.search(body.decode("utf-8", "replace"))
    return Glance(one_line(called[1], 200) if called else "", text=text)
