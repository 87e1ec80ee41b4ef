"""Whom an address belongs to: pure. An exact handle decides; names alone never join two people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from rapport.kit.phones import at_home

from .naming import best_name

HandleKey = tuple[str, str]  # kind, normalised value
CARD = "card"  # the kind of handle a card without addresses gets: never shown, only for meeting it again


def as_kept_before(key: HandleKey) -> HandleKey | None:
    """How a telephone number was kept while its country was not known; None of all else."""
    kind, value = key
    dialled = at_home(value) if kind == "phone" and value.startswith("+") else ""
    return (kind, dialled) if dialled else None


@dataclass(frozen=True, slots=True)
class Named:
    """An address with the best name it was seen with."""

    kind: str
    value: str
    name: str
    rank: int

    @property
    def key(self) -> HandleKey:
        """What makes two sightings of an address the same."""
        return self.kind, self.value


def best_named(seen: Iterable[tuple[str, str, str]]) -> dict[HandleKey, Named]:
    """Addresses (kind, value, name as written) joined: one each, with its best and then longest name."""
    best: dict[HandleKey, Named] = {}
    for kind, value, written in seen:
        name, rank = best_name(written, value)
        one = Named(kind, value, name, rank)
        before = best.get(one.key)
        if before is None or (rank, len(name), name) > (before.rank, len(before.name), before.name):
            best[one.key] = one
    return best


def owner_of(handles: Iterable[HandleKey], known: Mapping[HandleKey, UUID]) -> tuple[UUID | None, tuple[UUID, ...]]:
    """The person these handles of one card belong to, and others they also point at (never joined silently)."""
    found = list(dict.fromkeys(known[key] for key in handles if key in known))
    return (found[0], tuple(found[1:])) if found else (None, ())
