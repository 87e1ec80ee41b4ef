"""Looking into a mail for somebody who waits: in a child process with limits, as all reading of foreign bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .sandbox import Item, ParsingPool
from .sightings import Parsed, ReadingOptions

AT_ONCE = 2  # mails that can be looked at; others wait
SECONDS = 2.0  # somebody waits for it


def look_in(format: str, body: bytes, options: ReadingOptions | None = None) -> Parsed:
    """What a reader finds in these bytes. Never raises for what is in them."""
    return _pool().parse([(format, body, options or ReadingOptions())])[0]


def look_in_all(items: Sequence[Item]) -> list[Parsed]:
    """What a reader finds in each of these, in order."""
    return _pool().parse(items)


@cache
def _pool() -> ParsingPool:
    """Children for the whole process: each starts with the first mail that is looked at."""
    return ParsingPool(AT_ONCE, SECONDS)
