"""Files opened: what a file is, and the pieces in it one after the other, however large it is, whatever it holds."""

from __future__ import annotations

import gzip
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, NamedTuple, cast

from .calendar.cutting import split_calendar
from .cards.slices import split_cards
from .files import path_of
from .mail.maildir import is_delivered, is_maildir, mails_of
from .mail.mbox import is_envelope, split_mbox
from .recognising import recognise
from .sandbox import PIECE_BYTES
from .sightings import UNKNOWN_COLUMNS, ReadingOptions, Skipped
from .streams import (
    RATIO_AT_MOST,
    UNPACKED_AT_MOST,
    Bounded,
    Damaged,
    Place,
    Placed,
    Readable,
    TooLarge,
    Unpacked,
    Whole,
    is_of_the_machine,
)
from .tables.dialect import SAMPLE_BYTES
from .tables.layout import Layout, layout_of
from .tables.proving import witnesses_of
from .tables.slices import people_in, split_table
from .tables.unread import Unread
from .tape import Tape

HEAD_BYTES = 4096
MEMBERS_AT_MOST = 500_000
NESTED_AT_MOST = 4  # a gzip can hold itself
_IN_MEMORY, _AT_A_TIME = 8 << 20, SAMPLE_BYTES  # bytes of a table that is read twice
_END_AT_MOST, _IN_ZIP64 = 22 + 0xFFFF, 0xFFFF  # a zip ends in 22 bytes and a comment
_PICTURE = re.compile(rb"^(?:[\w-]+\.)?PHOTO[;:][^\r\n]", re.IGNORECASE | re.MULTILINE)
_OFFICE_MARKS = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"}


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
    is_kept: bool = True  # whether its bytes are: not those of somebody who asked to be erased

    @property
    def has_raw(self) -> bool:
        """Whether there are bytes of it to keep."""
        return self.is_kept and (self.skipped is None or bool(self.body))

    def options(self, base: ReadingOptions) -> ReadingOptions:
        """What its reader is told."""
        return replace(base, prefix=self.prefix, name=self.name)


def pieces_of(files_folder: Path, stored_as: str, name: str, skip: int = 0) -> Iterator[Piece]:
    """The pieces of a stored file in their order, beginning behind the first `skip`. The same file, the same pieces."""
    yield from pieces_in(path_of(files_folder, stored_as), name, skip)


def pieces_in(path: Path, name: str, skip: int = 0) -> Iterator[Piece]:
    """The pieces of a file on disk; `name` is how its owner calls it and may help to recognise it."""
    with path.open("rb") as file:
        for ordinal, piece in enumerate(_with_pictures_told(name, file, _opened(name, file, file, nested=0))):
            if ordinal >= skip:
                yield replace(piece, ordinal=ordinal, name=_readable(piece.name))


def _with_pictures_told(name: str, outer: Placed, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """These pieces, and behind them, once, that pictures on the cards among them are not taken."""
    has_pictures = False
    for piece in pieces:
        has_pictures = has_pictures or (piece.format == "card" and _PICTURE.search(piece.body) is not None)
        yield piece
    if has_pictures:
        yield _left_out(name, outer, "pictures-on-cards")


def _readable(name: str) -> str:
    """What an archive calls its file may be in another encoding than ours; as it came, it could not be passed on."""
    return name.encode("utf-8", "replace").decode()


def files_in(place: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder with their names in it, in a steady order; of a maildir its mails; of a file itself."""
    if place.is_file():
        yield place, place.name
        return
    found = mails_of(place) if is_maildir(place) else sorted(place.rglob("*"))
    for path in found:
        if path.is_file() and not path.is_symlink():
            yield path, path.relative_to(place).as_posix()


def _opened(name: str, file: Readable, outer: Placed, nested: int) -> Iterator[Piece]:
    """The pieces of a file; one that holds none is named as empty, or it would vanish from the counts."""
    is_empty = True
    for piece in _found_in(name, file, outer, nested):
        is_empty = False
        yield piece
    if is_empty:
        yield _left_out(name, outer, "empty")


def _found_in(name: str, file: Readable, outer: Placed, nested: int) -> Iterator[Piece]:
    """The pieces of a file, of whatever kind; containers open into theirs."""
    head = file.read(HEAD_BYTES)
    format = "mail" if is_delivered(name) else recognise(name, head)
    stream = Whole(head, file)
    if not head:
        return
    if format in ("gzip", "zip", "tar") and nested >= NESTED_AT_MOST:
        yield _left_out(name, outer, "archive-too-deep")
    elif format == "gzip":
        yield from _told(name, outer, _unpacked(name, stream, outer, nested))
    elif format == "zip":
        yield from _told(name, outer, _members(name, file, stream, outer, nested))
    elif format == "tar":
        yield from _told(name, outer, _tarred(stream, outer, nested))
    elif format == "":
        yield _left_out(name, outer, "unknown-format" if head.strip(b"\0") else "empty")  # a tar of nothing is zeros
    else:
        yield from _taken_apart(name, outer, _cut(format, name, file, stream, outer))


def _told(name: str, outer: Placed, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """What is in an archive; where it is damaged, what could be read of it and a word about the rest."""
    try:
        yield from pieces
    except TooLarge:
        yield _left_out(name, outer, "archive-too-large")
    except Exception as fault:  # the libraries raise some ten kinds for damaged bytes; one unforeseen ends an import
        if is_of_the_machine(fault):
            raise
        yield _left_out(name, outer, "broken-archive")


def _taken_apart(name: str, outer: Placed, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces of a file that is no archive. Damage around it is told by the archive it lies in."""
    try:
        yield from pieces
    except Exception as fault:
        if isinstance(fault, Damaged) or is_of_the_machine(fault):
            raise
        yield _left_out(name, outer, "broken-file")


def _cut(format: str, name: str, file: Readable, stream: Readable, outer: Placed) -> Iterator[Piece]:
    if format == "mbox":
        yield from _mails(name, stream, outer)
    elif format == "table":
        yield from _rows(name, file, stream, outer)
    else:
        yield from _parts(format, name, _parts_of(format, stream), outer)


def _mails(name: str, stream: Readable, outer: Placed) -> Iterator[Piece]:
    for stretch in split_mbox(stream):
        if stretch.envelope or stretch.message.strip():
            yield Piece("mail", name, 0, stretch.envelope, stretch.message, outer.tell())


def _rows(name: str, file: Readable, stream: Readable, outer: Placed) -> Iterator[Piece]:
    start = stream.read(SAMPLE_BYTES)
    whole, layout = Whole(start, stream), layout_of(start)
    if not people_in(start):
        yield from _parts("table", name, _parts_of("table", whole), outer)
    elif not layout.days:
        yield from _rows_of(name, layout, b"", whole, outer)
    else:
        with _read_twice(file, whole, outer) as (table, place, fault):
            witnesses = witnesses_of(table, layout)
            table.seek(0)
            yield from _rows_of(name, layout, witnesses, table, place)
        if fault:
            raise fault


def _rows_of(name: str, layout: Layout, witnesses: bytes, table: Readable, outer: Place) -> Iterator[Piece]:
    """The rows of a table, each behind its header and what proves how to read it; at last the columns nobody knows."""
    unread = Unread(layout)
    before, prefix = b"", b""
    for header, row, _ in split_table(table):
        if header is not before:
            before, prefix = header, header + witnesses
        unread.meet(row)
        yield Piece("table", name, 0, prefix, row, outer.tell())
    if unread.names:
        yield Piece("", name, 0, b"", b"", outer.tell(), Skipped(UNKNOWN_COLUMNS, ", ".join(unread.names)))


@contextmanager
def _read_twice(file: Readable, whole: Readable, outer: Placed) -> Iterator[tuple[IO[bytes], Place, Exception | None]]:
    """A table at its beginning, how far it is read in the file it lies in, and what ended it before its end. One out of
    an archive can be read once only and is copied to the side: on a disk, where it is large."""
    if file is outer:
        again = cast(IO[bytes], file)
        again.seek(0)
        yield again, outer, None
        return
    fault, begun = None, outer.tell()
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        try:
            shutil.copyfileobj(whole, copy, _AT_A_TIME)
        except Damaged as damage:
            fault = damage  # what came before it is read
        place = _OfCopy(cast(IO[bytes], copy), copy.tell(), begun, outer.tell())
        copy.seek(0)
        yield place.copy, place, fault


class _OfCopy(NamedTuple):
    """How far a copy is read, told as a place between the two of the file it was copied from."""

    copy: IO[bytes]
    size: int
    begun: int
    ended: int

    def tell(self) -> int:
        """The place."""
        return self.begun + (self.ended - self.begun) * self.copy.tell() // max(self.size, 1)


def _parts(format: str, name: str, parts: Iterator[tuple[bytes, bytes]], outer: Placed) -> Iterator[Piece]:
    for prefix, body in parts:
        if len(body) > PIECE_BYTES:
            yield _left_out(name, outer, "too-large")
        else:
            yield Piece(format, name, 0, prefix, body, outer.tell())


def _parts_of(format: str, stream: Readable) -> Iterator[tuple[bytes, bytes]]:
    """Prefix and body of each; of what is too large, a little more than may be."""
    if format == "calendar":
        yield from split_calendar(stream, PIECE_BYTES)
    elif format == "card":
        yield from ((b"", card) for card in split_cards(stream, PIECE_BYTES))
    else:
        whole = stream.read(PIECE_BYTES + 1)
        end = whole.find(b"\n") + 1
        in_envelope = format == "mail" and is_envelope(whole[:end])
        yield (whole[:end], whole[end:]) if in_envelope else (b"", whole)


def _unpacked(name: str, stream: Readable, outer: Placed, nested: int) -> Iterator[Piece]:
    inner = name[:-3] if name.lower().endswith(".gz") else name
    with gzip.open(cast(IO[bytes], stream)) as unpacked:
        yield from _opened(inner, Bounded(unpacked, outer), outer, nested + 1)


def _members(name: str, file: Readable, stream: Readable, outer: Placed, nested: int) -> Iterator[Piece]:
    """A zip is read where it lies: its list of members is at its end. Their paths are names, never places of ours."""
    if isinstance(file, Bounded):
        yield _left_out(name, outer, "archive-too-deep")
        return
    with _laid_down(file, stream) as whole, zipfile.ZipFile(whole) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if {member.filename for member in members[:20]} & _OFFICE_MARKS:
            yield _left_out(name, outer, "unknown-format")
            return
        if len(members) > MEMBERS_AT_MOST or sum(one.file_size for one in members) > UNPACKED_AT_MOST:
            yield _left_out(name, outer, "archive-too-large")
            return
        for member in members:
            yield from _told(member.filename, outer, _member(archive, member, outer, nested))
        if len(archive.infolist()) < _members_said(whole):
            yield _left_out(name, outer, "broken-archive")  # what is behind the damage is not even named


def _members_said(whole: IO[bytes]) -> int:
    """How many members a zip says it has, which the library does not compare with those it finds; 0 where unknown."""
    size = whole.seek(0, 2)
    whole.seek(max(0, size - _END_AT_MOST))
    tail = whole.read(_END_AT_MOST)
    at = tail.rfind(b"PK\x05\x06")
    said = int.from_bytes(tail[at + 10 : at + 12], "little") if at >= 0 else 0
    return 0 if said == _IN_ZIP64 else said


@contextmanager
def _laid_down(file: Readable, stream: Readable) -> Iterator[IO[bytes]]:
    """A zip that can be read from its end: one in a tar, as in a folder that was handed over, is copied to the side."""
    if not isinstance(file, Unpacked):
        yield cast(IO[bytes], file)
        return
    with TemporaryFile() as whole:
        shutil.copyfileobj(stream, whole, 1 << 20)
        yield whole


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, outer: Placed, nested: int) -> Iterator[Piece]:
    if member.flag_bits & 1:
        yield _left_out(member.filename, outer, "locked-archive")
    elif member.file_size > RATIO_AT_MOST * max(member.compress_size, 1) and member.file_size > PIECE_BYTES:
        yield _left_out(member.filename, outer, "archive-too-large")
    else:
        with archive.open(member) as file:
            yield from _opened(member.filename, Bounded(file, outer), outer, nested + 1)


def _tarred(stream: Readable, outer: Placed, nested: int) -> Iterator[Piece]:
    with Tape.open(fileobj=cast(IO[bytes], stream), mode="r|") as tape:
        for name, file in tape.files():
            yield from _opened(name, Unpacked(cast(Readable, file)), outer, nested + 1)


def _left_out(name: str, outer: Placed, rule: str) -> Piece:
    return Piece("", name, 0, b"", b"", outer.tell(), Skipped(rule, name))
