"""Chronicles: a test's docstring is a dated list of what happened, and is read as history.

    2026-01-05 Ana → Bo mail
    2026-01-05 16:30 Bo → Ana call 20 min
    2026-02-01 Ana ↔ Bo meeting 45 min of 4
    every 7 days from 2026-03-01 until 2026-06-01 Ana → Bo mail

The first name is ours. Other lines are prose and are passed over, but a line that begins like an entry must be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from rapport.relationships.engine import Contact

_DATE = r"\d{4}-\d\d-\d\d"
_WHAT = r"(?P<who>\w+) (?P<way>[→↔]) (?P<whom>\w+) (?P<kind>\w+)(?: (?P<minutes>\d+) min)?(?: of (?P<group>\d+))?"
_ONCE = re.compile(rf"(?P<day>{_DATE})(?: (?P<clock>\d\d:\d\d))? {_WHAT}")
_AGAIN = re.compile(rf"every (?P<step>\d+) days from (?P<day>{_DATE}) until (?P<until>{_DATE}) {_WHAT}")
_ENTRY = re.compile(rf"({_DATE}|every \d) ?")


def told(chronicle: str | None, us: str = "Ana") -> list[Contact]:
    """The contacts a docstring tells of, in its order. Raises ValueError for an entry that cannot be read."""
    lines = [line.strip() for line in (chronicle or "").splitlines()]
    return [contact for line in lines if _ENTRY.match(line) for contact in _entry(line, us)]


def on(day: str, clock: str = "12:00") -> datetime:
    """A moment of a chronicle."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), UTC)


def _entry(line: str, us: str) -> Iterator[Contact]:
    found = _ONCE.fullmatch(line) or _AGAIN.fullmatch(line)
    if found is None:
        raise ValueError(f"A chronicle says: {line!r}. Write: 2026-01-05 Ana → Bo mail")
    said = found.groupdict()
    at, until = on(said["day"], said.get("clock") or "12:00"), on(said.get("until") or said["day"], "23:59")
    while at <= until:
        yield Contact(
            at,
            by_us=said["who"] == us,
            kind=said["kind"],
            duration_minutes=int(said["minutes"]) if said["minutes"] else None,
            group_size=int(said["group"] or 2),
        )
        at += timedelta(days=int(said.get("step") or 1))
