"""Identifiers: UUIDv7, so that rows written together lie together."""

from __future__ import annotations

import os
import time
from struct import Struct
from uuid import UUID, SafeUUID, uuid5

_NAMED = UUID("6f1c7d0e-7a0e-5f43-9a52-72617070f0a7")


class _Sequence:
    """Version 7 of RFC 9562, its twelve bits behind the millisecond counting parts of it (method 3 of section 6.2), so
    that one process never makes an identifier that sorts before an earlier one. 16 of the microseconds that a row of
    an address book takes went into making eight of them with a library.
    """

    def __init__(self) -> None:
        self.last = 0
        self.chances: list[int] = []

    def next(self) -> UUID:
        self.last = moment = self._moment()
        return _made(moment, self._chance())

    def several(self, count: int) -> list[UUID]:
        """As many at once, each behind the one before, for a third of the time."""
        first = self._moment()
        self.last = first + count - 1
        chances = Struct(f"{count}Q").unpack(os.urandom(8 * count))
        return [_made(moment, chance) for moment, chance in enumerate(chances, first)]

    def _moment(self) -> int:
        """Of now, in 4096ths of a millisecond; later than the last in any case."""
        milliseconds, rest = divmod(time.time_ns(), 1_000_000)
        return max((milliseconds << 12) + (rest << 12) // 1_000_000, self.last + 1)

    def _chance(self) -> int:
        """64 random bits; fetched many at a time, for the system is asked each time."""
        try:
            return self.chances.pop()
        except IndexError:
            self.chances = list(_MANY.unpack(os.urandom(_MANY.size)))
            return self.chances.pop()


def _made(moment: int, chance: int) -> UUID:
    # What `UUID(int=...)` checks of its argument takes twice as long as all else here.
    made = object.__new__(UUID)
    object.__setattr__(
        made, "int", (moment >> 12 << 80) | 0x7 << 76 | (moment & 0xFFF) << 64 | 0b10 << 62 | chance >> 2
    )
    object.__setattr__(made, "is_safe", _UNSAID)
    return made


_UNSAID = SafeUUID.unknown
_MANY = Struct("256Q")
_sequence = _Sequence()
os.register_at_fork(after_in_child=lambda: _sequence.chances.clear())  # a copy would draw the same


def new_id() -> UUID:
    """A new identifier, ordered by time."""
    return _sequence.next()


def new_ids(count: int) -> list[UUID]:
    """As many new identifiers, in their order."""
    return _sequence.several(count)


def named_id(*parts: object) -> UUID:
    """Always the same identifier for the same parts."""
    return uuid5(_NAMED, "\x1f".join(str(part) for part in parts))


def as_id(text: object) -> UUID | None:
    """The identifier a text spells, or None."""
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None
