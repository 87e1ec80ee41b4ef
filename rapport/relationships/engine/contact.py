"""Contact: one event between two people, the only thing the engine is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """One event of a pair: when (aware, UTC), who began it, its kind, weight and length, how many were there.

    Of what a third person called together neither of the two began it, whatever `by_us` says.
    """

    at: datetime
    by_us: bool
    kind: str
    weight: float = 1.0
    ref: str = ""
    duration_minutes: int | None = None
    group_size: int = 2
    by_neither: bool = False
