"""What an import set aside: listed with its reasons, read again, or left out for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, is_theirs
from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.channels.models import ImportItem
from rapport.channels.raw import Kept, bytes_of
from rapport.channels.reading import Piece
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import ReadingOptions
from rapport.channels.wording import LEFT_OUT_BY_HAND
from rapport.kit.ids import as_id
from rapport.kit.pages import Page, cursor_of, key_of
from rapport.kit.trouble import NotFound

from .counting import count
from .erasing.leaving_out import without_the_erased
from .import_progress import import_of, own_import
from .importing import QUARANTINED, SKIPPED, as_read, save_items, settle
from .rereading import belonging_of
from .whereabouts import number_of, stretches_of


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be taken in: where it was found and why it waits.

    `member` is the file it came from within `file`, where that is a folder or an archive; else empty. `number` is its
    place in the innermost of the two, from 1; None where that holds nothing else.
    """

    id: UUID
    file: str
    member: str
    number: int | None
    ordinal: int
    part: int
    reason: str
    detail: str
    raw_item_id: UUID | None
    size: int


def quarantine_of(viewer: Viewer, import_id: UUID, cursor: str | None = None, limit: int = 50) -> Page[Quarantined]:
    """What an import set aside, in the order of its files."""
    run = import_of(viewer, import_id)
    rows = ImportItem.objects.filter(run=run, outcome=QUARANTINED).select_related("file", "raw_item").order_by("id")
    if cursor:
        last = as_id(key_of(cursor, 1)[0])
        rows = rows.filter(id__gt=last) if last else rows
    found = list(rows.defer("raw_item__body")[: limit + 1])
    stretches = stretches_of(found[:limit], {one.file_id: one.file.position for one in found})
    shown = tuple(
        Quarantined(one.id, one.file.name, one.name, number_of(one, stretches), one.ordinal, one.part, one.reason,
                    one.detail, one.raw_item_id, one.raw_item.size if one.raw_item else 0)
        for one in found[:limit]
    )  # fmt: skip
    return Page(shown, cursor_of([str(shown[-1].id)]) if len(found) > limit else None)


def retry_item(by: By, item_id: UUID, files_folder: Path) -> str:
    """Read a quarantined item again from its raw bytes; how it ended this time."""
    item = _set_aside(by, item_id)
    if item.raw_item is None:
        raise NotFound(_("Its bytes were not kept, so it cannot be read again. Import it once more."))
    piece = Piece(item.raw_item.format, item.name or item.file.name, item.ordinal, bytes(item.prefix or b""),
                  bytes_of(item.raw_item, files_folder), 0)  # fmt: skip
    belonging, time_zone = belonging_of(item.run_id)
    options = ReadingOptions(time_zone=time_zone, now=by.now)
    with ParsingPool(workers=1) as pool:
        parsed = pool.parse([(piece.format, piece.body, piece.options(options))])[0]
    [piece], [parsed] = without_the_erased([piece], [parsed])
    kept = Kept(item.raw_item.id, False) if piece.is_kept else None
    endings = settle(item.run_id, item.file, [as_read(piece, kept, parsed)], belonging, by.now)
    before = ImportItem.objects.filter(run=item.run, file=item.file, ordinal=item.ordinal, part__gte=item.part)
    gone = list(before.values_list("outcome", "reason"))
    before.delete()
    count(item.file_id, save_items([one for one in endings if one.part >= item.part]), gone)
    return str(endings[-1].outcome)


def leave_out(by: By, item_id: UUID) -> UUID:
    """Say of a quarantined item that it does not matter: it counts as left out; the journal entry that undoes it."""
    item = _set_aside(by, item_id)
    way_back = {"item": str(item.id), "reason": item.reason}
    ImportItem.objects.filter(id=item.id).update(outcome=SKIPPED, reason=LEFT_OUT_BY_HAND)
    count(item.file_id, [(SKIPPED, LEFT_OUT_BY_HAND)], [(QUARANTINED, item.reason)])
    return by.note("import.leave-out", subject_id=item.run_id, subject_name=item.run.source.name, way_back=way_back)


def _may_set_aside_again(viewer: Viewer, way_back: dict[str, str]) -> bool:
    item = ImportItem.objects.filter(id=way_back["item"]).select_related("run__source").first()
    return item is None or is_theirs(viewer, item.run.source.owner_id)


@undoes("import.leave-out", allowed=_may_set_aside_again)
def _set_aside_again(way_back: dict[str, str], now: datetime) -> None:
    left_out = ImportItem.objects.filter(id=UUID(way_back["item"]), outcome=SKIPPED, reason=LEFT_OUT_BY_HAND)
    files = list(left_out.values_list("file_id", flat=True))
    left_out.update(outcome=QUARANTINED, reason=way_back["reason"])
    for file in files:
        count(file, [(QUARANTINED, way_back["reason"])], [(SKIPPED, LEFT_OUT_BY_HAND)])


def _set_aside(by: By, item_id: UUID) -> ImportItem:
    """An item of an import the actor may change. Locked, so that two do not settle it at once."""
    by.may("import")
    found = ImportItem.objects.select_for_update(of=("self",)).filter(id=item_id, outcome=QUARANTINED)
    item = found.select_related("run__source", "raw_item", "file").first()
    if item is None:
        raise NotFound(_("This item does not wait in quarantine any more."))
    own_import(by, item.run_id)
    return item
