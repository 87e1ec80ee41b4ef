"""What later rooms read on from: which pairs of a home person and another have something new."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import connection

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import current_workspace
from rapport.kit import clock
from rapport.kit.ids import new_id

# Doors judge at once what a person just did; this is for all other changes.
JUDGED_WITHIN = timedelta(seconds=15)


def note_pair_changes(interactions: Collection[UUID], even_if_no_contact: bool = False) -> None:
    """Mark the pairs of these interactions as changed. Identifiers of marks follow time: the newest stand last."""
    if not interactions:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pair_change (workspace_id, id, home_person_id, person_id) "
            "SELECT DISTINCT ON (h.person_id, o.person_id) %s::uuid,"
            " (left(%s, 24) || right(gen_random_uuid()::text, 12))::uuid, h.person_id, o.person_id "
            "FROM participant h JOIN person hp ON hp.id = h.person_id AND hp.is_home "
            "JOIN participant o ON o.interaction_id = h.interaction_id AND o.person_id <> h.person_id "
            "JOIN interaction i ON i.id = h.interaction_id "
            "WHERE h.interaction_id = ANY(%s) AND (i.is_contact OR %s)",
            [current_workspace(), str(new_id()), list(interactions), even_if_no_contact],
        )
    put_down("judge", clock.now() + JUDGED_WITHIN)


def note_person_changes(people: Collection[UUID]) -> None:
    """Mark every pair these people are in. Before *and* after moving participants: a pair that ends is seen too."""
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pair_change (workspace_id, id, home_person_id, person_id) "
            "SELECT %s::uuid, (left(%s, 24) || right(gen_random_uuid()::text, 12))::uuid, pair.h, pair.o FROM ("
            " SELECT DISTINCT h.person_id AS h, o.person_id AS o"
            " FROM participant mine JOIN participant h ON h.interaction_id = mine.interaction_id"
            " JOIN person hp ON hp.id = h.person_id AND hp.is_home"
            " JOIN participant o ON o.interaction_id = h.interaction_id AND o.person_id <> h.person_id"
            " WHERE mine.person_id = ANY(%s) AND (h.person_id = ANY(%s) OR o.person_id = ANY(%s))) AS pair",
            [current_workspace(), str(new_id()), *([list(people)] * 3)],
        )
    put_down("judge", clock.now() + JUDGED_WITHIN)
