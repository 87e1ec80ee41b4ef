"""Address books taken in as an import does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rapport.channels.sightings import Card
from rapport.interactions.cards import CardOutcome, Taking, ready_card


def take_in_cards(some: Sequence[Card], import_id: UUID | None, now: datetime) -> list[CardOutcome]:
    """The person of each card."""
    return Taking([ready_card(one) for one in some], import_id, now).all()
