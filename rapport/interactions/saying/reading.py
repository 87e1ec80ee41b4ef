"""From a sentence to what it says: kind, who began, when, how long, with whom, and what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from rapport.kit.text import db_text

from .days import is_due_then, is_sooner_ahead, take_when
from .kinds import What, take_what
from .lengths import take_minutes
from .masking import Masked
from .names import names_in, opening_name
from .plans import is_to_do
from .titles import ends_in_title
from .unanswered import take_unanswered, unanswered_in
from .values import Understood

LONGEST: Final = 4000

_PARTS = re.compile(r"\s*(?:(?<!\d),|,(?!\d)|;|:(?!\d)|!|\?|(?<!\d)(?<!\b\w)\.(?=\s|$)|\.$|\s[-–—]+\s|\n)\s*")
_NOTE = re.compile(r"^(?:note(?: to self)?|notiz|nota)\s*:\s*", re.IGNORECASE)


def understand(
    text: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    kind: str | None = None,
    minutes: int | None = None,
    at: datetime | None = None,
) -> Understood:
    """What a sentence says happened. What is given beside it (chips that were corrected) wins over the words."""
    text = db_text(text.strip(), LONGEST)
    read = _read(text, now.astimezone(zone))
    if kind is not None:
        is_unanswered = kind == "call" and unanswered_in(text) is not None and read.minutes is None
        read = replace(read, kind=kind, kind_was_said=True, is_unanswered=is_unanswered)
    if minutes is not None:
        read = replace(read, minutes=minutes)
    if at is not None:
        read = replace(read, at=at, day_was_said=True, is_plan=at > now)
    return read


def _read(text: str, now: datetime) -> Understood:
    head, follows = _head(text)
    sentence = Masked(text[:head])
    minutes = take_minutes(sentence)
    what, spans = (None, []) if _NOTE.match(text) else _what(sentence, now)
    when = take_when(sentence, now, what.tense if what else None)
    if what is None:
        is_plan = when.is_plan and not _NOTE.match(text) and is_to_do(text[:head])
        is_later = when.is_plan or is_due_then(text[:head], now) or is_sooner_ahead(text[:head], now)
        return _note(text, now if is_later else when.at, is_plan)
    is_plan = when.is_plan or (what.tense == "named" and is_due_then(text[:head], now))
    for start, end in spans:
        sentence.cover(start, end)
    is_unanswered = what.kind == "call" and minutes is None and unanswered_in(text) is not None
    reached = take_unanswered(sentence) if is_unanswered else ""
    names, place, said_from = names_in(sentence, 0, head, noun_at=spans[0][0] if what.tense == "told" else 0)
    told = (reached, _told(sentence, text, said_from, head), text[follows:].strip())
    note = " ".join(part for part in told if part)
    return Understood(
        text=text,
        kind=what.kind,
        at=when.at,
        direction=what.direction,
        names=tuple(names),
        minutes=minutes,
        place=place,
        note=note,
        day_was_said=when.was_said,
        is_plan=is_plan,
        is_unanswered=is_unanswered,
    )


def _what(sentence: Masked, now: datetime) -> tuple[What | None, list[tuple[int, int]]]:
    """What a sentence says it was and where, found as if all its days were of it: how it is told says which are."""
    tried = sentence.copy()
    take_when(tried, now)
    known = len(tried.taken)
    return take_what(tried), tried.taken[known:]


def _note(text: str, at: datetime, is_plan: bool) -> Understood:
    """A sentence that says nothing of how it happened is a note, perhaps about whom it begins with."""
    marked = _NOTE.match(text)
    note = text[marked.end() :] if marked else text
    return Understood(text, "note", at, "by_us", tuple(opening_name(note)), note=note, kind_was_said=bool(marked),
                      is_plan=is_plan)  # fmt: skip


def _head(text: str) -> tuple[int, int]:
    """Where the part that says what happened ends, and where what was said begins.

    It reaches over parts that only say when or how long: "yesterday, coffee with Dana, 30 min, she moves in May".
    """
    ends, begins = len(text), len(text)
    what: What | None = None
    start = 0
    for part in [*_parts_of(text), None]:
        end = part.start() if part else len(text)
        sentence = Masked(text[start:end])
        take_minutes(sentence)
        take_when(sentence, _ANY_TIME)
        only_when = sentence.is_empty(0, end - start)
        if what is not None and not only_when:
            break
        what = what or take_what(sentence)
        ends, begins = end, part.end() if part else len(text)
        if what is None and not only_when:
            break
        start = begins
    return ends, begins


def _parts_of(text: str) -> Iterator[re.Match[str]]:
    """Where parts end: at every mark that ends one, but the point of a title ("Herrn Dr. Hartmann")."""
    return (part for part in _PARTS.finditer(text) if part[0].strip() != "." or not ends_in_title(text[: part.start()]))


def _told(sentence: Masked, text: str, start: int, end: int) -> str:
    """What the head itself tells after the names, without what was understood from it."""
    words = "".join(
        letter if sentence.rest[start + place] != "|" else " " for place, letter in enumerate(text[start:end])
    )
    return re.sub(r"\s+", " ", words).strip()


_ANY_TIME = datetime.fromisoformat("2000-01-03T12:00:00+00:00")  # parts are only asked whether they name a time
