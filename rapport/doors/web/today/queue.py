"""Today as one value: groups by kind of care, and the person in focus."""

from __future__ import annotations

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rapport.care.making import room_of, week_of
from rapport.care.placed import Placed, Today
from rapport.care.seeing import eyes_of
from rapport.care.today import today_for
from rapport.interactions.import_progress import page_of_imports
from rapport.moments.rules import birthday
from rapport.moments.wording import care_title, headline
from rapport.people.models import Person
from rapport.people.splitting import called
from rapport.people.visible import visible_to

from ..addresses import with_query
from ..entering import Visit
from ..imports.progress import watched
from ..knowing import Known, known
from ..pages.imports import Progress
from ..pages.today import CareGroup, Outcome, QueueItem, TodayPage
from .focus import focus_on

LATEST = 3
OUTCOMES: dict[str, Outcome] = {"open": "waiting", "done": "done", "later": "later", "not-needed": "not_needed"}


def todays(visit: Visit) -> Today:
    """Whom the viewer is to care for."""
    viewer = visit.viewer
    return today_for(
        viewer.person_id,
        week_of(viewer),
        visit.now,
        as_of=visit.as_of is not None,
        room=room_of(viewer),
        sees=eyes_of(viewer),
    )


def today_page(visit: Visit, chosen: UUID | None) -> TodayPage:
    """The whole screen; `chosen` is a suggestion or, on a day looked back at, a person."""
    today = todays(visit)
    people = known(visit, {one.person_id for one in today.placed})
    placed = [one for one in today.placed if one.person_id in people]
    waiting = [one for one in placed if one.is_open]
    current = next((one for one in placed if chosen in (one.id, one.person_id)), waiting[0] if waiting else None)
    items = {one.person_id: _item(visit, one, people[one.person_id], one is current) for one in placed}
    around = [items[one.person_id] for one in waiting]
    return TodayPage(
        greeting=_greeting(visit),
        groups=_groups(placed, items),
        focus=focus_on(visit, current, items[current.person_id], around) if current else None,
        waiting=len(waiting),
        minutes=today.minutes,
        done=len(placed) - len(waiting),
        quiet=today.quiet,
        is_finished=today.is_finished,
        look_back_to=today.look_back_to,
        off_until=_off_until(visit, today) if today.is_day_off else "",
        has_birthday=any(one.rule == birthday.RULE and one.reason.kind != birthday.OVER for one in waiting),
        reading=_being_read(visit) if today.is_reading else None,
        has_people=bool(placed) or today.is_reading or visible_to(visit.viewer).filter(is_home=False).exists(),
    )


def _item(visit: Visit, one: Placed, person: Known, is_current: bool) -> QueueItem:
    as_of = visit.as_of.isoformat() if visit.as_of else None
    return QueueItem(
        id=str(one.id or one.person_id),
        address=f"/today/{one.id}" if one.id else with_query("/", as_of=as_of, person=str(one.person_id)),
        face=person.face,
        organization=person.organization,
        bond=person.bond,
        reason=headline(one.reason),
        minutes=one.minutes,
        outcome=OUTCOMES.get(one.state, "done"),
        at=visit.local(one.acted_at) if one.acted_at else None,
        is_current=is_current,
    )


def _groups(placed: list[Placed], items: dict[UUID, QueueItem]) -> tuple[CareGroup, ...]:
    """What waits by kind of care, and below it what was seen to."""
    cares = dict.fromkeys(one.care for one in placed if one.is_open)
    groups = [
        CareGroup(care_title(care), tuple(items[one.person_id] for one in placed if one.is_open and one.care == care))
        for care in cares
    ]
    settled = tuple(items[one.person_id] for one in placed if not one.is_open)
    return (*groups, CareGroup(_("Done today"), settled)) if settled else tuple(groups)


def _off_until(visit: Visit, today: Today) -> str:
    """The weekday on which the viewer works again."""
    return date_format(week_of(visit.viewer).working_day_from(today.day, 1), pgettext("a weekday", "l"))


def _being_read(visit: Visit) -> Progress | None:
    """The import at work that the viewer may watch, the latest of several."""
    found = (watched(visit, one, with_people=False) for one in page_of_imports(visit.viewer, limit=LATEST).rows)
    return next((one for one in found if one.state in ("waiting", "reading", "paused")), None)


def _greeting(visit: Visit) -> str:
    home = Person.objects.only("name").get(id=visit.viewer.person_id)
    name = {"name": called(home.name)}
    hour = visit.local(visit.now).hour
    if hour < 12:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % name
