"""The words that interactions are found by, kept beside them in the transaction that writes them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

SAID = (
    "words_in(concat_ws(E'\\n', i.title, nullif(i.place, '')),"
    " coalesce(nullif(m.text, ''), i.excerpt), coalesce(m.attachments, '[]'))"
)  # of the interaction i and its message m
# They bear the name of what they are of: a note that is put back is whole as it was.
# What was logged in one line has no text of its own: its excerpt is all there is.
_KEEPING = f"""
INSERT INTO words (workspace_id, id, interaction_id, at, words)
SELECT i.workspace_id, i.id, i.id, i.at,
  {SAID}
FROM {{of}} AS u(interaction),
  LATERAL (SELECT * FROM interaction WHERE id = u.interaction OFFSET 0) AS i
  LEFT JOIN LATERAL (SELECT text, attachments FROM message WHERE interaction_id = u.interaction OFFSET 0) AS m ON true
ON CONFLICT (workspace_id, interaction_id) DO UPDATE SET at = excluded.at, words = excluded.words
"""  # noqa: S608 - only what is ours is put in
_KEEP = _KEEPING.format(of="unnest(%s::uuid[])")
_KEEP_ONE = _KEEPING.format(of="(VALUES (%s::uuid))")  # planned once; of a few it is each time anew


def keep_words(interactions: Collection[UUID]) -> None:
    """Let these be found by what they say now. Asked by whatever writes a title, a place, a text or a list of files."""
    some = list(dict.fromkeys(interactions))
    if not some:
        return
    with connection.cursor() as cursor:
        if len(some) == 1:
            cursor.execute(_KEEP_ONE, some)
        else:
            cursor.execute(_KEEP, [some])
