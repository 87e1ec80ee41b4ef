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
from rapport.accounts.rows import ask
from rapport.channels.glancing import headings_for_mending
from rapport.channels.looking_in import look_in_all
from rapport.channels.models import ImportItem
from rapport.channels.raw import bytes_of
from rapport.channels.sightings import Property, ReadingOptions
from rapport.channels.tables.columns import SAID, WHOSE, headings_of_values
from rapport.channels.wording import READ_IN_PART, ending_sentence
from rapport.kit.cells import guarded
from rapport.kit.trouble import NotFound

from .found_items import must_be_own
from .import_progress import Progress, import_of
from .importing import ALREADY, QUARANTINED, SKIPPED, STORED

AT_A_TIME = 200  # rows, which may be large
MOST = 20_000
SAMPLE = 1_000  # of those that ended alike: whether any is a row of a table
Column = tuple[str, int]  # a heading, and the how manieth it is of those called so in its table
_OURS = (WHOSE, SAID)
_ANY = """
SELECT EXISTS (
  SELECT FROM unnest(%(outcomes)s::text[], %(reasons)s::text[]) AS g(outcome, reason), LATERAL (
    SELECT raw_item_id FROM import_item i
    WHERE i.import_id = %(run)s AND i.outcome = g.outcome AND i.reason = g.reason LIMIT %(most)s) AS i
  JOIN raw_item r ON r.id = i.raw_item_id WHERE r.format = 'table')
OR EXISTS (
  SELECT FROM (
    SELECT raw_item_id FROM import_item WHERE import_id = %(run)s AND outcome = 'quarantined' LIMIT %(most)s) AS i
  JOIN raw_item r ON r.id = i.raw_item_id WHERE r.format = 'table')
"""


@dataclass(frozen=True, slots=True)
class ToMend:
    """A table: what it is called, its bytes, how many rows are in it, and how many there are."""

    name: str
    body: bytes
    rows: int
    found: int

    @property
    def sentence(self) -> str:
        """What is missing in it and what to do; nothing where nothing is."""
        if self.found <= MOST:
            return ""
        said = _(
            "These are the first %(some)s of %(all)s rows. For the others, cut your file into smaller ones and import"
            " them again."
        )
        return said % {"some": f"{MOST:,}", "all": f"{self.found:,}"}


@dataclass(frozen=True, slots=True)
class Amiss:
    """A row as it came: what stood before it in its table, its bytes, the id of whom it became, what is said of it."""

    prefix: bytes
    body: bytes
    whose: str
    why: str


@dataclass(frozen=True, slots=True)
class RowsAmiss:
    """The rows to be mended, and how many there are; these may be more."""

    rows: Sequence[Amiss]
    found: int


@dataclass(frozen=True, slots=True)
class _Mended:
    """A row cut into its cells, and whether its table named them."""

    cells: Sequence[Property]
    is_headed: bool
    amiss: Amiss


def rows_to_mend(viewer: Viewer, import_id: UUID, files_folder: Path) -> ToMend:
    """`table_to_mend` of its `rows_amiss`."""
    return table_to_mend(rows_amiss(viewer, import_id, files_folder))


def rows_amiss(viewer: Viewer, import_id: UUID, files_folder: Path) -> RowsAmiss:
    """The rows left out, set aside, and read in part. NotAllowed where a colleague brought them, NotFound where there
    are none.
    """
    must_be_own(viewer, import_of(viewer, import_id))
    found = _items(import_id).order_by("file__ordinal", "ordinal", "part").select_related("raw_item")
    rows = [
        Amiss(
            bytes(one.prefix or b""), _body(one, files_folder), str(one.person_id or ""),
            ending_sentence(one.outcome, one.reason, one.detail),
        )
        for one in found[:MOST].iterator(AT_A_TIME)
    ]  # fmt: skip
    if not rows:
        raise _nothing()
    return RowsAmiss(rows, len(rows) if len(rows) < MOST else found.count())


def table_to_mend(amiss: RowsAmiss) -> ToMend:
    """A table of these with the columns they had, whom they became, and what is said of them. Reads foreign bytes,
    which takes a while, and asks no database. NotFound where all are blank.
    """
    rows = list(_read(amiss.rows))
    if not rows:
        raise _nothing()
    is_headed = any(one.is_headed for one in rows)
    placed = [
        (_by_column(one.cells if one.is_headed or not is_headed else _named_by_values(one.cells)), one.amiss)
        for one in rows
    ]
    columns = list(dict.fromkeys(column for cells, _amiss in placed for column in cells))
    which = f"-{MOST}-of-{amiss.found}" if amiss.found > MOST else ""
    return ToMend(f"rows-to-mend{which}.csv", _table(columns, placed, is_headed).encode(), len(rows), amiss.found)


def has_rows_to_mend(viewer: Viewer, one: Progress) -> bool:
    """Whether there is such a table for this viewer, as far as some of those that ended alike tell."""
    if not (one.skipped or one.quarantined or one.in_part) or one.owner_id != viewer.membership_id:
        return False
    endings = [
        *((SKIPPED, rule) for rule, _count in one.rules),
        *((outcome, reason) for outcome in (STORED, ALREADY) for reason in READ_IN_PART),
    ]
    given = {
        "run": one.id, "most": SAMPLE, "outcomes": [outcome for outcome, _reason in endings],
        "reasons": [reason for _outcome, reason in endings],
    }  # fmt: skip
    return bool(ask(_ANY, given)[0][0])


def _nothing() -> NotFound:
    return NotFound(_("No row of a table was left out of this import."), code="nothing-to-mend")


def _table(columns: Sequence[Column], rows: Sequence[tuple[Mapping[Column, str], Amiss]], is_headed: bool) -> str:
    file = StringIO()
    file.write("\ufeff")  # or a spreadsheet takes it for another encoding
    writer = csv.writer(file)
    if is_headed:  # where none had headings, one of ours alone would be taken for that of all
        writer.writerow([*(guarded(name) for name, _which in columns), WHOSE, SAID])
    for placed, amiss in rows:
        cells = [guarded(placed.get(one, "")) for one in columns]
        writer.writerow([*cells, amiss.whose, amiss.why] if is_headed else [*cells, amiss.why])
    return file.getvalue()


def _by_column(cells: Sequence[Property]) -> dict[Column, str]:
    met, placed = Counter[str](), dict[Column, str]()
    for one in cells:
        placed[one.name, met[one.name]] = one.value
        met[one.name] += 1
    return placed


def _named_by_values(cells: Sequence[Property]) -> Sequence[Property]:
    """The cells of a row without headings, under those they are read by: behind a header nobody would read them."""
    headings = headings_of_values([one.value for one in cells])
    return [replace(one, name=headings.get(place, "")) for place, one in enumerate(cells)]


def _items(import_id: UUID) -> QuerySet[ImportItem]:
    amiss = Q(outcome__in=(SKIPPED, QUARANTINED)) | Q(reason__in=READ_IN_PART)
    return ImportItem.objects.filter(amiss, run_id=import_id, raw_item__format="table")


def _read(rows: Sequence[Amiss]) -> Iterator[_Mended]:
    """Rows of blanks are nothing to mend."""
    for at in range(0, len(rows), AT_A_TIME):
        some = rows[at : at + AT_A_TIME]
        asked = [("row-fields", one.body, ReadingOptions(prefix=one.prefix)) for one in some]
        for one, read in zip(some, look_in_all(asked), strict=True):
            headings = headings_for_mending(one.prefix) if one.prefix else ()
            cells = [cell for cell in _headed(next(iter(read.properties), ()), headings) if cell.name not in _OURS]
            if any(cell.value for cell in cells):
                yield _Mended(cells, bool(headings), one)


def _headed(cells: Sequence[Property], headings: Sequence[str]) -> Iterator[Property]:
    for place, cell in enumerate(cells):
        yield replace(cell, name=headings[place]) if place < len(headings) else cell


def _body(item: ImportItem, files_folder: Path) -> bytes:
    try:
        return bytes_of(item.raw_item, files_folder) if item.raw_item else b""
    except OSError:  # its file is gone, as `rapport check` tells
        return b""
