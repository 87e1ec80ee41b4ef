"""What all rules say about everybody a home person knows, and who of them is chosen for a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from rapport.moments.moment import Moment, Passed
from rapport.moments.rulebook import moments_in
from rapport.moments.situation import Situation, Week
from rapport.moments.watching import in_touch_since, situations_of

from .models import Suggestion
from .placed import Placed
from .ranking import LIMIT, MINUTES, Chosen, Past, choose
from .rereading import facts_of
from .seeing import Sees, everybody, situation_seen
from .ways import ways_in

REMEMBERED = timedelta(days=120)  # how far back it is learnt from what was done, put off and not needed


@dataclass(frozen=True, slots=True)
class Room:
    """How much fits on a day: people, and minutes of care."""

    people: int = LIMIT
    minutes: int = MINUTES


@dataclass(frozen=True, slots=True)
class Found:
    """What all rules said at one moment, and the situations they looked at."""

    situations: dict[UUID, Situation]
    said: tuple[Moment | Passed, ...]

    @property
    def moments(self) -> dict[str, Moment]:
        """The moments that hold, by key."""
        return {one.key: one for one in self.said if isinstance(one, Moment)}

    @property
    def quiet(self) -> int:
        """How many people are well and wait for nothing."""
        spoken_of = {one.person_id for one in self.said}
        return sum(_is_well(one) for person, one in self.situations.items() if person not in spoken_of)


def look(
    home_person_id: UUID,
    week: Week,
    now: datetime,
    people: Collection[UUID] | None = None,
    as_of: bool = False,
    sees: Sees = everybody,
) -> Found:
    """Ask every rule about everybody (or these people) at one moment, as far as the reader of the list `sees`."""
    situations = [situation_seen(one, sees) for one in situations_of(home_person_id, week, now, people, as_of)]
    said = tuple(one for situation in situations for one in moments_in(situation))
    return Found({one.person.id: one for one in situations}, said)


def met_today(home_person_id: UUID, people: Collection[UUID], week: Week, now: datetime) -> set[UUID]:
    """With whom of these there was contact since the day began."""
    began = datetime.combine(week.day_of(now), time.min, week.zone)
    return in_touch_since(home_person_id, people, began, now) if people else set()


def choose_among(
    found: Found, home_person_id: UUID, week: Week, day: date, room: Room, placed: Collection[UUID] = ()
) -> Chosen:
    """The people for a day, beside those who stand on its list already."""
    return choose(
        found.said,
        _past(home_person_id, day, found.moments),
        day,
        datetime.combine(day, time.max, week.zone),
        not_to_contact={person for person, one in found.situations.items() if one.person.do_not_contact},
        placed=placed,
        limit=room.people,
        minutes=room.minutes,
    )


def place(chosen: Chosen, found: Found, now: datetime, first: int = 0, sees: Sees = everybody) -> list[Placed]:
    """The chosen with their ways in, ranked from `first` on."""
    facts = facts_of(now, people=[pick.moment.person_id for pick in chosen.picks if sees(pick.moment.person_id)])
    return [
        Placed(
            id=None,
            person_id=pick.moment.person_id,
            rank=first + position,
            moment=pick.moment.key,
            rule=pick.moment.rule,
            care=pick.moment.care,
            reason=pick.moment.reason,
            evidence=pick.moment.evidence,
            ways=ways_in(found.situations[pick.moment.person_id], pick.moment, facts.get(pick.moment.person_id, ())),
            minutes=pick.moment.minutes,
        )
        for position, pick in enumerate(chosen.picks)
    ]


def _past(home_person_id: UUID, day: date, keys: Collection[str]) -> Sequence[Past]:
    """What became of earlier suggestions: all of late, and these moments however long ago."""
    rows = Suggestion.objects.filter(Q(day__gte=day - REMEMBERED) | Q(moment__in=keys), home_person_id=home_person_id)
    fields = "moment", "rule", "person_id", "state", "day", "later_until"
    return [Past(*row) for row in rows.filter(day__lt=day).values_list(*fields)]


def _is_well(situation: Situation) -> bool:
    """Acquainted, in their usual rhythm and doing well."""
    standing = situation.standing
    return (
        standing is not None
        and situation.are_acquainted
        and standing.silence in ("none", "usual")
        and standing.tone == "doing_well"
        and not situation.person.is_home
    )
