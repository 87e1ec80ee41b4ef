"""Keyset pages: a cursor is the sort key of the last row shown, so page 1,000 costs what page 1 costs."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from .ids import as_id
from .trouble import Trouble

Row = TypeVar("Row")
Key = Sequence[str | int | float | None]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows and, where there are more, the cursor that continues."""

    rows: tuple[Row, ...]
    next: str | None


def cursor_of(key: Key) -> str:
    """An opaque cursor for a sort key."""
    return urlsafe_b64encode(msgspec.json.encode(list(key))).decode().rstrip("=")


def moment_cursor(at: datetime, row: UUID) -> str:
    """A cursor for rows in order of a moment, and of their ids within it."""
    return cursor_of([at.isoformat(), str(row)])


def key_of(cursor: str, length: int) -> list[str | int | float | None]:
    """The sort key in a cursor; Trouble where it was not made here."""
    try:
        key = msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, msgspec.DecodeError):
        key = None
    if not isinstance(key, list) or len(key) != length or any("\x00" in part for part in key if isinstance(part, str)):
        raise bad_cursor()
    return key


def moment_key(cursor: str) -> tuple[datetime, UUID]:
    """The moment and the id of a row in such a cursor; Trouble where it was not made here."""
    said, row = key_of(cursor, 2)
    last = as_id(row)
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        raise bad_cursor() from None
    if at.tzinfo is None or last is None:
        raise bad_cursor()
    return at, last


def bad_cursor() -> Trouble:
    """Where a cursor is not one of ours."""
    return Trouble(_("This page mark is not one of ours. Start from the first page."), code="bad-cursor")
