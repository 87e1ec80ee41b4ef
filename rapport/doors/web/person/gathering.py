"""The page of a person as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.accounts.access import may
from rapport.interactions.timeline import began_at, count, timeline
from rapport.kit import clock
from rapport.people.opening import PersonSheet, open_person
from rapport.people.splitting import called
from rapport.people.visible import sees_whole
from rapport.relationships.engine import wording
from rapport.relationships.engine.standing import Standing
from rapport.relationships.reading import standing_of
from rapport.relationships.rhythm_weeks import weeks_of
from rapport.relationships.unscored import is_not_scored
from rapport.relationships.who_knows import Acquaintance as Known
from rapport.relationships.who_knows import best_of, colleagues_of

from ..addresses import with_query
from ..asked_of_us import wish_lines
from ..dates import day_in_words, month_in_words
from ..directions import set_apart
from ..entering import Visit
from ..faces import bond_of, face_of, rhythm_of
from ..pages.person import Acquaintance, Month, PersonEdit, PersonPage
from ..pages.shell import Choice
from ..reaching import reach_of
from ..telling_moments import months_of
from .explaining import strength_of, vitality_of
from .facing import face_lines
from .noting import notes_about

SHOWN: dict[str, tuple[str, ...]] = {
    "": (),
    "talks": ("meeting", "call", "visit", "event", "chat"),
    "mail": ("mail", "letter", "card"),
    "notes": ("note",),
    "files": (),
}
MOST_ACQUAINTANCES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the page: which part of the timeline, from where."""

    show: str = ""
    before: str | None = None


def person_page(visit: Visit, person_id: UUID, asked: Asked, edit: PersonEdit | None = None) -> PersonPage:
    """Who they are, how things stand, what happened, what we know."""
    viewer, as_of = visit.viewer, visit.as_of.isoformat() if visit.as_of else None
    sheet = open_person(viewer, person_id)
    is_viewer = sheet.id == viewer.person_id
    standing = standing_of(viewer.person_id, sheet.id, visit.now, visit.as_of is not None)
    weeks = [] if is_viewer or sheet.do_not_score else weeks_of(viewer.person_id, [sheet.id], visit.now)[sheet.id]
    address, why = f"/people/{sheet.id}", f"/people/{sheet.id}/why"
    lines = face_lines(visit, sheet, standing, may(viewer, "write"))
    known_to = _known_to(visit, sheet)
    happened = _happened(visit, sheet.id, address, asked)
    return PersonPage(
        id=str(sheet.id),
        address=address,
        face=face_of(sheet.id, sheet.name, sheet.portrait),
        said_as=sheet.said,
        title=sheet.now_at.title if sheet.now_at else "",
        organization=sheet.now_at.organization if sheet.now_at else "",
        organization_address=f"/organizations/{sheet.now_at.organization_id}" if sheet.now_at else None,
        local_time=_local_time(visit, sheet),
        whose=_whose(standing, known_to),
        bond=bond_of(standing),
        bond_sentence=_sentence(standing),
        strength=None if is_viewer else strength_of(standing, why, as_of),
        vitality=None if is_viewer else vitality_of(standing, why, as_of),
        rhythm=rhythm_of(weeks, standing),
        months=happened.months,
        moment_filters=_filters(address, asked, as_of),
        moments_total=happened.total,
        earlier_address=happened.earlier,
        earlier_label=_("Earlier"),
        facts=lines.facts,
        handles=lines.handles,
        reach=() if is_viewer else reach_of(sheet),
        path=lines.path,
        acquaintances=_acquaintances(visit, known_to, standing),
        acquaintances_more=_more(len(known_to[MOST_ACQUAINTANCES:])),
        tags=lines.tags,
        notes=notes_about(visit, sheet.id),
        merged=lines.merged,
        edit=edit or lines.edit,
        fact_kinds=lines.fact_kinds,
        is_colleague=sheet.is_home,
        is_viewer=is_viewer,
        may_write=may(viewer, "write"),
        wishes=wish_lines(visit, sheet.wishes),
        is_whole=sees_whole(viewer, sheet.id),
    )


@dataclass(frozen=True, slots=True)
class _Happened:
    months: tuple[Month, ...]
    total: str
    earlier: str | None


def _happened(visit: Visit, person_id: UUID, address: str, asked: Asked) -> _Happened:
    kinds, until = SHOWN.get(asked.show, ()), visit.now if visit.as_of else None
    files = asked.show == "files"
    found = timeline(visit.viewer, person_id, kinds=kinds, with_files=files, cursor=asked.before, as_of=until)
    many = count(visit.viewer, person_id, kinds=kinds, with_files=files, as_of=until)
    total = ngettext("%(n)d moment", "%(n)d moments", many) % {"n": many} if many else ""
    since = began_at(visit.viewer, person_id, until) if many and not (kinds or files) else None
    if since:
        total = _("%(moments)s since %(month)s") % {"moments": total, "month": month_in_words(visit, since)}
    as_of = visit.as_of.isoformat() if visit.as_of else None
    earlier = with_query(address, show=asked.show, before=found.next, as_of=as_of) if found.next else None
    return _Happened(months_of(visit, found.rows, person_id), total, earlier)


def _filters(address: str, asked: Asked, as_of: str | None) -> tuple[Choice, ...]:
    words = {"": _("Everything"), "talks": _("Talks"), "mail": _("Mail"), "notes": _("Notes"), "files": _("With files")}
    return tuple(
        Choice(show, words[show], show == asked.show, with_query(address, show=show, as_of=as_of)) for show in SHOWN
    )


def _known_to(visit: Visit, sheet: PersonSheet) -> tuple[Known, ...]:
    """Colleagues who know them too, the best to introduce first; of an earlier day that is not told, nor to a guest."""
    if visit.as_of is not None or sheet.is_home or visit.viewer.is_guest:
        return ()
    return colleagues_of(visit.viewer, sheet.id, visit.now)


def _acquaintances(visit: Visit, found: Sequence[Known], standing: Standing) -> tuple[Acquaintance, ...]:
    best = best_of(found, standing)
    return tuple(
        Acquaintance(
            face=face_of(one.id, one.name, one.portrait),
            note=_last(visit, one.last_at),
            bond=bond_of(one.standing),
            address=f"/people/{one.id}",
            is_best=one is best,
        )
        for one in found[:MOST_ACQUAINTANCES]
    )


def _last(visit: Visit, last_at: datetime | None) -> str:
    return _("last in touch %(day)s") % {"day": day_in_words(visit, last_at)} if last_at else ""


def _whose(standing: Standing, others: Sequence[Known]) -> str:
    """Of the same people as the card of who else knows them: two by name, and how many more."""
    names = [set_apart(called(one.name)) for one in others[:2]]
    if standing.known:
        names.insert(0, _("you"))
    if more := _more(len(others[2:])):
        names.append(more)
    return _("Known to %(names)s") % {"names": get_text_list(names, _("and"))} if names else ""


def _more(count: int) -> str:
    return ngettext("%(n)d more", "%(n)d more", count) % {"n": count} if count else ""


def _sentence(standing: Standing) -> str:
    if is_not_scored(standing):
        return _("They asked not to be scored, so nothing is reckoned and nothing suggested. What happened is below.")
    if not standing.known:
        return _("Nothing has passed between you yet.")
    said = wording.rhythm_sentence(standing), wording.balance_sentence(standing.balance)
    return " ".join(part for part in said if part)


def _local_time(visit: Visit, sheet: PersonSheet) -> str:
    if not sheet.time_zone or visit.as_of is not None:
        return ""
    there = visit.now.astimezone(clock.zone(sheet.time_zone))
    place = sheet.time_zone.rpartition("/")[2].replace("_", " ")
    return _("%(time)s in %(place)s") % {"time": there.strftime("%H:%M"), "place": place}
