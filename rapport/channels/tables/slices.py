"""A table cut into its rows, each a piece with the header as its prefix, the file read as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from ..streams import Readable
from .columns import columns_of_values, names_people
from .dialect import SAMPLE_BYTES, encoding_of, rows_of
from .layout import layout_of

_CHUNK = 1024 * 1024
# A quote nobody closed would make one row of all the rest.
_ROW_LIMIT = 256 * 1024


def people_in(start: bytes) -> bool:
    """Whether the first bytes of a table show a column of people."""
    layout = layout_of(start)
    if layout.header_at is None:
        rows = rows_of(start[:SAMPLE_BYTES].decode(encoding_of(start), "replace"), layout.delimiter)
        return any(columns_of_values(row) for row in islice(rows, 20))
    return names_people(layout.columns)


def split_table(file: Readable) -> Iterator[tuple[bytes, bytes, int]]:
    """Prefix (all up to the end of the header), bytes, and offset of each row."""
    start = file.read(SAMPLE_BYTES)
    layout = layout_of(start)
    unit = layout.encoding if layout.is_wide else "ascii"
    quote, line_end = '"'.encode(unit), "\n".encode(unit)
    apart = partial(_apart, encoding=layout.encoding, delimiter=layout.delimiter, columns=layout.width)
    rows = _rows(file, start, quote, line_end, 2 if layout.is_wide else 1, apart)
    prefix, at = b"", 0
    if layout.header_at is not None:
        for _ in range(layout.header_at + 1):
            prefix += next(rows, b"")
        at = len(prefix)
    for row in rows:
        yield prefix, row, at
        at += len(row)


def _rows(
    file: Readable, start: bytes, quote: bytes, line_end: bytes, width: int, apart: Callable[[list[bytes]], list[bytes]]
) -> Iterator[bytes]:
    kept, quotes, size = list[bytes](), 0, 0
    for line in _lines(file, start, line_end, width):
        kept.append(line)
        quotes += line.count(quote)
        size += len(line)
        if quotes % 2 and size <= _ROW_LIMIT:
            continue
        yield from apart(kept) if quotes % 2 else [b"".join(kept)]
        kept, quotes, size = [], 0, 0
    yield from apart(kept) if kept else ()


def _apart(lines: list[bytes], encoding: str, delimiter: str, columns: int) -> list[bytes]:
    """Lines behind a quote that none of them closes: rows by themselves where the next is one, else one row, whose end
    was cut off."""
    following = next(rows_of(lines[1].decode(encoding, "replace"), delimiter), []) if len(lines) > 1 else []
    return lines if len(following) == columns > 1 else [b"".join(lines)]


def _lines(file: Readable, start: bytes, line_end: bytes, width: int) -> Iterator[bytes]:
    rest = start
    if width == 1 and b"\n" not in start and b"\r" in start:
        line_end = b"\r"
    while True:
        begin = 0
        while (at := _next(rest, line_end, begin, width)) >= 0:
            yield rest[begin : at + width]
            begin = at + width
        chunk = file.read(_CHUNK)
        if not chunk:
            break
        rest = rest[begin:] + chunk
    if rest[begin:]:
        yield rest[begin:]


def _next(text: bytes, line_end: bytes, begin: int, width: int) -> int:
    at = text.find(line_end, begin)
    while at >= 0 and (at - begin) % width:
        at = text.find(line_end, at + 1)
    return at
