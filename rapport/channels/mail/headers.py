"""The head of a mail as it is: names, raw values, and where the body begins. Linear in its size, whatever is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Real heads stay far below these. The limits keep a hostile head from costing more than it is worth.
HEAD_LIMIT = 512 * 1024
VALUE_LIMIT = 128 * 1024
COUNT_LIMIT = 2_000

_FOLD = re.compile(r"\n[ \t]+")
_NAME = re.compile(r"([!-9;-~]{1,100})[ \t]*:")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Head:
    """All headers by lower-case name, every value in order, and the offset at which the body begins."""

    values: dict[str, list[str]]
    body_at: int
    cut: bool = False

    def first(self, name: str) -> str:
        """The first value of a header, unfolded but not decoded; empty where it is missing."""
        found = self.values.get(name)
        return found[0] if found else ""

    def every(self, name: str) -> list[str]:
        """All values of a header."""
        return self.values.get(name, [])


def read_head(raw: bytes) -> Head:
    """The headers at the start of a mail. Lines that are none are passed over; the first blank line ends them."""
    begin = len(_BOM) if raw.startswith(_BOM) else 0
    if raw[begin : begin + 1] in (b"\n", b"\r"):
        begin += len(raw[begin:]) - len(raw[begin:].lstrip(b"\r\n"))
    end, body_at = _end_of_head(raw, begin)
    # Latin-1 keeps every byte as one letter, so that each value can be decoded by itself later.
    block = raw[begin : min(end, begin + HEAD_LIMIT)].decode("latin-1")
    if "\r" in block:
        block = block.replace("\r\n", "\n").replace("\r", "\n")
    lines = _FOLD.sub(" ", block).split("\n")
    values: dict[str, list[str]] = {}
    for at, line in enumerate(lines[:COUNT_LIMIT]):
        found = _NAME.match(line)
        if found:
            kept = values.setdefault(found.group(1).lower(), [])
            if len(kept) < 200:
                kept.append(_value(line[found.end() : found.end() + VALUE_LIMIT]))
        elif values and _is_body(lines, at):
            body_at = begin + raw[begin:].find(line[:60].encode("latin-1"))
            break
    cut = end - begin > HEAD_LIMIT or len(lines) > COUNT_LIMIT or any(len(line) > VALUE_LIMIT for line in lines)
    return Head(values, body_at, cut)


def _end_of_head(raw: bytes, begin: int) -> tuple[int, int]:
    places = ((raw.find(blank, begin), len(blank)) for blank in (b"\n\n", b"\n\r\n", b"\r\r"))
    end, length = min(((at, length) for at, length in places if at >= 0), default=(len(raw), 0))
    return end, end + length


def text_of(raw: bytes) -> str:
    """Raw header bytes as text: UTF-8 where it is, else the western code page most programs meant."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _value(written: str) -> str:
    bare = " ".join(written.replace("\x00", " ").split())
    return bare if bare.isascii() else text_of(bare.encode("latin-1"))


def _is_body(lines: list[str], at: int) -> bool:
    # A body that follows without a blank line: no header in this line, and none in the next.
    line = lines[at]
    if line.startswith(("From ", ">From ")) or not line.strip():
        return False
    return line.startswith("--") or not any(_NAME.match(following) for following in lines[at + 1 : at + 3])
