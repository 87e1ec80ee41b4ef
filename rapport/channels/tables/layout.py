"""How a table is laid out: its encoding, what parts its fields, its header and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from .columns import columns_of
from .dialect import SAMPLE_BYTES, dialect_of, encoding_of, fields_of, rows_of


@dataclass(frozen=True, slots=True)
class Layout:
    """`header_at` and `header` are None and empty where there is none; `width` is then that of the first row."""

    encoding: str
    delimiter: str
    header_at: int | None
    header: tuple[str, ...]
    width: int
    columns: Mapping[int, str]

    @property
    def is_wide(self) -> bool:
        """Whether each letter is two bytes."""
        return self.encoding.startswith("utf-16")

    @property
    def days(self) -> tuple[int, ...]:
        """The columns of birthdays."""
        return tuple(place for place, meaning in self.columns.items() if meaning == "birthday")

    def fields(self, row: bytes) -> list[str]:
        """The fields of one of its rows."""
        return fields_of(row.decode(self.encoding, "replace"), self.delimiter, self.width)


def layout_of(start: bytes) -> Layout:
    """The layout of a table that begins so; of two bytes a letter, the encoding of what stands behind the first."""
    encoding, start = encoding_of(start), start[:SAMPLE_BYTES]
    text = start.decode(encoding, "replace")
    if encoding.startswith("utf-16"):
        encoding = "utf-16-be" if start[:2] == b"\xfe\xff" else "utf-16-le"
    dialect = dialect_of(text)
    rows = list(islice(rows_of(text, dialect.delimiter), (dialect.header_at or 0) + 1))
    width = len(rows[-1]) if rows else 0
    header = tuple(rows[-1]) if dialect.header_at is not None else ()
    return Layout(encoding, dialect.delimiter, dialect.header_at, header, width, columns_of(header))
