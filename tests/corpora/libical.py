"""What libical expects of rules: how often an event takes place (X-EXPECT-NUMEVENTS in its recurrence tests)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rapport.channels.calendar.ics import parse_calendar

from .agreement import Agreement, Case, agreement

FILE = "data/torture/ics/libical/recur.txt"
_EVENT = re.compile(r"BEGIN:VEVENT\n.*?END:VEVENT\n", re.DOTALL)
_EXPECTED = re.compile(r"^X-EXPECT-NUMEVENTS:\s*(\d+)", re.MULTILINE)
# libical counts up to the end of 2037, where its 32 bits end; rules without an end are compared up to then.
LAST = 2037


def measure(shared: Path) -> Agreement:
    """Every event for which a number is expected."""
    return agreement("libical", _cases((shared / FILE).read_text("utf-8", "replace")))


def _cases(text: str) -> Iterator[Case]:
    for number, event in enumerate(_EVENT.findall(text)):
        expected = _EXPECTED.search(event)
        if expected:
            yield Case(f"event {number}", int(expected.group(1)), _times(event))


def _times(event: str) -> int:
    # Long lines are folded before their colon there, which no program writes, though the standard allows it.
    whole = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n"
    parsed = parse_calendar(whole.encode())
    return len([one for one in parsed.sightings if one.at.year <= LAST])
