"""What stands on a Today: a person, why, on what evidence, where to start, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from rapport.moments.moment import Evidence, Reason

from .ranking import CARES, LeftOut
from .ways import Way


@dataclass(frozen=True, slots=True)
class Placed:
    """A suggestion as it is shown. `state` is open, done, later, not-needed, or cleared: it settled itself.

    `id` is None on a day looked back at (`--as-of`): nothing can be done about it.
    """

    id: UUID | None
    person_id: UUID
    rank: int
    moment: str
    rule: str
    care: str
    reason: Reason
    evidence: tuple[Evidence, ...]
    ways: tuple[Way, ...]
    minutes: int
    state: str = "open"
    acted_at: datetime | None = None
    later_until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for something to be done."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class Today:
    """A home person's day. `quiet` people are well and wait for nothing; `is_reading`: an import is at work first.

    `look_back_to` is the day of the newest contact, where nobody is on the list and all contact is long ago.
    """

    day: date
    placed: tuple[Placed, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    quiet: int = 0
    found: dict[str, int] = field(default_factory=dict)
    is_reading: bool = False
    is_day_off: bool = False
    look_back_to: date | None = None

    @property
    def waiting(self) -> tuple[Placed, ...]:
        """What is still open, in the order of the page."""
        return tuple(one for one in self.placed if one.is_open)

    @property
    def settled(self) -> tuple[Placed, ...]:
        """What was acted on or settled itself today."""
        return tuple(one for one in self.placed if not one.is_open)

    @property
    def minutes(self) -> int:
        """About how long the rest of it takes."""
        return sum(one.minutes for one in self.waiting)

    @property
    def is_finished(self) -> bool:
        """Whether somebody was on it and everybody is seen to."""
        return bool(self.placed) and not self.waiting


def in_page_order(placed: list[Placed]) -> tuple[Placed, ...]:
    """By kind of care, then by rank: the order of the page, the API and the terminal."""
    return tuple(sorted(placed, key=lambda one: (CARES.index(one.care), one.rank)))
