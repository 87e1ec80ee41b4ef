"""Whose telling of a meeting counts beside whose, asked of the database: columns of the interaction i, where
`%(reader)s` is the member whose source is read.
"""

from __future__ import annotations

from typing import Final

from .parts import ABOUT

IS_ANOTHERS: Final = "(i.owner_id IS NOT NULL AND i.owner_id IS DISTINCT FROM %(reader)s)"

HAS_PART: Final = f"""EXISTS (SELECT 1 FROM participant p WHERE p.interaction_id = i.id AND p.part <> '{ABOUT}'
    AND p.person_id = (SELECT m.person_id FROM membership m WHERE m.id = %(reader)s))"""  # noqa: S608 - ours alone

OWNER_ADDRESSES: Final = """array(SELECT h.value FROM membership m JOIN handle h ON h.person_id = m.person_id
    WHERE m.id = i.owner_id AND h.kind = 'email')"""
