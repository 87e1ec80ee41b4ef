"""What csv-spectrum and Pollock expect of tables: the rows, whatever the dialect and the damage.

Only tables of people become anything here, so a preamble or a second table is not told apart from rows. What is
measured is the cutting: each row that is expected is found, in order, and each cell of it is a case, as Pollock itself
counts them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapport.channels.tables.dialect import SAMPLE_BYTES, dialect_of, encoding_of, rows_of

from .agreement import Agreement, Case, agreement

FOLDER = "data/torture/csv"
Row = tuple[str, ...]


def spectrum(shared: Path) -> Agreement:
    """csv-spectrum: dialects, with the rows as JSON."""
    return agreement("csv-spectrum", _spectrum(shared / FOLDER / "csv-spectrum"))


def polluted(shared: Path) -> Agreement:
    """Pollock: one table damaged in one way each, with the clean table beside it."""
    return agreement("pollock-polluted", _pollock(shared / FOLDER / "pollock-polluted"))


def real(shared: Path) -> Agreement:
    """Pollock: tables as they were published, cleaned by hand."""
    return agreement("pollock-real", _pollock(shared / FOLDER / "pollock-real"))


def _spectrum(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "csvs").glob("*.csv")):
        given = json.loads((folder / "json" / f"{path.stem}.json").read_text())
        expected = given if isinstance(given, list) else [given]
        header = tuple(expected[0])
        rows = [header, *(tuple(row[name] for name in header) for row in expected)]
        yield from _compared(path.name, rows, _rows(path))


def _pollock(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "csv").iterdir()):
        clean = (folder / "clean" / path.name).read_text("utf-8")
        expected = [tuple(row) for row in csv.reader(io.StringIO(clean, newline=""))]
        yield from _compared(path.name, expected, _rows(path))


def _rows(path: Path) -> list[Row]:
    raw = path.read_bytes()
    encoding = encoding_of(raw)
    dialect = dialect_of(raw[:SAMPLE_BYTES].decode(encoding, "replace"))
    return [tuple(row) for row in rows_of(raw.decode(encoding, "replace"), dialect.delimiter)]


def _compared(name: str, expected: Iterable[Row], found: list[Row]) -> Iterator[Case]:
    at, found = 0, [one for row in found if (one := _plain(row))]
    for number, row in enumerate(one for row in expected if (one := _plain(row))):
        place = next((place for place in range(at, len(found)) if found[place] == row), None)
        instead = row if place is not None else found[at] if at < len(found) else ()
        for column, cell in enumerate(row):
            has = instead[column] if column < len(instead) else None
            yield Case(f"{name} row {number} cell {column}", cell, has, f"{name} row {number}")
        at = place + 1 if place is not None else at


def _plain(row: Row) -> Row:
    """Cells without blanks around them; empty ones at the end say nothing, nor do rows of them."""
    cells = [" ".join(cell.split()) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)
