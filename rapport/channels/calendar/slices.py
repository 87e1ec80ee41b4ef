"""A calendar file cut into its events, so that a bad one stands alone. What they share travels as their prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .zones import is_known_zone

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
_BEGIN = re.compile(r"BEGIN:\s*([A-Z-]+)\s*$", re.IGNORECASE)
_END = re.compile(r"END:\s*([A-Z-]+)\s*$", re.IGNORECASE)
_UID = re.compile(r"UID(?:;[^:]*)?:(.*)$", re.IGNORECASE)
_ZONE = re.compile(r"TZID=\"?([^\":;,]+)\"?[:;]", re.IGNORECASE)
_ZONE_NAME = re.compile(r"TZID(?:;[^:]*)?:(.*)$", re.IGNORECASE)
_SHARED = re.compile(r"(?:METHOD|VERSION|PRODID|CALSCALE|X-WR-TIMEZONE)(?:;[^:]*)?:", re.IGNORECASE)
ITEMS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL")


@dataclass(slots=True)
class Item:
    """One item, its exceptions with it, and the lines its calendar shares; several calendars may stand in one file."""

    blocks: list[str] = field(default_factory=list)
    calendars: list[list[str]] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The item as it is written."""
        return "".join(self.blocks)

    @property
    def shared(self) -> list[str]:
        """What is said of it beside it, each line once."""
        return list(dict.fromkeys(line for lines in self.calendars for line in lines))


@dataclass(slots=True)
class Calendar:
    """The time zones of a file by name, and its items by identity, in order."""

    zones: dict[str, str] = field(default_factory=dict)
    items: dict[tuple[str, str], Item] = field(default_factory=dict)

    def prefix_for(self, item: Item) -> str:
        """What the readers of an item need beside it: shared lines, and zones it names that only this file knows."""
        named = {name.strip() for name in _ZONE.findall(item.body)}
        zones = [self.zones[name] for name in sorted(named) if name in self.zones and not is_known_zone(name)]
        return "".join(["BEGIN:VCALENDAR\r\n", *item.shared, *zones])


def calendar_text(raw: bytes) -> str:
    """The text of a calendar in whatever encoding it came."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def read_calendar(text: str) -> Calendar:
    """Cut a text into items. Those with one identity (a series and its exceptions) stay together."""
    found = Calendar()
    shared: list[str] = []
    for kind, lines in _components(_LINES.findall(text)):
        block = "".join(lines)
        if kind == "VCALENDAR":
            shared = []
        elif kind == "":
            shared += [line for line in lines if _SHARED.match(line)]
        elif kind == "VTIMEZONE":
            name = next((named.group(1).strip() for line in lines if (named := _ZONE_NAME.match(line))), "")
            found.zones.setdefault(name, block)
        else:
            uid = next((named.group(1).strip() for line in lines if (named := _UID.match(line))), "")
            item = found.items.setdefault((kind, uid or f"\x00{len(found.items)}"), Item())
            item.blocks.append(block)
            if not any(lines is shared for lines in item.calendars):
                item.calendars.append(shared)
    return found


def split_calendar(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Prefix and body of each item, bytes as they are; the whole file as one piece where there are none."""
    # Latin-1 gives every byte back as it was. A file of two-byte letters has no line to cut at.
    found = read_calendar(raw.decode("latin-1"))
    if not found.items:
        yield b"", raw
        return
    for item in found.items.values():
        yield found.prefix_for(item).encode("latin-1"), item.body.encode("latin-1")


def _components(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    kind, block, depth = "", list[str](), 0
    for line in lines:
        begins = _BEGIN.match(line)
        name = begins.group(1).upper() if begins else ""
        if not kind:
            if name in ITEMS or name == "VTIMEZONE":
                kind, block, depth = name, [line], 1
            elif name == "VCALENDAR":
                yield name, []
            elif not begins and not _END.match(line):
                yield "", [line]
            continue
        ends = _END.match(line)
        if name in (*ITEMS, "VCALENDAR") or (ends and ends.group(1).upper() == "VCALENDAR"):  # it was never ended
            yield kind, [*block, f"END:{kind}\r\n"]
            if name == "VCALENDAR":
                yield name, []
            kind, block, depth = (name, [line], 1) if name in ITEMS else ("", [], 0)
            continue
        if begins:
            depth += 1
        block.append(line)
        if ends:
            depth = 0 if ends.group(1).upper() == kind else max(depth - 1, 1)
            if depth == 0:
                yield kind, block
                kind = ""
    if kind:
        yield kind, [*block, f"END:{kind}\r\n"]
