"""The notes about a person, each with who wrote it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import is_theirs, may
from rapport.interactions.models import Message
from rapport.interactions.notes import NOTE
from rapport.interactions.timeline import timeline
from rapport.interactions.visible import visible_to
from rapport.people.members import member_name

from ..entering import Visit
from ..pages.person import NoteLine

MOST_NOTES = 20


def notes_about(visit: Visit, person_id: UUID) -> tuple[NoteLine, ...]:
    """The latest notes about them, newest first."""
    until = visit.now if visit.as_of else None
    found = timeline(visit.viewer, person_id, kinds=[NOTE], limit=MOST_NOTES, as_of=until).rows
    notes = (
        visible_to(visit.viewer)
        .select_related("owner")
        .annotate(who=member_name("owner"))
        .in_bulk([one.id for one in found])
    )
    texts = dict(Message.objects.filter(interaction_id__in=list(notes)).values_list("interaction_id", "text"))
    return tuple(
        NoteLine(
            text=texts.get(one.id) or one.excerpt,
            by=notes[one.id].who or _("somebody who left"),
            at=visit.local(one.at),
            remove_address=f"/people/{person_id}/notes/{one.id}/remove"
            if _may_remove(visit, notes[one.id].owner)
            else None,
        )
        for one in found
        if one.id in notes and not one.is_private
    )


def _may_remove(visit: Visit, owner: object) -> bool:
    return may(visit.viewer, "write") and is_theirs(visit.viewer, getattr(owner, "id", None))
