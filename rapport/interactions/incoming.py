"""What comes into a workspace at once, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from rapport.channels.sightings import Sighting


@dataclass(frozen=True, slots=True)
class Incoming:
    """A sighting, and the raw item it was read from."""

    sighting: Sighting
    raw_item: UUID | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose source it came from, and which import brought it."""

    source_id: UUID | None
    owner_id: UUID | None
    import_id: UUID | None
    home_people: tuple[UUID, ...] = ()  # who was there although no address says so: the calendar's owner
