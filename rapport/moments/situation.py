"""What is known about one pair at one moment: all that a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from rapport.kit.clock import kept_in, zone
from rapport.people.splitting import called
from rapport.relationships.engine.values import Standing

SHARED_KINDS: Final = ("meeting", "call", "visit", "event")  # nobody can be there alone
ACQUAINTED: Final = ("light", "steady", "strong", "close")  # strength words from which two people know each other


@dataclass(frozen=True, slots=True)
class Week:
    """Where somebody is and on which days they work (ISO weekdays, 1 is Monday)."""

    time_zone: str = "UTC"
    working_days: tuple[int, ...] = (1, 2, 3, 4, 5)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; UTC where its name is not known."""
        return zone(self.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The calendar day it is there."""
        return moment.astimezone(self.zone).date()

    def is_working(self, day: date) -> bool:
        """Whether this is a day of work; where none is named, every day is."""
        return not self.working_days or day.isoweekday() in self.working_days

    def working_day_from(self, day: date, step: int) -> date:
        """The nearest working day from this one on (step 1) or back (step -1), itself included."""
        days = (day + timedelta(days=step * far) for far in range(7))
        return next((one for one in days if self.is_working(one)), day)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday, whose year is often kept to oneself."""

    month: int
    day: int
    year: int | None = None

    def in_year(self, year: int) -> date:
        """The day it is kept in this year; 29 February on the 28th where there is none."""
        return kept_in(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Who:
    """The other person of the pair."""

    id: UUID
    name: str
    is_home: bool = False
    do_not_contact: bool = False
    birthday: Birthday | None = None

    @property
    def called(self) -> str:
        """What one calls them in a sentence."""
        return called(self.name)


@dataclass(frozen=True, slots=True)
class Talk:
    """One interaction of the pair. `quote` is in the words of who wrote it; by hand, in ours."""

    interaction_id: UUID
    at: datetime
    kind: str
    by_us: bool
    title: str = ""
    quote: str = ""
    minutes: int | None = None
    by_hand: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether both were there."""
        return self.kind in SHARED_KINDS


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What they asked last and nobody answered since."""

    interaction_id: UUID
    at: datetime
    sentence: str
    kind: str = "mail"
    thread_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FirstMeeting:
    """The first time the two met, without a word since."""

    interaction_id: UUID
    at: datetime
    kind: str = "meeting"
    title: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A pair now. `talks` is their latest contact, newest first, up to `now`; `next_meeting` is planned."""

    now: datetime
    week: Week
    person: Who
    standing: Standing | None = None
    talks: tuple[Talk, ...] = ()
    open_question: OpenQuestion | None = None
    first_meeting: FirstMeeting | None = None
    next_meeting: datetime | None = None

    @property
    def today(self) -> date:
        """The calendar day for whom this is looked at."""
        return self.week.day_of(self.now)

    @property
    def last_talk(self) -> Talk | None:
        """The latest contact of the two."""
        return self.talks[0] if self.talks else None

    @property
    def last_words(self) -> Talk | None:
        """The latest they said in writing that can be quoted."""
        return next((talk for talk in self.talks if talk.quote and not talk.by_us and not talk.by_hand), None)

    @property
    def unanswered(self) -> int:
        """On how many days in a row we wrote since anything came back."""
        days: set[date] = set()
        for talk in self.talks:
            if not talk.by_us or talk.is_shared:
                break
            days.add(self.week.day_of(talk.at))
        return len(days)

    @property
    def are_acquainted(self) -> bool:
        """Whether the two know each other, at least lightly."""
        return self.standing is not None and self.standing.known and self.standing.strength_word in ACQUAINTED
