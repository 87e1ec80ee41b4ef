"""Why these people: what each rule asked and found, and who was left for another day."""

from __future__ import annotations

from collections import Counter

from rapport.care.wording import why_left_out
from rapport.moments.rulebook import RULES
from rapport.moments.wording import rule_question, rule_title

from ..entering import Visit
from ..knowing import known
from ..pages.today import Considered, RuleLine, WhyThesePage
from .queue import todays


def why_these_page(visit: Visit) -> WhyThesePage:
    """The choice of the day, laid open."""
    today = todays(visit)
    shown = Counter(one.rule for one in today.placed)
    people = known(visit, {one.person_id for one in today.left_out})
    return WhyThesePage(
        rules=tuple(
            RuleLine(rule_title(rule), rule_question(rule), today.found.get(rule, 0), shown[rule]) for rule in RULES
        ),
        left_out=tuple(
            Considered(who.face, who.address, why_left_out(one.reason, who.face.name))
            for one in today.left_out
            if (who := people.get(one.person_id))
        ),
        limit=max(visit.viewer.per_day, len(today.placed)),  # of the day: what was set since holds from tomorrow
    )
