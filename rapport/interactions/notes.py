"""Notes a team writes about somebody: on the timeline, never contact, and for everybody at home to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, is_theirs
from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.kit.ids import new_id
from rapport.kit.text import db_text, one_line
from rapport.kit.trouble import NotFound, Trouble
from rapport.people.belongings import put_back, written_down
from rapport.people.visible import person_of

from .models import Interaction, Message, Participant
from .parts import ABOUT
from .words import keep_words

NOTE = "note"
LONGEST = 20_000

_WRITE = f"""
WITH note AS (
  INSERT INTO interaction (workspace_id, id, kind, origin, at, all_day, title, excerpt, question, language, automatic,
    list_address, is_cancelled, is_contact, group_size, owner_id, is_shared, by_hand, made_at)
  VALUES (%(workspace)s, %(id)s, '{NOTE}', %(origin)s, %(now)s, false, '', %(excerpt)s, '', '', '',
    '', false, false, 2, %(owner)s, true, true, %(now)s)
), about AS (
  INSERT INTO participant (workspace_id, id, interaction_id, person_id, part, response, address, at)
  VALUES (%(workspace)s, %(about_id)s, %(id)s, %(person)s, '{ABOUT}', '', '', %(now)s)
)
INSERT INTO message (workspace_id, id, interaction_id, message_id, in_reply_to, text, has_html, attachments)
VALUES (%(workspace)s, %(message_id)s, %(id)s, '', '', %(text)s, false, '[]')
"""  # noqa: S608 - only what is ours is put in


@dataclass(frozen=True, slots=True)
class Noted:
    """The note, and the journal entry that undoes it."""

    interaction_id: UUID
    person_id: UUID
    journal_id: UUID


def add_note(by: By, person_id: UUID, text: str) -> Noted:
    """Write a note about somebody."""
    by.may("write")
    person = person_of(by.viewer, person_id)
    words = db_text(text.strip(), LONGEST)
    if not words:
        raise Trouble(_("The note is still empty. Write what you want to remember."), code="empty-note", field="text")
    note_id = _write(person.id, words, by)
    journal_id = by.note(
        "note.add", subject_id=person.id, subject_name=person.name, way_back={"interaction_id": str(note_id)}
    )
    return Noted(note_id, person.id, journal_id)


@undoes("note.add")
def _take_away(way_back: dict[str, Any], now: datetime) -> None:
    Interaction.objects.filter(id=way_back["interaction_id"]).delete()


def remove_note(by: By, interaction_id: UUID) -> Noted:
    """Remove a note: one's own; of others', whoever manages the workspace."""
    by.may("write")
    note = Interaction.objects.filter(id=interaction_id, kind=NOTE, by_hand=True).first()
    about = Participant.objects.filter(interaction_id=interaction_id).select_related("person").first()
    if note is None or about is None:
        raise NotFound(_("This note was removed already."))
    person = person_of(by.viewer, about.person_id)
    if note.owner_id != by.viewer.membership_id:
        by.may("manage")
    rows = [written_down(row) for row in (note, about, *Message.objects.filter(interaction_id=note.id))]
    Interaction.objects.filter(id=note.id).delete()
    journal_id = by.note("note.remove", subject_id=person.id, subject_name=person.name, way_back={"rows": rows})
    return Noted(interaction_id, person.id, journal_id)


def _may_put_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    return is_theirs(viewer, way_back["rows"][0]["owner_id"])


@undoes("note.remove", allowed=_may_put_back)
def _put_back(way_back: dict[str, Any], now: datetime) -> None:
    for row in way_back["rows"]:
        put_back(row)
    keep_words([UUID(way_back["rows"][0]["id"])])


def _write(person_id: UUID, words: str, by: By) -> UUID:
    note_id = new_id()
    given: dict[str, Any] = {
        "workspace": by.viewer.workspace_id, "id": note_id, "origin": f"hand:{note_id}", "now": by.now,
        "excerpt": one_line(words), "owner": by.viewer.membership_id, "person": person_id, "text": words,
        "about_id": new_id(), "message_id": new_id(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, given)
    keep_words([note_id])
    return note_id
