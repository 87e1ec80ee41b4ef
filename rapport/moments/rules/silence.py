"""Is somebody quieter than your own rhythm with them?"""

from __future__ import annotations

from rapport.moments.moment import Moment, Passed, Reason, Values, latest_evidence, strength_share
from rapport.moments.situation import Situation

RULE = "silence"
QUIET_GAPS = 1.75  # typical gaps of the pair after which a silence is remarked
QUIET_DAYS = 7  # below this nobody is quiet, however often the two usually talk
FROM_DAYS = 4  # contact-days from which a rhythm is believed
LET_REST_GAPS = 12  # a silence this long, and over a year, is no pause any more: it is for another day
LET_REST_DAYS = 365
TWICE = 2  # days we wrote without a word back: once more would be clinging


def look(situation: Situation) -> Moment | Passed | None:
    """A silence beyond the pair's rhythm; left alone where we wrote twice in vain or will meet soon anyway."""
    standing, last = situation.standing, situation.last_talk
    if standing is None or last is None or situation.person.is_home or not situation.are_acquainted:
        return None
    gap, silent = standing.rhythm_days, standing.days_silent
    if gap is None or silent is None or standing.confidence.days < FROM_DAYS or not _is_quiet(silent, gap):
        return None
    days = (situation.today - situation.week.day_of(last.at)).days  # as they are counted beside it
    values: Values = {"days": days, "gap": round(gap, 1), "name": situation.person.called}
    if situation.unanswered >= TWICE:
        return Passed(RULE, situation.person.id, Reason("clinging", values))
    if situation.next_meeting is not None:
        until = (situation.week.day_of(situation.next_meeting) - situation.today).days
        return Passed(RULE, situation.person.id, Reason("meeting_planned", {**values, "days": until}))
    return Moment(
        rule=RULE,
        key=f"silence:{situation.person.id}:{situation.week.day_of(last.at).isoformat()}",
        person_id=situation.person.id,
        care="stay-close",
        reason=Reason("silence", values),
        evidence=latest_evidence(situation),
        best_before=None,
        minutes=10 if last.is_shared else 5,
        weight=_weight(situation, silent / gap),
    )


def _is_quiet(silent: float, gap: float) -> bool:
    """Longer than usual, and not so long that the two have parted."""
    return max(QUIET_DAYS, QUIET_GAPS * gap) < silent <= max(LET_REST_DAYS, LET_REST_GAPS * gap)


def _weight(situation: Situation, gaps: float) -> float:
    """Strong and cooling first: most is lost there. A longer silence weighs a little more."""
    cooling = situation.standing is not None and situation.standing.trend_word == "cooling"
    return 0.2 + 0.55 * strength_share(situation) + (0.15 if cooling else 0) + 0.02 * min(gaps, 5)
