"""Rows: the summands that explain a figure, and the contacts each rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rapport.relationships.engine.contact import Contact


@dataclass(frozen=True, slots=True)
class Selector:
    """The contacts a row rests on: after `since`, up to `until`; by us, them or either (None); of `kinds`, or all."""

    since: datetime | None = None
    until: datetime | None = None
    by_us: bool | None = None
    kinds: tuple[str, ...] = ()

    def takes(self, contact: Contact) -> bool:
        """Whether this contact is part of the evidence."""
        return (
            (self.since is None or contact.at > self.since)
            and (self.until is None or contact.at <= self.until)
            and (self.by_us is None or contact.by_us == self.by_us)
            and (not self.kinds or contact.kind in self.kinds)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One summand of a shown figure: whole `points` of it, and for vitality the exact `log_odds`."""

    kind: str
    points: int
    values: dict[str, float | int | None] = field(default_factory=dict)
    evidence: Selector = Selector()
    log_odds: float | None = None
