"""Whether a column of birthdays writes the day first or the month.

All of a column is written in one order: 14/3/1985 says how 2/3/1990 is meant, be it fifty thousand rows further on. So
a table with birthdays is looked through before its first row is read. What proves the order then goes with every row,
behind the header that stands before it: header and row read the same wherever they are read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import IO

from rapport.kit.days import First, first_proved_by

from .columns import told_first
from .dialect import rows_of, text_of
from .layout import Layout, layout_of
from .slices import split_table

# By place of a column what its values prove; both where it contradicts itself.
Proofs = Mapping[int, frozenset[First]]
_PROOF: Mapping[First, str] = {"day": "31/12/2000", "month": "12/31/2000"}
_OVER_TWELVE = rb"(?:1[3-9]|[23]\d)"
_MAY_PROVE = re.compile(rb"(?<!\d)(?:" + _OVER_TWELVE + rb"/\d|\d{1,2}/" + _OVER_TWELVE + rb"|\d{1,2}-\d{1,2}-\d{4})")
_CHUNK, _OVERLAP = 1 << 20, 16


@lru_cache(maxsize=64)
def laid_out(start: bytes) -> tuple[Layout, Proofs]:
    """The layout of a table that begins so, and what is proved of its birthdays: by all rows, where it is whole; before
    a row of its own, by those that stand behind the header for that."""
    layout = layout_of(start)
    rows = rows_of(text_of(start), layout.delimiter) if layout.days else iter(())
    return layout, proofs_in(layout.header, layout.days, islice(rows, (layout.header_at or 0) + 1, None))


def witnesses_of(file: IO[bytes], layout: Layout) -> bytes:
    """Rows that prove what all the rows of this table prove; none where they prove nothing."""
    rows = (row for _, row, _ in split_table(file)) if layout.is_wide or _may_prove(file) else iter(())
    may_prove = rows if layout.is_wide else filter(_MAY_PROVE.search, rows)
    proofs = proofs_in(layout.header, layout.days, map(layout.fields, may_prove))
    return "".join(_witnesses(layout, proofs)).encode(layout.encoding if layout.is_wide else "ascii", "replace")


def _may_prove(file: IO[bytes]) -> bool:
    """Whether anything in the file looks like a proof. Most programs write 1990-03-02, and no row has to be cut out."""
    at, end, found = file.tell(), b"", False
    while not found and (chunk := file.read(_CHUNK)):
        found = bool(_MAY_PROVE.search(end + chunk))
        end = chunk[-_OVERLAP:]
    file.seek(at)
    return found


def proofs_in(header: Sequence[str], days: Sequence[int], rows: Iterable[Sequence[str]]) -> Proofs:
    """What the headings of these columns prove, and their values in these rows."""
    found = {place: set(told_first(header[place])) for place in days}
    for row in rows:
        for place, proved in found.items():
            if place < len(row) and (first := first_proved_by(row[place])):
                proved.add(first)
        if all(len(proved) > 1 for proved in found.values()):
            break
    return {place: frozenset(proved) for place, proved in found.items()}


def first_where(proofs: Proofs, place: int, otherwise: First | None) -> First | None:
    """Which of day and month is first in a column: as was proved, where nothing was `otherwise`; None where it writes
    both, and nobody can tell."""
    proved = proofs.get(place)
    if not proved:
        return otherwise
    return next(iter(proved)) if len(proved) == 1 else None


def _witnesses(layout: Layout, proofs: Proofs) -> Iterator[str]:
    for first, day in _PROOF.items():
        row = [day if first in proofs.get(place, ()) else "" for place in range(layout.width)]
        if any(row):
            yield layout.delimiter.join(row) + "\n"
