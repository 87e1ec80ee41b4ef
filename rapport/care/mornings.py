"""Mornings: each member's list is made at the start of their day, and completed when more history came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.models import Membership
from rapport.accounts.rows import current_workspace
from rapport.moments.situation import Week

from .days import lists_of
from .making import make_today, room_of, week_of
from .seeing import eyes_of

AT_LEAST_EVERY = timedelta(days=1)  # where nobody is a member yet


def members() -> list[Viewer]:
    """Everybody who may open Today in the current workspace."""
    current = Membership.objects.filter(workspace_id=current_workspace(), ended_at=None, person_id__isnull=False)
    return [viewer_of(one) for one in current.select_related("user", "workspace").order_by("joined_at")]


def waiting_for_theirs(everybody: Iterable[Viewer], now: datetime) -> list[Viewer]:
    """Of these members, those whose list of the day is to be made or completed."""
    by_home = {one.person_id: one for one in everybody}
    lists = lists_of({home: week_of(one).day_of(now) for home, one in by_home.items()}, now)
    return [one for home, one in by_home.items() if lists[home].wants_making]


def make_for(member: Viewer, now: datetime) -> bool:
    """Make or complete a member's list of the day; whether there was anything to do."""
    return make_today(member.person_id, week_of(member), now, room_of(member), eyes_of(member))


def next_morning(everybody: Iterable[Viewer], now: datetime) -> datetime:
    """When the next day begins for any of them."""
    return min((_begins(week_of(one), now) for one in everybody), default=now + AT_LEAST_EVERY)


def _begins(week: Week, now: datetime) -> datetime:
    """The first moment of the next day there. In some places the clock skips midnight: then it is an hour later."""
    begins = datetime.combine(week.day_of(now) + timedelta(days=1), time.min, week.zone)
    return max(begins, now + timedelta(minutes=1))
