"""A reply sent to a list is contact with whom it answers, whichever of the two mails was read first.

Who takes part in something reads its words, and anybody can write a mail by hand that bears another's id. So one of
ours is let in only where the source the reply came from knows them for the author: it brought what they wrote as well.
And only where they wrote to that list themselves: a mail written by hand makes a list of whom somebody wrote a letter.
Nobody else can become a reader (`people.taking_addresses`), and is in touch with who answered whoever's copy tells it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import identity_of_mail

from .parts import ANSWERED
from .storing import insert_participants

# `is_told`: by the source of the reply itself, or to who may read it anyway. Else that source has a copy of what is
# answered, but who wrote it was said by another's. Of the batch that is read now no items are written down yet.
# One step follows the other, each by its index: left to choose, the planner looked through all replies for each mail.
_REPLIES = """
WITH reply AS MATERIALIZED (
  SELECT m.interaction_id, m.in_reply_to FROM message m
  WHERE m.interaction_id = ANY(%(interactions)s) AND m.in_reply_to <> ''
  UNION SELECT r.interaction_id, r.in_reply_to FROM message p CROSS JOIN LATERAL (
    SELECT a.interaction_id, a.in_reply_to FROM message a
    WHERE a.in_reply_to = p.message_id AND a.in_reply_to <> '' OFFSET 0
  ) AS r WHERE p.interaction_id = ANY(%(interactions)s) AND p.message_id <> ''
)
SELECT child.id, author.person_id, author.address, child.at, parent.origin, reply.in_reply_to, parent.at, told.is_told
FROM reply
CROSS JOIN LATERAL (
  SELECT i.id, i.at, i.owner_id, i.list_address FROM interaction i
  WHERE i.id = reply.interaction_id AND i.list_address <> '' AND i.automatic = '' OFFSET 0
) AS child
CROSS JOIN LATERAL (
  SELECT m.interaction_id FROM message m WHERE m.message_id = reply.in_reply_to AND m.message_id <> '' OFFSET 0
) AS answered
CROSS JOIN LATERAL (
  SELECT i.id, i.at, i.owner_id, i.list_address, i.origin FROM interaction i
  WHERE i.id = answered.interaction_id OFFSET 0
) AS parent
CROSS JOIN LATERAL (
  SELECT p.person_id, p.address FROM participant p WHERE p.interaction_id = parent.id AND p.part = 'from' OFFSET 0
) AS author
CROSS JOIN LATERAL (SELECT w.id, w.is_home FROM person w WHERE w.id = author.person_id OFFSET 0) AS writer
CROSS JOIN LATERAL (
  SELECT NOT writer.is_home OR child.owner_id IS NOT DISTINCT FROM parent.owner_id
    OR EXISTS (SELECT FROM membership o WHERE o.id = child.owner_id AND o.person_id = writer.id OFFSET 0) AS is_told
) AS told
WHERE NOT EXISTS (
    SELECT FROM participant p WHERE p.interaction_id = child.id AND p.person_id = author.person_id OFFSET 0)
  AND (NOT writer.is_home OR parent.list_address = child.list_address OR EXISTS (
    SELECT FROM address_part a WHERE a.interaction_id = parent.id AND a.address = child.list_address OFFSET 0))
  AND (told.is_told
    OR (child.owner_id = %(reader)s AND parent.id = ANY(%(read)s))
    OR EXISTS (SELECT FROM import_item i JOIN import r ON r.id = i.import_id JOIN source s ON s.id = r.source_id
               WHERE i.interaction_id = parent.id AND s.owner_id = child.owner_id OFFSET 0))
ORDER BY child.id, author.person_id, author.address
"""


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply that is known, and who wrote what it answers."""

    interaction: UUID
    person: UUID
    address: str
    at: datetime
    origin: str  # of what it answers
    message_id: str
    written_at: datetime
    is_told: bool

    @property
    def is_by_them(self) -> bool:
        """Whether any copy of what it answers was sent from their address: the identity of a mail says so.

        Of two who wrote one mail, or of one that a list sent in its own name, it does not; there the copy that was read
        first may have been written by hand.
        """
        known_as = (identity_of_mail(self.message_id, self.address, at) for at in (self.written_at, None))
        return self.is_told or self.origin in known_as


def complete_replies(
    interactions: Collection[UUID], reader: UUID | None = None, read: Collection[UUID] = ()
) -> list[UUID]:
    """Let who wrote what these answer, or what answers these, be in the reply; the replies somebody new is in. `reader`
    is whose source is read just now, and `read` what was found there.
    """
    if not interactions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_REPLIES, {"interactions": list(interactions), "reader": reader, "read": list(read)})
        replies = [_Reply(*row) for row in cursor.fetchall()]
    return insert_participants(
        {(one.interaction, one.person): (ANSWERED, "", one.address, one.at) for one in replies if one.is_by_them}
    )
