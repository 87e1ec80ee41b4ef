"""Identifiers: UUIDv7, so that rows written together lie together."""

from __future__ import annotations

from uuid import UUID, uuid5

from uuid6 import uuid7

_NAMED = UUID("6f1c7d0e-7a0e-5f43-9a52-72617070f0a7")


def new_id() -> UUID:
    """A new identifier, ordered by time. A plain `UUID`: the database driver knows no other."""
    return UUID(int=uuid7().int)


def named_id(*parts: object) -> UUID:
    """Always the same identifier for the same parts."""
    return uuid5(_NAMED, "\x1f".join(str(part) for part in parts))


def as_id(text: object) -> UUID | None:
    """The identifier a text spells, or None."""
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None
