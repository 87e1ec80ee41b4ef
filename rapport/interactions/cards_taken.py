"""A batch of cards and whom they became, as what stands on them is added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from rapport.channels.sightings import Card
from rapport.people.reaching import Pair
from rapport.people.withdrawing import Kind, Said, withdrawn_of

Held = Sequence[tuple[UUID, Card]]  # cards and whom they became, in order
NEVER = datetime.min.replace(tzinfo=UTC)  # when a card was last seen to of which nobody said when


def as_stored(revised: datetime) -> datetime | None:
    """When a card was last seen to; None where nobody said."""
    return None if revised == NEVER else revised


@dataclass(frozen=True, slots=True)
class Taken:
    """Cards and whom they became; of these, who is new: of them nobody has said that anything is not so."""

    held: Held
    strangers: Collection[UUID]
    placed: Collection[Pair]  # who is at the organization of which address already
    places: Mapping[str, UUID]  # by domain: of all addresses that place somebody
    import_id: UUID | None
    now: datetime

    def unsaid(self, kind: Kind, people: Iterable[UUID]) -> set[Said]:
        """What is not so of these people."""
        return withdrawn_of(kind, {person for person in people if person not in self.strangers})
