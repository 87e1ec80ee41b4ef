"""A calendar cut into its events, so that a bad one stands alone. What they share travels as their prefix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from .zones import is_known_zone

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
_BEGIN = re.compile(r"BEGIN:\s*([A-Z-]+)\s*$", re.IGNORECASE)
_END = re.compile(r"END:\s*([A-Z-]+)\s*$", re.IGNORECASE)
_UID = re.compile(r"UID(?:;[^:]*)?:(.*)$", re.IGNORECASE)
_ZONE = re.compile(r"TZID=\"?([^\":;,]+)\"?[:;]", re.IGNORECASE)
_ZONE_NAME = re.compile(r"TZID(?:;[^:]*)?:(.*)$", re.IGNORECASE)
_SHARED = re.compile(r"(?:METHOD|VERSION|PRODID|CALSCALE|X-WR-TIMEZONE)(?:;[^:]*)?:", re.IGNORECASE)
_TEXT_LINES = 4096  # as so many strings, a component of short lines would take twenty times its size
# Each event is kept with its prefix: a file that says megabytes beside a hundred thousand events would never be read.
PREFIX_AT_MOST = 64 * 1024
ITEMS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL")


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a calendar file: an item with its identity, a time zone with its name, or a line that events share.

    Of kind VCALENDAR where a calendar begins; without a kind where it is a shared line.
    """

    kind: str
    name: str
    text: str


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
        """What the readers of an item need beside it."""
        return prefix_of(item.body, item.shared, self.zones.get)


def prefix_of(body: str, shared: Iterable[str], zone: Callable[[str], str | None]) -> str:
    """What the readers of an item need beside it: shared lines, and zones it names that only this file knows."""
    named = {name.strip() for name in _ZONE.findall(body)}
    zones = (zone(name) for name in sorted(named) if not is_known_zone(name))
    return "".join(["BEGIN:VCALENDAR\r\n", *_as_many_as_fit(shared), *_as_many_as_fit(filter(None, zones))])


def _as_many_as_fit(texts: Iterable[str]) -> Iterator[str]:
    size = 0
    for text in texts:
        size += len(text)
        if size > PREFIX_AT_MOST:
            return
        yield text


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
    for one in components_of(_LINES.findall(text), longest=len(text)):
        if one.kind == "VCALENDAR":
            shared = []
        elif one.kind == "":
            shared.append(one.text)
        elif one.kind == "VTIMEZONE":
            found.zones.setdefault(one.name, one.text)
        else:
            item = found.items.setdefault((one.kind, one.name or f"\x00{len(found.items)}"), Item())
            item.blocks.append(one.text)
            if not any(lines is shared for lines in item.calendars):
                item.calendars.append(shared)
    return found


def components_of(lines: Iterable[str], longest: int) -> Iterator[Component]:
    """The parts of a calendar file in order. Of one longer than `longest` the beginning is given, longer than that."""
    block: _Block | None = None
    for line in lines:
        begins, ends = _BEGIN.match(line), _END.match(line)
        begun, ended = (mark.group(1).upper() if mark else "" for mark in (begins, ends))
        if block and (begun in (*ITEMS, "VCALENDAR") or ended == "VCALENDAR"):  # it was never ended
            yield block.component(ended=False)
            block = None
        if block:
            block.add(line, begun, ended)
            if block.depth == 0:
                yield block.component()
                block = None
        elif begun in ITEMS or begun == "VTIMEZONE":
            block = _Block(begun, longest)
            block.add(line)
        elif begun == "VCALENDAR":
            yield Component(begun, "", "")
        elif _SHARED.match(line):
            yield Component("", "", line)
    if block:
        yield block.component(ended=False)


class _Block:
    """A component whose end is still to come."""

    def __init__(self, kind: str, longest: int) -> None:
        self.kind, self.depth = kind, 1
        self._naming = _ZONE_NAME if kind == "VTIMEZONE" else _UID
        self._name: str | None = None
        self._texts, self._lines = list[str](), list[str]()
        self._room = longest

    def add(self, line: str, begun: str = "", ended: str = "") -> None:
        """Its next line, and what begins or ends there."""
        self.depth += bool(begun)
        if ended:
            self.depth = 0 if ended == self.kind else max(self.depth - 1, 1)
        if self._name is None and (named := self._naming.match(line)):
            self._name = named.group(1).strip()
        if self._room >= 0:
            self._room -= len(line)
            self._lines.append(line)
        if len(self._lines) >= _TEXT_LINES:
            self._texts.append("".join(self._lines))
            self._lines.clear()

    def component(self, ended: bool = True) -> Component:
        """All of it, with an end where it has none of its own."""
        end = "" if ended else f"END:{self.kind}\r\n"
        return Component(self.kind, self._name or "", "".join([*self._texts, *self._lines, end]))
