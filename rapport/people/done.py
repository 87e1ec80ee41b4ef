"""What every verb about a person answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Done:
    """Whom it was about, and the journal entry that undoes it."""

    person_id: UUID
    journal_id: UUID


@dataclass(frozen=True, slots=True)
class OrganizationDone:
    """Which organization it was about, and the journal entry that undoes it."""

    organization_id: UUID
    journal_id: UUID
