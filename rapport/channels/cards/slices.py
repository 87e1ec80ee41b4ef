"""A vCard file cut into its cards as a stream, every byte kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lines import lines_of
from ..streams import Readable, Whole

_MARK = re.compile(r"[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\r?\n?", re.IGNORECASE | re.ASCII)
_LINES = {
    "latin-1": re.compile(rb"[^\n]*\n|[^\n]+\Z"),  # gives every byte as it is, in whichever encoding
    "utf-16-le": re.compile(rb"(?s)(?:..)*?\n\x00|.+\Z"),
    "utf-16-be": re.compile(rb"(?s)(?:..)*?\x00\n|.+\Z"),
}


def split_cards(file: Readable, longest: int) -> Iterator[bytes]:
    """The cards of a file, those nested in another (an AGENT) with it. What stands before the first goes with it.

    Of one longer than `longest` the beginning is given, longer than that: its reader would refuse it.
    """
    start = file.read(4)
    codec = _codec_of(start)
    card, depth, seen = bytearray(), 0, False
    for line in lines_of(Whole(start, file), _LINES[codec], longest):
        way = _way(line.decode(codec, "replace"))
        # A card ends where its own END is; a BEGIN within it opens a nested one.
        if way == 1 and depth == 0 and seen:
            yield bytes(card)
            card.clear()
        if way:
            seen, depth = True, max(depth + way, 0)
        if len(card) <= longest:
            card += line
    yield bytes(card)


def _codec_of(start: bytes) -> str:
    if b"\x00" not in start and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return "latin-1"
    return "utf-16-be" if start[:1] == b"\x00" or start[:2] == b"\xfe\xff" else "utf-16-le"


def _way(line: str) -> int:
    mark = _MARK.fullmatch(line)
    return 0 if mark is None else 1 if mark.group(1).upper() == "BEGIN" else -1
