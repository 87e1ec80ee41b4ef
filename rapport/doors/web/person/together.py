"""What somebody would have once another is joined with them, in sentences. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.accounts.access import Viewer
from rapport.interactions.models import Participant
from rapport.people.birthdays import Birthday
from rapport.people.merging import taken_over
from rapport.people.models import Person
from rapport.people.opening import PersonSheet, open_person
from rapport.people.stations import Station
from rapport.people.wording import birthday_in_words

from ..reaching import shown


def together(viewer: Viewer, kept: Person, gone: Person) -> tuple[str, ...]:
    """Names, addresses and places of both, how much happened with them, and which of two birthdays holds."""
    one, other = open_person(viewer, kept.id), open_person(viewer, gone.id)
    return tuple(_sentences(kept, gone, one, other))


def _sentences(kept: Person, gone: Person, one: PersonSheet, other: PersonSheet) -> Iterator[str]:
    takes = taken_over(kept, gone)
    name = takes.get("name", kept.name)
    yield _called(name, kept.name if name == gone.name else gone.name)
    reached = list(dict.fromkeys(shown(line) for sheet in (one, other) for line in sheet.handles))
    if reached:
        yield _("Reached by %(them)s.") % {"them": ", ".join(reached)}
    places = list(dict.fromkeys(_place(place) for sheet in (one, other) for place in sheet.path))
    if places:
        yield _("At %(them)s, now or before.") % {"them": ", ".join(places)}
    tags = list(dict.fromkeys(tag.word for sheet in (one, other) for tag in sheet.tags))
    if tags:
        yield _("Tagged %(words)s.") % {"words": ", ".join(tags)}
    happened = _happened(kept.id, gone.id)
    yield ngettext(
        "%(n)d mail, meeting, talk or note of both.", "%(n)d mails, meetings, talks and notes of both.", happened
    ) % {"n": happened}
    facts = len({(fact.kind, fact.value) for sheet in (one, other) for fact in sheet.facts})
    if facts:
        yield ngettext("%(n)d thing noted about either.", "%(n)d things noted about either.", facts) % {"n": facts}
    yield from _born([sheet.birthday for sheet in (one, other) if sheet.birthday])


def _called(name: str, other: str) -> str:
    if name == other:
        return _("Called %(name)s.") % {"name": name}
    return _("Called %(name)s. %(other)s is found by this page, too.") % {"name": name, "other": other}


def _place(place: Station) -> str:
    """ "Aurora Physio (Head of administration)" """
    return f"{place.organization} ({place.title})" if place.title else place.organization


def _born(birthdays: Sequence[Birthday]) -> Iterator[str]:
    """The birthday they have, the first of them where there are two."""
    if not birthdays:
        return
    kept, *others = map(birthday_in_words, dict.fromkeys(birthdays))
    if others:
        yield _("Two birthdays are known: %(kept)s holds, not %(other)s.") % {"kept": kept, "other": others[0]}
    else:
        yield _("Birthday: %(day)s.") % {"day": kept}


def _happened(kept_id: UUID, gone_id: UUID) -> int:
    parts = Participant.objects.filter(person_id__in=(kept_id, gone_id))  # whoever may join may know of all of it
    return parts.values("interaction_id").distinct().count()
