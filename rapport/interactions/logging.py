"""Logging by hand: an understood sentence becomes an interaction, once, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import new_id
from rapport.kit.text import db_text, one_line
from rapport.kit.trouble import Conflict, NotFound, NotUnderstood, Trouble
from rapport.people.models import Person
from rapport.people.visible import visible_to

from .changes import note_pair_changes
from .intake import MOST_PEOPLE_IN_A_CONTACT, insert_participants
from .models import Interaction, Message
from .saying.resolving import Meant, Settled
from .saying.values import Direction, Understood
from .saying.wording import no_such_person, plans_are_not_logged, say_something, say_with_whom, who_is_meant
from .words import keep_words

SLACK: Final = timedelta(minutes=5)  # clocks of browsers and servers differ a little

_PARTS: Final[dict[Direction, tuple[str, str]]] = {
    "by_us": ("from", "to"),
    "by_them": ("to", "from"),
    "both": ("attendee", "attendee"),
}
_INSERT = """
INSERT INTO interaction (workspace_id, id, kind, origin, at, until, all_day, title, excerpt, question, language,
  automatic, list_address, is_cancelled, is_contact, group_size, minutes, owner_id, is_shared, by_hand, made_at)
VALUES (%s, %s, %s, %s, %s, %s, false, '', %s, '', '', '', '', false, %s, %s, %s, %s, false, true, %s)
ON CONFLICT (workspace_id, origin) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Logged:
    """The interaction, and the journal entry that undoes it; None where it was logged before."""

    interaction_id: UUID
    journal_id: UUID | None


def log_said(by: By, settled: Settled, person_ids: Sequence[UUID]) -> Logged:
    """Keep a sentence that was with these people, once it is clear whom each name in it means. Asked by every door."""
    if settled.unclear and not settled.understood.is_plan:  # of a plan nothing else matters
        several = [one.words for one in settled.unclear if one.choices]
        nobody = [one.words for one in settled.unclear if not one.choices]
        choices = [_choices(one) for one in settled.unclear]
        raise Conflict(who_is_meant(several, nobody), code="who-is-meant", choices=choices)
    return log(by, settled.understood, person_ids)


def log(by: By, understood: Understood, person_ids: Sequence[UUID], key: str = "") -> Logged:
    """Keep what happened between the acting home person and these people. The same `key` logs it once."""
    by.may("write")
    people = _people(by, understood, person_ids)
    origin = f"hand:{by.viewer.membership_id}:{db_text(key, 200)}" if key else f"hand:{new_id()}"
    interaction_id = _insert(by, understood, origin, 1 + len(people))
    if interaction_id is None:
        return Logged(Interaction.objects.values_list("id", flat=True).get(origin=origin), None)
    failpoint("log.after_interaction")
    ours, theirs = _PARTS[understood.direction]
    at = min(understood.at, by.now)
    rows = {(interaction_id, person.id): (theirs, "", "", at) for person in people}
    insert_participants({(interaction_id, by.viewer.person_id): (ours, "", "", at)} | rows)
    failpoint("log.after_participants")
    Message.objects.create(
        workspace_id=current_workspace(), interaction_id=interaction_id, text=db_text(understood.note)
    )
    failpoint("log.after_message")
    keep_words([interaction_id])
    note_pair_changes([interaction_id])
    failpoint("log.after_marks")
    journal_id = by.note(
        "interaction.log",
        subject_id=people[0].id,
        subject_name=people[0].name,
        values={"interaction_id": str(interaction_id), "kind": understood.kind},
        way_back={"interaction": str(interaction_id)},
    )
    return Logged(interaction_id, journal_id)


@undoes("interaction.log")
def _undo_log(way_back: dict[str, Any], now: datetime) -> None:
    unlog(UUID(way_back["interaction"]))


def unlog(interaction_id: UUID) -> None:
    """Take a logged interaction away; what came from files or mail stays. Twice is once."""
    found = Interaction.objects.filter(id=interaction_id, by_hand=True).values_list("id", flat=True)
    ids = list(found)
    note_pair_changes(ids, even_if_no_contact=True)  # before: afterwards nothing says who was in it
    failpoint("unlog.after_marks")
    Interaction.objects.filter(id__in=ids).delete()


def _choices(meant: Meant) -> dict[str, Any]:
    people = [{"id": str(one.id), "name": one.name, "organization": one.organization} for one in meant.choices]
    return {"words": meant.words, "people": people, "more": meant.more}


def _people(by: By, understood: Understood, person_ids: Sequence[UUID]) -> list[Person]:
    """The people it was with, in the order given, after everything that speaks against keeping it."""
    if not understood.text.strip():
        raise NotUnderstood(say_something(), code="nothing-said")
    if understood.is_plan or understood.at > by.now + SLACK:
        raise Trouble(plans_are_not_logged(), code="not-yet")
    wanted = [one for one in dict.fromkeys(person_ids) if one != by.viewer.person_id]
    if not wanted:
        raise Trouble(say_with_whom(), code="with-whom")
    known = visible_to(by.viewer).in_bulk(wanted)
    if len(known) < len(wanted):
        raise NotFound(no_such_person())
    return [known[one] for one in wanted]


def _insert(by: By, understood: Understood, origin: str, group_size: int) -> UUID | None:
    """The new row; None where it is there already. A note, or a call nobody answered, is never contact."""
    at = min(understood.at, by.now)
    until = at + timedelta(minutes=understood.minutes) if understood.minutes else None
    is_touch = understood.kind != "note" and not understood.is_unanswered
    is_contact = is_touch and group_size <= MOST_PEOPLE_IN_A_CONTACT + 1
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [current_workspace(), new_id(), understood.kind, origin, at, until, one_line(understood.note), is_contact,
             group_size, understood.minutes, by.viewer.membership_id, by.now],
        )  # fmt: skip
        row = cursor.fetchone()
    return row[0] if row else None
