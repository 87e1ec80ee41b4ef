"""The person in focus: why now, the proof in their words, ways in, how to reach them, and what is good to know."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from rapport.care.placed import Placed
from rapport.care.ways import Way
from rapport.care.wording import opening, source
from rapport.interactions.saying.wording import kind_label
from rapport.moments.rules import birthday
from rapport.moments.wording import headline
from rapport.people.opening import FactLine, PersonSheet, open_person
from rapport.people.wording import FACT_KINDS, birthday_in_words
from rapport.relationships.engine import wording
from rapport.relationships.reading import standing_of
from rapport.relationships.rhythm_weeks import weeks_of

from ..addresses import with_query
from ..dates import day_in_words, month_in_words
from ..directions import set_apart
from ..entering import Visit
from ..faces import rhythm_of
from ..pages.shell import Quote
from ..pages.today import Focus, QueueItem, WayIn
from ..reaching import reach_of

MOST_TO_KNOW = 4
SPEAKS_FOR_ITSELF = ("other", "name", "last_said")


def focus_on(visit: Visit, one: Placed, item: QueueItem, around: Sequence[QueueItem]) -> Focus:
    """Everything about one suggestion; `around` are those that wait, in order."""
    viewer = visit.viewer
    sheet = open_person(viewer, one.person_id)
    standing = standing_of(viewer.person_id, one.person_id, visit.now, visit.as_of is not None)
    weeks = weeks_of(viewer.person_id, [one.person_id], visit.now)[one.person_id]
    place = around.index(item) if item in around else 0
    since = standing.confidence.since
    return Focus(
        id=item.id,
        face=item.face,
        role=", ".join(set_apart(part) for part in (_title(sheet), item.organization) if part),
        person_id=str(one.person_id),
        person_address=with_query(f"/people/{one.person_id}", as_of=visit.as_of.isoformat() if visit.as_of else None),
        bond=item.bond,
        since=_("You have known each other since %(month)s") % {"month": month_in_words(visit, since)} if since else "",
        headline=headline(one.reason),
        quote=_quote(visit, one, item.face.called),
        proof=_proof(sheet, one),
        ways=tuple(
            WayIn(
                opening(way),
                _source(visit, sheet, way),
                f"/interactions/{way.interaction_id}" if way.interaction_id else None,
            )
            for way in one.ways
        ),
        reach=reach_of(sheet),
        lately=wording.rhythm_sentence(standing),
        rhythm=rhythm_of(weeks, standing),
        good_to_know=_good_to_know(visit, sheet, one),
        outcome=item.outcome,
        position=place + 1,
        of=max(len(around), 1),
        next_address=around[place + 1].address if place + 1 < len(around) else None,
        previous_address=around[place - 1].address if place > 0 else None,
    )


def _title(sheet: PersonSheet) -> str:
    return sheet.now_at.title if sheet.now_at else ""


def _source(visit: Visit, sheet: PersonSheet, way: Way) -> str:
    """Where a way in comes from; of a fact also what it is about: "Filter" alone does not say coffee."""
    fact = next((one for one in sheet.facts if one.id == way.fact_id), None)
    about = _about(fact) if fact else ""
    return " · ".join(part for part in (about, source(way, visit.now)) if part)


def _good_to_know(visit: Visit, sheet: PersonSheet, one: Placed) -> tuple[str, ...]:
    """What was known about them by then, but for what stands among the ways in already."""
    said = {way.fact_id for way in one.ways}
    known = [fact for fact in sheet.facts if fact.id not in said and fact.noted_at <= visit.now]
    return tuple(": ".join(part for part in (_about(fact), fact.value) if part) for fact in known)[:MOST_TO_KNOW]


def _about(fact: FactLine) -> str:
    return "" if fact.kind in SPEAKS_FOR_ITSELF or fact.kind not in FACT_KINDS else str(FACT_KINDS[fact.kind])


def _proof(sheet: PersonSheet, one: Placed) -> str:
    """A birthday rests on the day they were born, not on anything they said."""
    if one.rule != birthday.RULE or sheet.birthday is None:
        return ""
    return _("Birthday: %(day)s") % {"day": birthday_in_words(sheet.birthday)}


def _quote(visit: Visit, one: Placed, name: str) -> Quote | None:
    """Their own words, where there are any."""
    said = next((evidence for evidence in one.evidence if evidence.quote and not evidence.by_us), None)
    if said is None:
        return None
    where = {"name": name, "kind": kind_label(said.kind), "day": day_in_words(visit, said.at)}
    return Quote(said.quote, _("%(name)s · %(kind)s, %(day)s") % where, f"/interactions/{said.interaction_id}")
