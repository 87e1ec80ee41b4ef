"""By whom, through which door and when something is done: what every verb of a room is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from . import journal
from .access import Right, Viewer, require

Door = Literal["web", "api", "cli", "worker"]


@dataclass(frozen=True, slots=True)
class By:
    """Who acts."""

    viewer: Viewer
    door: Door
    now: datetime

    def may(self, right: Right) -> None:
        """Raise NotAllowed where they may not."""
        require(self.viewer, right)

    def note(
        self,
        verb: str,
        *,
        subject_id: UUID | None = None,
        subject_name: str = "",
        values: dict[str, Any] | None = None,
        way_back: dict[str, Any] | None = None,
    ) -> UUID:
        """Write it into the journal; the entry's id undoes it."""
        return journal.note(
            self.viewer,
            self.door,
            verb,
            self.now,
            subject_id=subject_id,
            subject_name=subject_name,
            values=values,
            way_back=way_back,
        )
