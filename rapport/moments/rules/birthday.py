"""Is it somebody's birthday, today or on a day off around today?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from rapport.moments.moment import Moment, Reason, strength_share
from rapport.moments.situation import Birthday, Situation, Week

RULE = "birthday"
OVER = "birthday_past"  # the reason once the day itself is over
GIVEN_FOR_IT = ("card", "gift")  # sent ahead, to be there on the day


def look(situation: Situation) -> Moment | None:
    """From the last working day before a birthday on a day off until the first after; cleared by being in touch.

    Before the day itself everyday contact says nothing of it, whatever was said there: only a card or a gift clears it.
    """
    birthday = situation.person.birthday
    if birthday is None or not situation.are_acquainted:
        return None
    kept = _kept_around(birthday, situation.today, situation.week)
    if kept is None or _was_congratulated(situation, kept):
        return None
    return Moment(
        rule=RULE,
        key=f"birthday:{situation.person.id}:{kept.year}",
        person_id=situation.person.id,
        care="celebrate",
        reason=_reason(situation, kept),
        evidence=(),  # the birthday itself: it stands on the person
        best_before=_end_of(situation.week.working_day_from(kept, 1), situation.week),
        minutes=3,
        weight=0.5 + 0.5 * strength_share(situation),
    )


def _kept_around(birthday: Birthday, today: date, week: Week) -> date | None:
    """The birthday whose working days reach to today."""
    for year in (today.year - 1, today.year, today.year + 1):
        kept = birthday.in_year(year)
        if week.working_day_from(kept, -1) <= today <= week.working_day_from(kept, 1):
            return kept
    return None


def _was_congratulated(situation: Situation, kept: date) -> bool:
    """Whether we wrote or met them on the day or since, or sent a card or a gift on the last working day before."""
    eve = situation.week.working_day_from(kept, -1)
    for talk in situation.talks:
        day = situation.week.day_of(talk.at)
        if day >= kept and (talk.by_us or talk.is_shared):
            return True
        if eve <= day < kept and talk.by_us and talk.kind in GIVEN_FOR_IT:
            return True
    return False


def _reason(situation: Situation, kept: date) -> Reason:
    days = (kept - situation.today).days
    kind = "birthday" if days == 0 else "birthday_ahead" if days > 0 else OVER
    return Reason(kind, {"name": situation.person.called, "days": abs(days), "weekday": kept.isoweekday()})


def _end_of(day: date, week: Week) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, week.zone)
