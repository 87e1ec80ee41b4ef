"""Files opened: what a file is, and the pieces in it, one after the other, however large it is and whatever it holds."""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from .calendar.slices import split_calendar
from .files import path_of
from .mail.maildir import is_delivered
from .mail.mbox import is_envelope, split_mbox
from .recognising import recognise
from .sandbox import PIECE_BYTES
from .sightings import ReadingOptions, Skipped

HEAD_BYTES = 4096
MEMBERS_AT_MOST = 500_000
UNPACKED_AT_MOST = 64 << 30
RATIO_AT_MOST = 200  # a text compresses tenfold, a bomb thousandfold


@dataclass(frozen=True, slots=True)
class Piece:
    """One raw item as found: its format, the file it came from, its place there, and what stands before it there.

    `position` is how many bytes of the outer file have been read behind it. A piece that is `skipped` is not read on.
    """

    format: str
    name: str
    ordinal: int
    prefix: bytes
    body: bytes
    position: int
    skipped: Skipped | None = None

    def options(self, base: ReadingOptions) -> ReadingOptions:
        """What its reader is told."""
        return replace(base, prefix=self.prefix, name=self.name)


def pieces_of(files_folder: Path, stored_as: str, name: str, skip: int = 0) -> Iterator[Piece]:
    """The pieces of a stored file in their order, beginning behind the first `skip`. The same file, the same pieces."""
    with path_of(files_folder, stored_as).open("rb") as file:
        for ordinal, piece in enumerate(_opened(name, file, file)):
            if ordinal >= skip:
                yield replace(piece, ordinal=ordinal)


def _opened(name: str, file: BinaryIO, outer: BinaryIO) -> Iterator[Piece]:
    """The pieces of a file, of whatever kind; containers open into theirs."""
    head = file.read(HEAD_BYTES)
    format = "mail" if is_delivered(name) else recognise(name, head)
    stream = _Whole(head, file)
    if format == "gzip":
        yield from _unpacked(name, stream, outer)
    elif format == "zip":
        yield from _members(name, file, outer)
    elif format == "tar":
        yield from _tarred(stream, outer)
    elif format == "mbox":
        yield from _mails(name, stream, outer)
    elif format == "":
        yield _left_out(name, outer, "unknown-format")
    else:
        yield from _one(format, name, stream, outer)


def _mails(name: str, stream: BinaryIO, outer: BinaryIO) -> Iterator[Piece]:
    for stretch in split_mbox(stream):
        if stretch.envelope or stretch.message.strip():
            yield Piece("mail", name, 0, stretch.envelope, stretch.message, outer.tell())


def _one(format: str, name: str, stream: BinaryIO, outer: BinaryIO) -> Iterator[Piece]:
    body = stream.read(PIECE_BYTES + 1)
    if len(body) > PIECE_BYTES:
        yield _left_out(name, outer, "too-large")
    elif format == "calendar":
        for prefix, event in split_calendar(body):
            yield Piece(format, name, 0, prefix, event, outer.tell())
    elif format == "mail" and is_envelope(body[: body.find(b"\n") + 1]):
        end = body.find(b"\n") + 1
        yield Piece(format, name, 0, body[:end], body[end:], outer.tell())
    else:
        yield Piece(format, name, 0, b"", body, outer.tell())


def _unpacked(name: str, stream: BinaryIO, outer: BinaryIO) -> Iterator[Piece]:
    inner = name.removesuffix(".gz").removesuffix(".GZ")
    try:
        with gzip.open(stream) as unpacked:
            yield from _opened(inner, _Bounded(unpacked, outer), outer)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error):
        yield _left_out(name, outer, "broken-archive")


def _members(name: str, file: BinaryIO, outer: BinaryIO) -> Iterator[Piece]:
    """A zip is read where it lies: its list of members is at its end. Their paths are names, never places on our disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MEMBERS_AT_MOST or sum(one.file_size for one in members) > UNPACKED_AT_MOST:
                yield _left_out(name, outer, "archive-too-large")
                return
            for member in members:
                yield from _member(archive, member, outer)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        yield _left_out(name, outer, "broken-archive")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, outer: BinaryIO) -> Iterator[Piece]:
    if member.flag_bits & 1:
        yield _left_out(member.filename, outer, "locked-archive")
    elif member.file_size > RATIO_AT_MOST * max(member.compress_size, 1) and member.file_size > PIECE_BYTES:
        yield _left_out(member.filename, outer, "archive-too-large")
    else:
        try:
            with archive.open(member) as file:
                yield from _opened(member.filename, _Bounded(file, outer), outer)  # type: ignore[arg-type]
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            yield _left_out(member.filename, outer, "broken-archive")


def _tarred(stream: BinaryIO, outer: BinaryIO) -> Iterator[Piece]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isreg() else None
            if file is not None:
                yield from _opened(member.name, file, outer)  # type: ignore[arg-type]


def _left_out(name: str, outer: BinaryIO, rule: str) -> Piece:
    return Piece("", name, 0, b"", b"", outer.tell(), Skipped(rule, name))


class _Whole:
    """A stream whose head was read already, given again from its beginning."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1) -> bytes:
        """As a file reads."""
        if not self._head:
            return self._rest.read(size)
        if size < 0:
            taken, self._head = self._head + self._rest.read(), b""
            return taken
        taken, self._head = self._head[:size], self._head[size:]
        return taken if len(taken) == size else taken + self._rest.read(size - len(taken))


class _Bounded:
    """An unpacked stream that ends when it grew beyond all proportion to what was packed."""

    def __init__(self, stream: BinaryIO, outer: BinaryIO) -> None:
        self._stream, self._outer, self._given = stream, outer, 0

    def read(self, size: int = -1) -> bytes:
        """As a file reads; EOFError where it is a bomb."""
        chunk = self._stream.read(size)
        self._given += len(chunk)
        if self._given > UNPACKED_AT_MOST:
            raise EOFError
        return chunk
