"""What happened, as timelines tell it: a headline, an aside, an icon, by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.interactions.entries import Entry
from rapport.interactions.saying.wording import kind_label

from .directions import set_apart
from .entering import Visit
from .pages.person import Moment, Month

ICONS = {
    "mail": "mail",
    "meeting": "calendar",
    "call": "phone",
    "visit": "map-pin",
    "chat": "message-circle",
    "letter": "mail-open",
    "card": "mail-open",
    "gift": "gift",
    "social": "share-2",
    "form": "clipboard-list",
    "purchase": "shopping-bag",
    "event": "ticket",
    "note": "sticky-note",
}
MOST_NAMED = 2


def icon_of(kind: str) -> str:
    """The icon of a kind of interaction."""
    return ICONS.get(kind, "sticky-note")


def moment_of(visit: Visit, entry: Entry, about: UUID | None) -> Moment:
    """One interaction as the timeline of somebody (`about`) shows it."""
    return Moment(
        address=f"/interactions/{entry.id}",
        at=visit.local(entry.at),
        icon=icon_of(entry.kind),
        headline=entry.title or _what(visit, entry),
        aside=_aside(visit, entry, about),
        text="" if entry.excerpt == entry.title else entry.excerpt,
        quote=entry.question if entry.by == "them" and entry.question not in entry.excerpt else "",
        by=entry.by,
        is_private=entry.is_private,
        has_time=not entry.all_day,
    )


def months_of(visit: Visit, entries: Iterable[Entry], about: UUID) -> tuple[Month, ...]:
    """Interactions of somebody by the month they fell into, in the order given; what is planned apart."""
    moments = (moment_of(visit, entry, about) for entry in entries)
    by_month = groupby(moments, key=lambda one: (one.at > visit.now, date(one.at.year, one.at.month, 1)))
    return tuple(Month(starts, tuple(found), is_planned) for (is_planned, starts), found in by_month)


def _aside(visit: Visit, entry: Entry, about: UUID | None) -> str:
    said = aside_of(entry.minutes, entry.count_in_thread, entry.is_cancelled)
    return ", ".join(part for part in (_author(visit, entry, about), said) if part)


def _author(visit: Visit, entry: Entry, about: UUID | None) -> str:
    """Who wrote, unless it is whose timeline this is: in a list or among many it may be anybody."""
    author = next(((person, name) for person, name, part in entry.participants if part == "from"), None)
    if author is None or author[0] == about:
        return ""
    if author[0] == visit.viewer.person_id:
        return _("from you")
    return _("from %(name)s") % {"name": set_apart(author[1])}


def aside_of(minutes: int | None, in_thread: int = 1, is_cancelled: bool = False) -> str:
    """How long it took, how much there is of it, and whether it took place."""
    parts = []
    if minutes:
        parts.append(_length(minutes))
    if in_thread > 1:
        parts.append(ngettext("%(n)d message", "%(n)d messages", in_thread) % {"n": in_thread})
    if is_cancelled:
        parts.append(_("cancelled"))
    return ", ".join(parts)


def names_of(visit: Visit, people: Iterable[tuple[UUID, str]]) -> str:
    """Several people in a sentence; the viewer is "you"."""
    names = [_("you") if person == visit.viewer.person_id else name for person, name in people]
    if len(names) > MOST_NAMED + 1:
        more = len(names) - MOST_NAMED
        names = [*names[:MOST_NAMED], ngettext("%(n)d more", "%(n)d more", more) % {"n": more}]
    return get_text_list(names, _("and"))


def _what(visit: Visit, entry: Entry) -> str:
    """ "Call: you and Priya", where nothing gives it a title."""
    who = names_of(visit, [(person, name) for person, name, _part in entry.participants])
    return _("%(kind)s: %(who)s") % {"kind": kind_label(entry.kind), "who": who} if who else kind_label(entry.kind)


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    said = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return said if not rest else f"{said} {_length(rest)}"
