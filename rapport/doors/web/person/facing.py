"""The lines of a person's page: facts, addresses, path, tags, merges, and the edit form filled in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from rapport.people.opening import FactLine as Fact
from rapport.people.opening import HandleLine as Handle
from rapport.people.opening import PersonSheet, SharedLine
from rapport.people.splitting import as_in_name
from rapport.people.stations import Station as Place
from rapport.people.wording import FACT_KINDS, birthday_in_words, learnt_words
from rapport.relationships.engine.standing import Standing

from ..addresses import with_query
from ..dates import day_in_words
from ..directions import set_apart
from ..entering import Visit
from ..pages.person import FactLine, HandleLine, Merged, PersonEdit, Station, TagLine
from ..pages.shell import Choice, Field
from ..reaching import href_of, shown

FACT_ICONS = {
    "family": "house", "way": "smile", "interest": "star", "date": "calendar", "language": "globe", "thanks": "heart",
    "coffee": "coffee", "name": "volume-2", "work": "briefcase", "last_said": "message-circle", "other": "sticky-note",
}  # fmt: skip
SOON = 30  # days in which a birthday is counted down
HANDLE_ICONS = {"email": "mail", "phone": "phone"}


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything beside the story of a person."""

    facts: tuple[FactLine, ...]
    handles: tuple[HandleLine, ...]
    path: tuple[Station, ...]
    tags: tuple[TagLine, ...]
    merged: tuple[Merged, ...]
    edit: PersonEdit
    fact_kinds: tuple[Choice, ...]


def face_lines(visit: Visit, sheet: PersonSheet, standing: Standing, may_write: bool) -> Lines:
    """The lines for this viewer; who may not write gets no buttons."""
    address = f"/people/{sheet.id}"
    return Lines(
        facts=(*_birthday(visit, sheet), *(_fact(visit, one, address, may_write) for one in sheet.facts)),
        handles=(
            *(
                _handle(visit, one, address, may_write, sheet.do_not_contact)
                for one in sorted(sheet.handles, key=lambda one: one.bounced_at is not None)
            ),
            *(_shared(one, sheet.do_not_contact) for one in sheet.shared),
        ),
        path=tuple(_station(visit, one, standing, address if may_write else None) for one in sheet.path),
        tags=tuple(
            TagLine(
                one.word,
                with_query("/people", tag=one.word),
                f"{address}/tags/{quote(one.word, safe='')}/remove" if may_write else None,
            )
            for one in sheet.tags
        ),
        merged=tuple(
            Merged(one.name, visit.local(one.at), f"{address}/unmerge/{one.merge_id}") for one in sheet.merges
        ),
        edit=edit_form(sheet),
        fact_kinds=tuple(Choice(kind, str(words)) for kind, words in FACT_KINDS.items()),
    )


def edit_form(sheet: PersonSheet) -> PersonEdit:
    """The edit form as things are."""
    here = sheet.now_at
    return PersonEdit(
        name=Field(sheet.name),
        said_as=Field(sheet.said),
        listed_as=Field(as_in_name(sheet.listed_as, sheet.name)),
        listed_now=as_in_name(sheet.listed_by, sheet.name),
        title=Field(here.title if here else ""),
        organization=Field(here.organization if here else ""),
        email=Field(),
        phone=Field(),
        birthday=Field(birthday_in_words(sheet.birthday) if sheet.birthday else ""),
    )


def _birthday(visit: Visit, sheet: PersonSheet) -> tuple[FactLine, ...]:
    """Their birthday, and when it is where that is soon."""
    if sheet.birthday is None:
        return ()
    days = sheet.birthday.days_from(visit.local(visit.now).date())
    soon = (_("today"), _("tomorrow"))[days] if days < 2 else _("in %(n)d days") % {"n": days}
    said = _("Birthday, %(soon)s") % {"soon": soon} if days <= SOON else _("Birthday")
    return (FactLine(icon="cake", text=birthday_in_words(sheet.birthday), source=said),)


def _fact(visit: Visit, fact: Fact, address: str, may_write: bool) -> FactLine:
    return FactLine(
        icon=FACT_ICONS.get(fact.kind, FACT_ICONS["other"]),
        text=fact.value,
        source=_source(visit, fact),
        remove_address=f"{address}/facts/{fact.id}/remove" if may_write else None,
    )


def _source(visit: Visit, fact: Fact) -> str:
    values = {"how": learnt_words(fact.learnt), "who": fact.noted_by, "day": day_in_words(visit, fact.noted_at)}
    return (_("%(how)s, noted by %(who)s on %(day)s") if fact.noted_by else _("%(how)s, noted on %(day)s")) % values


def _handle(visit: Visit, handle: Handle, address: str, may_write: bool, is_left_alone: bool) -> HandleLine:
    bounced = handle.bounced_at and day_in_words(visit, handle.bounced_at)
    return HandleLine(
        icon=HANDLE_ICONS.get(handle.kind, "at-sign"),
        value=shown(handle),
        href=None if is_left_alone else href_of(handle) or None,
        note=_("mail came back on %(day)s") % {"day": bounced}
        if bounced
        else _("others answer it too")
        if handle.is_shared
        else "",
        remove_address=f"{address}/handles/{handle.id}/remove" if may_write else None,
    )


def _shared(shared: SharedLine, is_left_alone: bool) -> HandleLine:
    said = _("reaches %(name)s too; mail through it is told with them") % {"name": set_apart(shared.name)}
    return HandleLine(
        icon=HANDLE_ICONS["email"],
        value=shared.address,
        href=None if is_left_alone else f"mailto:{quote(shared.address, safe='@+')}",
        note=said if shared.name else "",
    )


def _station(visit: Visit, place: Place, standing: Standing, address: str | None) -> Station:
    since, until = (str(day.year) if day else "" for day in (place.since, place.until))
    met = standing.confidence.since
    return Station(
        title=place.title,
        organization=place.organization,
        span=f"{since} – {until or _('now')}"
        if since
        else _("until %(year)s") % {"year": until}
        if until
        else _("now"),
        is_current=place.until is None,
        knew_them=met is not None and (place.until is None or met.date() <= place.until),
        organization_address=f"/organizations/{place.organization_id}",
        remove_address=f"{address}/places/{place.id}/remove" if address and not place.is_home else None,
    )
