"""Did somebody ask you something that nobody answered?"""

from __future__ import annotations

from datetime import timedelta

from rapport.moments.moment import Evidence, Moment, Reason, strength_share
from rapport.moments.situation import Situation

RULE = "question"
DAYS_OPEN = 45  # older questions have answered themselves


def look(situation: Situation) -> Moment | None:
    """A question put to us on an earlier day, still open. Cleared by any answer: a mail, a call, a meeting."""
    asked = situation.open_question
    if asked is None:
        return None
    days = (situation.today - situation.week.day_of(asked.at)).days
    if not 1 <= days <= DAYS_OPEN:
        return None
    return Moment(
        rule=RULE,
        key=f"question:{asked.interaction_id}",
        person_id=situation.person.id,
        care="answer",
        reason=Reason("question", {"days": days, "name": situation.person.called}),
        evidence=(Evidence(asked.interaction_id, asked.at, asked.kind, by_us=False, quote=asked.sentence),),
        best_before=asked.at + timedelta(days=DAYS_OPEN),
        minutes=6,
        weight=0.45 + 0.35 * strength_share(situation) + 0.2 * _freshness(days),
    )


def _freshness(days: int) -> float:
    """An answer is worth most while they still wait for it: 1 in the first week, 0 at the end."""
    return min(1.0, max(0.0, (DAYS_OPEN - days) / (DAYS_OPEN - 7)))
