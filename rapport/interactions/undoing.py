"""Taking back an import: what it alone brought goes, what also came another way or was touched by hand stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.accounts.agenda import put_down
from rapport.channels.models import Import
from rapport.people.gathering import hold_people_still

from .changes import note_pair_changes

# Each names the import once per %s. Order matters: what rests on a row goes before the row.
_STEPS = (
    # interactions no other import vouches for
    "DELETE FROM interaction i USING gone_interaction g WHERE i.id = g.id",
    "DELETE FROM import_item WHERE import_id = %(run)s",
    "DELETE FROM raw_item r USING touched_raw t WHERE r.id = t.id"
    " AND NOT EXISTS (SELECT 1 FROM import_item o WHERE o.raw_item_id = r.id)",
    "DELETE FROM thread t WHERE NOT EXISTS (SELECT 1 FROM interaction i WHERE i.thread_id = t.id)",
    "DELETE FROM fact WHERE import_id = %(run)s",
    "DELETE FROM person_tag WHERE import_id = %(run)s",
    # people nobody was in touch with otherwise, and who were not touched by hand
    "DELETE FROM person p WHERE p.import_id = %(run)s AND NOT p.touched_by_hand"
    " AND NOT EXISTS (SELECT 1 FROM participant x WHERE x.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM import_item o WHERE o.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.person_id = p.id)",
    "DELETE FROM handle h WHERE h.import_id = %(run)s"
    " AND NOT EXISTS (SELECT 1 FROM participant x WHERE x.person_id = h.person_id AND x.address = h.value)",
    # stations no address speaks for any more; one of ours has addresses said by hand, which put nobody anywhere
    "DELETE FROM affiliation a USING organization o, person p"
    " WHERE a.import_id = %(run)s AND a.origin = 'mail' AND o.id = a.organization_id AND p.id = a.person_id"
    " AND NOT EXISTS (SELECT 1 FROM handle h WHERE h.person_id = a.person_id AND h.kind = 'email'"
    " AND (h.import_id IS NOT NULL OR NOT p.is_home)"
    " AND right(replace(h.value, '@', '.'), length(o.domain) + 1) = '.' || o.domain)",
    "DELETE FROM organization o WHERE o.import_id = %(run)s AND NOT o.touched_by_hand AND NOT o.is_home"
    " AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.organization_id = o.id)",
)


def take_back(import_id: UUID, now: datetime) -> None:
    """Undo an import in the current transaction. The import itself stays, as undone, with its files' names."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '30s'")
        cursor.execute("SELECT 1 FROM import WHERE id = %s FOR UPDATE", [import_id])
        # Another import may just now meet somebody this one brought: gone under it, they would take its rows along.
        hold_people_still()
        cursor.execute(
            "CREATE TEMP TABLE gone_interaction ON COMMIT DROP AS "
            "SELECT DISTINCT interaction_id AS id FROM import_item i "
            "WHERE i.import_id = %(run)s AND i.interaction_id IS NOT NULL AND NOT EXISTS ("
            "SELECT 1 FROM import_item o WHERE o.interaction_id = i.interaction_id AND o.import_id <> %(run)s)",
            {"run": import_id},
        )
        cursor.execute(
            "CREATE TEMP TABLE touched_raw ON COMMIT DROP AS SELECT DISTINCT raw_item_id AS id FROM import_item "
            "WHERE import_id = %s AND raw_item_id IS NOT NULL",
            [import_id],
        )
        cursor.execute("SELECT id FROM gone_interaction")
        # Marked before they go: afterwards nobody could say whose they were.
        note_pair_changes([row[0] for row in cursor.fetchall()], even_if_no_contact=True)
        for step in _STEPS:
            cursor.execute(step, {"run": import_id})
        cursor.execute("DROP TABLE gone_interaction, touched_raw")
    Import.objects.filter(id=import_id).update(state="undone", ended_at=now, lease_until=None, lease_token=None)
    put_down("tidy", now)
