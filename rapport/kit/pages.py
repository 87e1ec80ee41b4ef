"""Keyset pages: a cursor is the sort key of the last row shown, so page 1,000 costs what page 1 costs."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

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


def key_of(cursor: str, length: int) -> list[str | int | float | None]:
    """The sort key in a cursor; Trouble where it was not made here."""
    try:
        key = msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, msgspec.DecodeError):
        key = None
    if not isinstance(key, list) or len(key) != length or any("\x00" in part for part in key if isinstance(part, str)):
        raise Trouble("This page mark is not one of ours. Start from the first page.", code="bad-cursor")
    return key
