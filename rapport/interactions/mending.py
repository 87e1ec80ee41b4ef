"""The rows of tables that an import could not read or read in part, as a table to be put right and imported again."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.channels.glancing import headings_for_mending
from rapport.channels.looking_in import look_in_all
from rapport.channels.models import ImportItem
from rapport.channels.raw import bytes_of
from rapport.channels.sightings import Property, ReadingOptions
from rapport.channels.tables.columns import SAID, WHOSE
from rapport.channels.wording import READ_IN_PART, ending_sentence
from rapport.kit.cells import guarded
from rapport.kit.trouble import NotFound

from .found_items import must_be_own
from .import_progress import Progress, import_of
from .importing import QUARANTINED, SKIPPED

AT_A_TIME = 200  # rows, which may be large
MOST = 20_000
Column = tuple[str, int]  # a heading, and the how manieth it is of those called so in its table
Mended = tuple[Mapping[Column, str], str, str]  # a row: its cells, the id of whom it became, and what is said of it
_OURS = (WHOSE, SAID)


@dataclass(frozen=True, slots=True)
class ToMend:
    """A table: what it is called, its bytes, and how many rows are in it."""

    name: str
    body: bytes
    rows: int


def rows_to_mend(viewer: Viewer, import_id: UUID, files_folder: Path) -> ToMend:
    """The rows left out, set aside, and read in part, with the columns they had, whom they became, and why. NotAllowed
    where a colleague brought them, NotFound where there are none.
    """
    must_be_own(viewer, import_of(viewer, import_id))
    columns, rows = dict[Column, None](), list[Mended]()
    for cells, whose, why in _rows(import_id, files_folder):
        placed = dict(zip(_columns(cells), (one.value for one in cells), strict=True))
        columns |= dict.fromkeys(placed)
        rows.append((placed, whose, why))
    if not rows:
        raise NotFound(_("No row of a table was left out of this import."), code="nothing-to-mend")
    return ToMend("rows-to-mend.csv", _table(list(columns), rows).encode(), len(rows))


def has_rows_to_mend(viewer: Viewer, one: Progress) -> bool:
    """Whether there is such a table for this viewer."""
    if not (one.skipped or one.quarantined or one.in_part):
        return False
    return one.owner_id == viewer.membership_id and _items(one.id).exists()


def _table(columns: Sequence[Column], rows: Sequence[Mended]) -> str:
    file = StringIO()
    file.write("\ufeff")  # or a spreadsheet takes it for another encoding
    writer = csv.writer(file)
    names = [name for name, _which in columns]
    if any(names):  # where none had headings, one of ours alone would be taken for that of all
        writer.writerow([*map(guarded, names), WHOSE, SAID])
    for placed, whose, why in rows:
        cells = [guarded(placed.get(one, "")) for one in columns]
        writer.writerow([*cells, whose, why] if any(names) else [*cells, why])
    return file.getvalue()


def _columns(cells: Sequence[Property]) -> Iterator[Column]:
    met = Counter[str]()
    for one in cells:
        yield one.name, met[one.name]
        met[one.name] += 1


def _items(import_id: UUID) -> QuerySet[ImportItem]:
    amiss = Q(outcome__in=(SKIPPED, QUARANTINED)) | Q(reason__in=READ_IN_PART)
    return ImportItem.objects.filter(amiss, run_id=import_id, raw_item__format="table")


def _rows(import_id: UUID, files_folder: Path) -> Iterator[tuple[Sequence[Property], str, str]]:
    """The cells of each, whom it became, and what is said of it. Rows of blanks are nothing to mend."""
    ids = list(_items(import_id).order_by("file__ordinal", "ordinal", "part").values_list("id", flat=True)[:MOST])
    for at in range(0, len(ids), AT_A_TIME):
        found = ImportItem.objects.filter(id__in=ids[at : at + AT_A_TIME]).select_related("raw_item")
        some = list(found.order_by("file__ordinal", "ordinal", "part"))
        bodies = [_body(one, files_folder) for one in some]
        asked = [
            ("row-fields", body, ReadingOptions(prefix=bytes(one.prefix or b"")))
            for one, body in zip(some, bodies, strict=True)
        ]
        for one, read in zip(some, look_in_all(asked), strict=True):
            headings = headings_for_mending(bytes(one.prefix)) if one.prefix else ()
            cells = [cell for cell in _headed(next(iter(read.properties), ()), headings) if cell.name not in _OURS]
            if any(cell.value for cell in cells):
                yield cells, str(one.person_id or ""), ending_sentence(one.outcome, one.reason, one.detail)


def _headed(cells: Sequence[Property], headings: Sequence[str]) -> Iterator[Property]:
    for place, cell in enumerate(cells):
        yield replace(cell, name=headings[place]) if place < len(headings) else cell


def _body(item: ImportItem, files_folder: Path) -> bytes:
    try:
        return bytes_of(item.raw_item, files_folder) if item.raw_item else b""
    except OSError:  # its file is gone, as `rapport check` tells
        return b""
