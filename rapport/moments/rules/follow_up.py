"""Did you meet somebody for the first time, without a word since?"""

from __future__ import annotations

from datetime import timedelta

from rapport.moments.moment import Evidence, Moment, Reason
from rapport.moments.situation import Situation

RULE = "follow-up"
DAYS = 10  # after this it is no following up, it is writing to a stranger


def look(situation: Situation) -> Moment | None:
    """A first meeting one to ten days ago. Cleared by any contact since. Colleagues meet again anyway."""
    met = situation.first_meeting
    if met is None or situation.person.is_home:
        return None
    days = (situation.today - situation.week.day_of(met.at)).days
    if not 1 <= days <= DAYS:
        return None
    return Moment(
        rule=RULE,
        key=f"follow-up:{met.interaction_id}:{situation.person.id}",
        person_id=situation.person.id,
        care="follow-up",
        reason=Reason(_kind(met.kind), {"days": days, "name": situation.person.called, "title": met.title}),
        evidence=(Evidence(met.interaction_id, met.at, met.kind, by_us=True),),
        best_before=met.at + timedelta(days=DAYS),
        minutes=5,
        weight=0.65 + 0.02 * min(days, 5),
    )


def _kind(kind: str) -> str:
    return "first_call" if kind == "call" else "first_meeting"
