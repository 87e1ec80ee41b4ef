"""An mbox as a stream of mails. Every byte of the file is in exactly one piece, and memory stays flat on any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..streams import Readable

# "From somebody Thu Jan  1 00:00:00 1970", with or without seconds, zone, "remote from" and weekday commas; or
# Netscape's bare "From -".
_ENVELOPE = re.compile(
    rb"(?:\xef\xbb\xbf)?From (?:-[ \t]*\r?$|[^\r\n]{0,300}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b,?\s+"
    rb"[^\r\n]{0,60}\d{1,2}:\d\d[^\r\n]{0,60}\r?$)"
)
_HEADER = re.compile(rb"(?:[!-9;-~]{1,100}:|>From )")
_CHUNK = 1024 * 1024
# A line longer than this is read in pieces; one mail above the limit is cut into what follows as its own piece.
_LINE_LIMIT = 4 * 1024 * 1024
MAIL_LIMIT = 96 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stretch:
    """One mail of an mbox: its `From ` line (empty for what stands before the first), its bytes, where it begins."""

    envelope: bytes
    message: bytes
    offset: int


def split_mbox(file: Readable, offset: int = 0) -> Iterator[Stretch]:
    """The mails of an mbox in order; `file` stands at `offset`. `>From ` stays as it is written."""
    envelope, lines, size, begins, at = b"", list[bytes](), 0, offset, offset
    may_begin = True  # at the start of the file, or after a blank line
    held: tuple[int, bytes] | None = None  # a From line whose next line must look like a header
    for line in _lines(file):
        if held:
            place, candidate = held
            held = None
            if _HEADER.match(line):
                if envelope or lines:
                    yield Stretch(envelope, b"".join(lines), begins)
                envelope, lines, size, begins = candidate, [], 0, place
            else:
                lines.append(candidate)
                size += len(candidate)
            may_begin = False
        if may_begin and line.startswith((b"From ", b"\xef\xbb\xbfFrom ")) and _ENVELOPE.match(line.rstrip(b"\n")):
            held = (at, line)
        else:
            lines.append(line)
            size += len(line)
            may_begin = not line.rstrip(b"\r\n")
        at += len(line)
        if size > MAIL_LIMIT:
            yield Stretch(envelope, b"".join(lines), begins)
            envelope, lines, size, begins = b"", [], 0, at
    if held:
        lines.append(held[1])
    if envelope or lines:
        yield Stretch(envelope, b"".join(lines), begins)


def is_envelope(line: bytes) -> bool:
    """Whether a line begins a mail in an mbox."""
    return bool(_ENVELOPE.match(line.rstrip(b"\r\n")))


def _lines(file: Readable) -> Iterator[bytes]:
    rest = b""
    while chunk := file.read(_CHUNK):
        pieces = (rest + chunk).split(b"\n")
        rest = pieces.pop()
        for piece in pieces:
            yield piece + b"\n"
        if len(rest) > _LINE_LIMIT:
            yield rest
            rest = b""
    if rest:
        yield rest
