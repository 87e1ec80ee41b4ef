"""What Outlook packs into a winmail.dat (MS-OXTNEF): the words of a mail and its files, read strictly and only once.

Every length is checked against what is left; where one does not fit, the reader stops with what it has and says so.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..media_types import media_type_of
from .encoded import decoded
from .rtf import unpacked_rtf

SIGNATURE = b"\x78\x9f\x3e\x22"
KINDS = ("application/ms-tnef", "application/vnd.ms-tnef")
NAMES = ("winmail.dat", "win.dat")
MOST_FILES = 100
NESTED_AT_MOST = 4
NAMELESS = "Untitled Attachment"

_ATTACHMENT = 2
_RENDERED, _TITLE, _DATA, _OF_FILE = 0x9002, 0x8010, 0x800F, 0x9005
_BODY, _CODE_PAGE, _OF_MAIL = 0x800C, 0x9007, 0x9003
_PLAIN, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_SHORT_NAME, _LONG_NAME, _SHOWN_NAME, _CONTENT, _KIND = 0x3704, 0x3707, 0x3001, 0x3701, 0x370E
_OBJECT, _STRING, _WIDE_STRING, _BINARY = 0x0D, 0x1E, 0x1F, 0x0102
_WIDTHS = {0x00: 4, 0x01: 4, 0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8,
           0x48: 16}  # fmt: skip
_MANY = 0x1000
_GUID = 16


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file as it was attached."""

    name: str
    media_type: str
    body: bytes


@dataclass(slots=True)
class Packed:
    """What is in a winmail.dat. `whole` is false where it breaks off."""

    text: str = ""
    html: str = ""
    rtf: bytes = b""
    files: list[PackedFile] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class _File:
    """A file whose attributes are still coming."""

    title: str = ""
    name: str = ""
    kind: str = ""
    body: bytes = b""
    mail: bytes = b""  # of a mail within: a stream like its own


class _Broken(ValueError):
    # a length that does not fit
    pass


def is_tnef(raw: bytes) -> bool:
    """Whether these bytes begin like one."""
    return raw.startswith(SIGNATURE)


def read_tnef(raw: bytes, nested: int = 0) -> Packed:
    """What is in it. Never raises for its content."""
    packed, files = Packed(), list[_File]()
    code_page = "cp1252"
    try:
        for level, attribute, data in _attributes(raw):
            if level == _ATTACHMENT:
                _take_of_file(files, attribute, data, code_page)
            elif attribute == _CODE_PAGE and len(data) >= 4:
                code_page = f"cp{int.from_bytes(data[:4], 'little')}"
            elif attribute == _BODY:
                packed.text = decoded(data.rstrip(b"\x00"), code_page)
            elif attribute == _OF_MAIL:
                _take_of_mail(packed, data, code_page)
    except _Broken:
        packed.whole = False
    for one in files[:MOST_FILES]:
        _put(packed, one, nested)
    return packed


def _attributes(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Level, number and data of each attribute; its checksum is passed over, as wrong ones are common."""
    at = len(SIGNATURE) + 2  # behind a key nobody needs
    while at + 9 <= len(raw):
        level, attribute, _type, length = struct.unpack_from("<BHHI", raw, at)
        end = at + 9 + length
        if level not in (1, _ATTACHMENT) or end > len(raw):
            raise _Broken
        yield level, attribute, raw[at + 9 : end]
        at = end + 2
    if raw[at:].strip(b"\0\r\n"):
        raise _Broken


def _take_of_file(files: list[_File], attribute: int, data: bytes, code_page: str) -> None:
    if attribute == _RENDERED or not files:
        files.append(_File())
        if len(files) > MOST_FILES:
            raise _Broken
    one = files[-1]
    if attribute == _TITLE:
        one.title = decoded(data.rstrip(b"\x00"), code_page)
    elif attribute == _DATA:
        one.body = data
    elif attribute == _OF_FILE:
        for number, kind, value in _properties(data):
            if number == _CONTENT and kind == _OBJECT:
                one.mail = value[_GUID:]
            elif number == _CONTENT:
                one.body = value or one.body
            elif number == _LONG_NAME or (number in (_SHORT_NAME, _SHOWN_NAME) and not one.name):
                one.name = _text(kind, value, code_page)
            elif number == _KIND:
                one.kind = _text(kind, value, code_page)


def _take_of_mail(packed: Packed, data: bytes, code_page: str) -> None:
    for number, kind, value in _properties(data):
        if number == _PLAIN:
            packed.text = _text(kind, value, code_page) or packed.text
        elif number == _HTML:
            packed.html = _text(kind, value, code_page)
        elif number == _RTF:
            packed.rtf = unpacked_rtf(value)


def _put(packed: Packed, one: _File, nested: int) -> None:
    """The file among the others; of a mail within, what is in that, as far as one may look."""
    inner = one.mail or (one.body if is_tnef(one.body) else b"")
    name = one.name or one.title or NAMELESS
    if inner and is_tnef(inner) and nested < NESTED_AT_MOST:
        found = read_tnef(inner, nested + 1)
        packed.whole = packed.whole and found.whole
        _add(packed, found.files)
        if words := found.text or found.html:
            _add(packed, [PackedFile(name, "text/plain" if found.text else "text/html", words.encode())])
    else:
        _add(packed, [PackedFile(name, one.kind.lower() or media_type_of(name), one.body or one.mail)])


def _add(packed: Packed, files: list[PackedFile]) -> None:
    """These too, as many as there is room for; where some are left out it is not whole."""
    room = max(0, MOST_FILES - len(packed.files))
    packed.files += files[:room]
    packed.whole = packed.whole and len(files) <= room


def _text(kind: int, value: bytes, code_page: str) -> str:
    if kind == _WIDE_STRING:
        return value.decode("utf-16-le", "replace").rstrip("\x00")
    return decoded(value.rstrip(b"\x00"), code_page)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, type and value of each property; of one with several values the first."""
    reader = _Reader(data)
    for _ in range(reader.number()):
        kind, number = struct.unpack("<HH", reader.take(4))
        if number >= 0x8000:
            _pass_name(reader)
        is_many, kind = bool(kind & _MANY), kind & ~_MANY
        if kind in (_OBJECT, _STRING, _WIDE_STRING, _BINARY):
            values = [reader.padded(reader.number()) for _ in range(reader.count())]
        elif kind in _WIDTHS:
            values = [reader.take(_WIDTHS[kind]) for _ in range(reader.count() if is_many else 1)]
        else:
            raise _Broken
        yield number, kind, values[0] if values else b""


def _pass_name(reader: _Reader) -> None:
    reader.take(_GUID)
    is_named = reader.number()
    if is_named:
        reader.padded(reader.number())
    else:
        reader.take(4)


class _Reader:
    """Bytes taken from the front, never more than there are."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if size > len(self._data) - self._at:
            raise _Broken
        self._at += size
        return self._data[self._at - size : self._at]

    def padded(self, size: int) -> bytes:
        """The next bytes, and those that fill them up to four are passed over."""
        found = self.take(size)
        self._at = min(self._at + -size % 4, len(self._data))
        return found

    def number(self) -> int:
        """The next four bytes as a number."""
        return int.from_bytes(self.take(4), "little")

    def count(self) -> int:
        """The next number, of things that take four bytes each at least."""
        found = self.number()
        if found > (len(self._data) - self._at) // 4 + 1:
            raise _Broken
        return found
