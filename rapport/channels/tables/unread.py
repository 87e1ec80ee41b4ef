"""Which columns of a table hold something that is not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from rapport.kit.days import is_no_day

from .columns import SINGLE, columns_of_values
from .layout import Layout

_MOST = 200  # columns that are named
_ROWS_WITHOUT_HEADER = 200  # that are looked at: what their columns mean is asked of each row


class Unread:
    """Columns met so far that hold something, though nobody knows what; or what one has only one of, once more.

    Asked of each row of tables of millions: a column that was met is not asked for again.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout, self._met = layout, dict[int, None]()
        self._open = [place for place in range(layout.width) if place not in layout.columns] if layout.header else []
        self._again = _said_before(layout)
        self._rows_left = 0 if layout.header else _ROWS_WITHOUT_HEADER
        self._delimiter = layout.delimiter.encode(layout.encoding if layout.is_wide else "utf-8")
        self._get = self._getter()

    @property
    def names(self) -> tuple[str, ...]:
        """What these columns are called; by their number where they are called nothing."""
        header = self._layout.header
        called = (
            (header[place].strip() if place < len(header) else "") or f"#{place + 1}" for place in sorted(self._met)
        )
        return tuple(dict.fromkeys(called))[:_MOST]

    def meet(self, row: bytes) -> None:
        """One more row of the table."""
        if not (self._open or self._again or self._rows_left) and row.count(self._delimiter) < self._layout.width:
            return
        fields = self._layout.fields(row)
        if self._rows_left:
            self._rows_left -= 1
            self._meet(fields, [place for place in range(len(fields)) if place not in columns_of_values(fields)])
            return
        if len(fields) < self._layout.width or self._holds_something(fields):
            self._meet(fields, [place for place in self._open if place < len(fields)])
            self._open = [place for place in self._open if place not in self._met]
            self._get = self._getter()
        if len(fields) > self._layout.width and self._layout.header:
            self._meet(fields, range(self._layout.width, len(fields)))
        if self._again:
            self._meet(fields, [place for place, before in self._again.items() if _is_another(fields, place, before)])
            self._again = {place: before for place, before in self._again.items() if place not in self._met}

    def _meet(self, fields: Sequence[str], places: Sequence[int]) -> None:
        self._met.update(dict.fromkeys(place for place in places if _is_told(fields[place].strip())))

    def _holds_something(self, fields: Sequence[str]) -> bool:
        told = "".join(self._get(fields)) if self._get else ""
        return bool(told) and not told.isspace()

    def _getter(self) -> Callable[[Sequence[str]], Iterable[str]] | None:
        return itemgetter(*self._open) if self._open else None


def _is_told(field: str) -> bool:
    return bool(field) and not is_no_day(field)


def _said_before(layout: Layout) -> dict[int, list[int]]:
    """Columns of what one has only one of, with those before them."""
    found: dict[int, list[int]] = {}
    for single in SINGLE:
        places = [place for place, meaning in layout.columns.items() if meaning == single]
        found |= {place: places[:at] for at, place in enumerate(places) if at}
    return found


def _is_another(fields: Sequence[str], place: int, before: Sequence[int]) -> bool:
    if place >= len(fields) or not _is_told(told := fields[place].strip()):
        return False
    first = next((said for one in before if _is_told(said := fields[one].strip())), told)
    return first != told
