"""What a piece held, for somebody who asks why it was not read: its fields as they stand there, and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapport.kit.days import First
from rapport.kit.text import db_text

from .mail.encoded import readable
from .mail.headers import read_head
from .sightings import Parsed, Property, ReadingOptions
from .tables.columns import told_first
from .tables.dialect import rows_of, text_of
from .tables.proving import laid_out

_TOLD: Mapping[First, str] = {"day": "DD/MM/YYYY", "month": "MM/DD/YYYY"}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADERS = ("subject", "from", "to", "date")


def fields_of_mail(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """What a mail says of itself: subject, sender, recipients and date, as far as they are there."""
    head = read_head(raw)
    said = ((name, db_text(readable(head.first(name)).strip()[:1_000])) for name in _HEADERS)
    return Parsed(properties=(tuple(Property(name.capitalize(), value) for name, value in said if value),))


def fields_of_row(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """The cells of a row of a table, each with the heading of its column; without a heading where there is none.

    Of a whole table, which was not cut into rows, there is none to tell.
    """
    prefix = options.prefix if options else b""
    layout, _proofs = laid_out(prefix or raw)
    names = layout.header if prefix else ()
    rows = [row for row in rows_of(text_of(raw, prefix), layout.delimiter) if row]
    if len(rows) != 1 and not prefix:
        return Parsed()
    cells = [cell for row in rows for cell in row]
    wide = max(len(cells), len(names))
    found = ((names[at] if at < len(names) else "", cells[at] if at < len(cells) else "") for at in range(wide))
    return Parsed(properties=(tuple(Property(_cell(name), _cell(value)) for name, value in found),))


def without_proof(prefix: bytes) -> bytes:
    """What stood before a row in its table, without what is kept behind the header to know how it is meant."""
    layout, _proofs = laid_out(prefix)
    behind = len(list(rows_of(text_of(prefix), layout.delimiter))) - rows_before(prefix)
    if behind <= 0:
        return prefix
    if layout.is_wide:
        return "".join(_LINE.findall(prefix.decode(layout.encoding, "replace"))[:-behind]).encode(layout.encoding)
    return b"".join(prefix.splitlines(keepends=True)[:-behind])


def rows_before(prefix: bytes) -> int:
    """How many rows of a table stand above its first one with somebody in it, as a spreadsheet counts them: up to its
    header, behind which stands nothing of the table itself.
    """
    layout, _proofs = laid_out(prefix)
    return 0 if layout.header_at is None else layout.header_at + 1


def headings_for_mending(prefix: bytes) -> tuple[str, ...]:
    """The headings of a table; those of birthdays with the order in which the whole column is written, or with both
    where it contradicts itself: some of its rows alone would not prove it.
    """
    layout, proofs = laid_out(prefix)
    told = {
        place: f" ({', '.join(_TOLD[one] for one in _TOLD if one in proved)})"
        for place, proved in proofs.items()
        if proved
    }
    return tuple(
        _cell(name) + (told.get(place, "") if told_first(name) != proofs.get(place, frozenset()) else "")
        for place, name in enumerate(layout.header)
    )


def _cell(text: str) -> str:
    return db_text(text.strip().lstrip("\ufeff"))
