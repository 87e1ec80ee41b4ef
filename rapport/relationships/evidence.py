"""What a row of a figure rests on: the very contacts it counted, as entries."""

from __future__ import annotations

from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.interactions.entries import Entry, entries_of
from rapport.kit.clock import now as present
from rapport.kit.pages import Page, moment_cursor, moment_key
from rapport.people.visible import person_of

from .contacts import contacts_of_pairs
from .engine.values import Selector


def evidence_of(
    viewer: Viewer,
    home_person_id: UUID,
    person_id: UUID,
    selector: Selector,
    cursor: str | None = None,
    limit: int = 20,
) -> Page[Entry]:
    """The contacts of a pair a selector takes, newest first. What is private shows that, when and with whom only."""
    home, other = person_of(viewer, home_person_id), person_of(viewer, person_id)
    contacts = contacts_of_pairs([(home.id, other.id)], selector.until or present())
    taken = [(one.contact.at, UUID(one.contact.ref)) for one in contacts if selector.takes(one.contact)]
    if cursor is not None:
        behind = moment_key(cursor)
        taken = [one for one in taken if one < behind]
    taken.sort(reverse=True)
    more = moment_cursor(*taken[limit - 1]) if len(taken) > limit else None
    return Page(entries_of(viewer, [ref for _at, ref in taken[:limit]]), more)
