"""Streams between a file and its reader: one whose head was looked at, some that tell damage and end before a bomb
goes off.
"""

from __future__ import annotations

import errno
from typing import Protocol

UNPACKED_AT_MOST = 64 << 30
RATIO_AT_MOST = 200  # a text compresses tenfold, a bomb thousandfold
HARMLESS_BYTES = 48 << 20


class Damaged(EOFError):
    """What was packed cannot be unpacked any further: a fault of the archive, not of what reads it."""


class TooLarge(Damaged):
    """What was unpacked grew beyond all proportion."""


class Readable(Protocol):
    """What can be read from its beginning to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        ...


class Place(Protocol):
    """What knows how far a file was read."""

    def tell(self) -> int:
        """The offset behind the last byte read."""
        ...


class Placed(Readable, Place, Protocol):
    """A file that knows how far it was read."""


class Whole:
    """A stream whose head was read already, given again from its beginning."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1, /) -> bytes:
        """As a file reads."""
        if not self._head:
            return self._rest.read(size)
        if size < 0:
            taken, self._head = self._head + self._rest.read(), b""
            return taken
        taken, self._head = self._head[:size], self._head[size:]
        return taken if len(taken) == size else taken + self._rest.read(size - len(taken))


class Unpacked:
    """A stream out of an archive, whose faults are told as damage, whichever the library raises."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """As a file reads; Damaged where it cannot be unpacked."""
        try:
            return self._stream.read(size)
        except Exception as fault:  # zlib, bz2, lzma, zipfile and tarfile raise some ten kinds, ValueError among them
            if isinstance(fault, Damaged) or is_of_the_machine(fault):
                raise
            raise Damaged from fault


class Bounded(Unpacked):
    """An unpacked stream that ends when it grew beyond all proportion to what was packed."""

    def __init__(self, stream: Readable, packed: Placed) -> None:
        super().__init__(stream)
        self._packed, self._given = packed, 0

    def read(self, size: int = -1, /) -> bytes:
        """As a file reads; TooLarge where it is a bomb."""
        chunk = super().read(size)
        self._given += len(chunk)
        at_most = max(HARMLESS_BYTES, RATIO_AT_MOST * self._packed.tell())
        if self._given > min(at_most, UNPACKED_AT_MOST):
            raise TooLarge
        return chunk


def is_of_the_machine(fault: Exception) -> bool:
    """Whether a disk or the memory failed rather than the bytes. A seek to a place that cannot be is the bytes' fault;
    faults of a format carry no number.
    """
    if isinstance(fault, OSError):
        return fault.errno not in (None, errno.EINVAL)
    return isinstance(fault, MemoryError)
