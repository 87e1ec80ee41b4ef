"""Calendars and cards cut in one go, with the whole file in memory: the readable way, to which streams are held."""

from __future__ import annotations

import re

from rapport.channels.calendar.slices import read_calendar

_MARKS = re.compile(rb"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def whole_calendar(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Prefix and body of each item, in the order of their beginnings."""
    found = read_calendar(raw.decode("latin-1"))
    cut = [(found.prefix_for(one).encode("latin-1"), one.body.encode("latin-1")) for one in found.items.values()]
    return cut or [(b"", raw)]


def whole_cards(raw: bytes) -> list[bytes]:
    """The cards of a file of one-byte letters, or in UTF-8."""
    cuts, depth, seen = [0], 0, False
    for mark in _MARKS.finditer(raw):
        begins = mark.group(1).upper() == b"BEGIN"
        if begins and depth == 0 and seen:
            cuts.append(mark.start())
        seen, depth = True, max(depth + (1 if begins else -1), 0)
    return [raw[begin:end] for begin, end in zip(cuts, [*cuts[1:], len(raw)], strict=True)]
