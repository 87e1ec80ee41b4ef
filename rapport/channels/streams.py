"""Streams between a file and its reader: one whose head was looked at, one that ends before a bomb goes off."""

from __future__ import annotations

from typing import Protocol

UNPACKED_AT_MOST = 64 << 30
RATIO_AT_MOST = 200  # a text compresses tenfold, a bomb thousandfold
HARMLESS_BYTES = 48 << 20


class TooLarge(EOFError):
    """What was unpacked grew beyond all proportion."""


class Readable(Protocol):
    """What can be read from its beginning to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        ...


class Placed(Readable, Protocol):
    """A file that knows how far it was read."""

    def tell(self) -> int:
        """The offset behind the last byte read."""
        ...


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


class Bounded:
    """An unpacked stream that ends when it grew beyond all proportion to what was packed."""

    def __init__(self, stream: Readable, packed: Placed) -> None:
        self._stream, self._packed, self._given = stream, packed, 0

    def read(self, size: int = -1, /) -> bytes:
        """As a file reads; TooLarge where it is a bomb."""
        chunk = self._stream.read(size)
        self._given += len(chunk)
        at_most = max(HARMLESS_BYTES, RATIO_AT_MOST * self._packed.tell())
        if self._given > min(at_most, UNPACKED_AT_MOST):
            raise TooLarge
        return chunk
