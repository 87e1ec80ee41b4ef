"""Today: the few people to care for, one of them in focus, and why these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from .imports import Progress
from .shell import Bond, Face, Quote, Rhythm

Outcome = Literal["waiting", "done", "later", "not_needed"]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One person in the queue: who, why in one sentence, how many minutes."""

    id: str
    address: str  # /today/<id>
    face: Face
    organization: str
    bond: Bond
    reason: str
    minutes: int
    outcome: Outcome = "waiting"
    at: datetime | None = None  # when it was done or put off
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class CareGroup:
    """A kind of care and its people: Answer, Celebrate, Stay close, Follow up, Done today."""

    title: str
    items: tuple[QueueItem, ...]


@dataclass(frozen=True, slots=True)
class WayIn:
    """An opening line, where it comes from, and the page that shows it."""

    text: str
    source: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach them now: a mailto: or tel: link. `icon` is mail or phone."""

    icon: Literal["mail", "phone"]
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Focus:
    """The person in focus: the reason as a headline, the proof, the ways in, and how things stand."""

    id: str
    face: Face
    role: str  # "Head of Operations, Northwind Clinics"
    person_address: str
    bond: Bond
    since: str  # "You have known each other since March 2020"
    headline: str
    quote: Quote | None
    ways: tuple[WayIn, ...]
    reach: tuple[Reach, ...]
    lately: str
    rhythm: Rhythm | None
    good_to_know: tuple[str, ...]
    outcome: Outcome = "waiting"
    position: int = 1
    of: int = 1
    next_address: str | None = None
    previous_address: str | None = None
    person_id: str = ""
    proof: str = ""  # what the reason rests on, where that is no talk: a birthday


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The whole screen. Without groups nobody is needed today; `quiet` people are well and wait for nothing.

    `look_back_to` is the day of the newest contact, where all of it is long ago; `off_until` the next day of work;
    `has_birthday`: among those who wait is one whose birthday is not over.
    """

    greeting: str
    groups: tuple[CareGroup, ...]
    focus: Focus | None
    waiting: int
    minutes: int
    done: int
    quiet: int = 0
    is_finished: bool = False
    has_people: bool = True
    look_back_to: date | None = None
    off_until: str = ""
    has_birthday: bool = False
    reading: Progress | None = None  # an import is being read; without groups, Today is chosen when it is done


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that looked for people today: what it asks, how many it found and how many of them are shown."""

    title: str
    asks: str
    found: int
    shown: int


@dataclass(frozen=True, slots=True)
class Considered:
    """Somebody who was considered and left out, and why."""

    face: Face
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class WhyThesePage:
    """Why these people and not others."""

    rules: tuple[RuleLine, ...]
    left_out: tuple[Considered, ...]
    limit: int
