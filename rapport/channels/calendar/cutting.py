"""A calendar file cut into its items as a stream: what belongs together may stand at its two ends.

A series and its exceptions, a zone and who names it, and the lines of a calendar stand anywhere in it. So it is laid
aside by identity first, in a private file that is gone when it is closed, and memory stays flat on any size.
"""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from ..lines import lines_of
from ..streams import Readable
from .slices import Component, components_of, prefix_of

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
# Nothing here outlives the process: no journal, no waiting for the disk.
_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096;
CREATE TABLE item (id INTEGER PRIMARY KEY, kind TEXT, uid BLOB, UNIQUE (kind, uid));
CREATE TABLE block (item INTEGER, text BLOB);
CREATE INDEX blocks ON block (item);
CREATE TABLE within (item INTEGER, calendar INTEGER, UNIQUE (item, calendar));
CREATE TABLE shared (calendar INTEGER, line BLOB);
CREATE INDEX lines ON shared (calendar);
CREATE TABLE zone (name BLOB PRIMARY KEY, text BLOB);
BEGIN;
"""


def split_calendar(file: Readable, longest: int) -> Iterator[tuple[bytes, bytes]]:
    """Prefix and body of each item, bytes as they are; the whole file as one piece where there are none.

    Of one longer than `longest` the beginning is given, longer than that: its reader would refuse it.
    """
    try:
        with closing(_Aside(longest)) as aside:
            start = _Remembered(file, longest)
            for line in components_of(_lines(start, longest), longest):
                aside.put(line)
                if aside.has_items:
                    start.forget()
            if aside.has_items:
                yield from aside.items()
            else:
                yield b"", bytes(start.bytes)
    except sqlite3.Error as fault:  # the disk is full, say: no fault of the calendar
        raise OSError(errno.EIO, str(fault)) from fault


def _lines(file: Readable, longest: int) -> Iterator[str]:
    # Latin-1 gives every byte back as it was. A file of two-byte letters has no line to cut at.
    for line in lines_of(file, _LINE, longest):
        yield line.decode("latin-1")


class _Remembered:
    """A stream whose beginning is kept until it is known not to be needed."""

    def __init__(self, file: Readable, longest: int) -> None:
        self.bytes = bytearray()
        self._file, self._room = file, longest + 1

    def read(self, size: int = -1, /) -> bytes:
        """As a file reads."""
        chunk = self._file.read(size)
        self.bytes += chunk[: self._room]
        self._room -= min(len(chunk), self._room)
        return chunk

    def forget(self) -> None:
        """It is not needed."""
        self._room = 0
        self.bytes.clear()


class _Aside:
    """A calendar file laid aside by identity."""

    def __init__(self, longest: int) -> None:
        self._longest, self._calendar, self.has_items = longest, 0, False
        # Whoever lets go of the generator may be another thread.
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.executescript(_TABLES)

    def close(self) -> None:
        """Let go of all of it."""
        self._base.close()

    def put(self, one: Component) -> None:
        """The next part of the file."""
        text, name = one.text.encode("latin-1"), one.name.encode("latin-1")
        if one.kind == "VCALENDAR":
            self._calendar += 1
        elif one.kind == "":
            self._base.execute("INSERT INTO shared VALUES (?, ?)", (self._calendar, text))
        elif one.kind == "VTIMEZONE":
            self._base.execute("INSERT OR IGNORE INTO zone VALUES (?, ?)", (name, text))
        else:
            item = self._item(one.kind, name)
            self._base.execute("INSERT INTO block VALUES (?, ?)", (item, text))
            self._base.execute("INSERT OR IGNORE INTO within VALUES (?, ?)", (item, self._calendar))

    def _item(self, kind: str, uid: bytes) -> int:
        self.has_items = True
        known = self._base.execute("SELECT id FROM item WHERE kind = ? AND uid = ?", (kind, uid)).fetchone()
        if uid and known:
            return int(known[0])
        made = self._base.execute("INSERT INTO item (kind, uid) VALUES (?, ?)", (kind, uid or None))
        return int(made.lastrowid or 0)

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Prefix and body of each item, in the order in which the items began."""
        for (item,) in self._base.execute("SELECT id FROM item ORDER BY id"):
            body = bytearray()
            for (text,) in self._base.execute("SELECT text FROM block WHERE item = ? ORDER BY rowid", (item,)):
                body += text
                if len(body) > self._longest:
                    break
            prefix = prefix_of(body.decode("latin-1"), self._shared(item), self._zone)
            yield prefix.encode("latin-1"), bytes(body)

    def _shared(self, item: int) -> Iterator[str]:
        said = set[bytes]()
        lines = self._base.execute(
            "SELECT s.line FROM within w CROSS JOIN shared s ON s.calendar = w.calendar WHERE w.item = ?"
            " ORDER BY w.rowid, s.rowid",
            (item,),
        )
        for (line,) in lines:
            if line not in said:
                said.add(line)
                yield line.decode("latin-1")

    def _zone(self, name: str) -> str | None:
        found = self._base.execute("SELECT text FROM zone WHERE name = ?", (name.encode("latin-1"),)).fetchone()
        return found[0].decode("latin-1") if found else None
