"""Taking back an import: what it alone brought goes; what also came another way becomes as that way alone brought it.

What several imports know is read again from the raw items of those that stay, under the same ids: what refers to an
interaction or a person goes on doing so. Whom somebody touched or wrote about by hand stays who they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import chain, groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from psycopg import sql

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import RowKey
from rapport.channels.models import Import, ImportFile
from rapport.kit.failpoints import failpoint
from rapport.people.gathering import hold_people_still
from rapport.people.matching import words_of
from rapport.people.moving import settle_ends

from .bouncing import heard_of_in, settle_bounces
from .cards import handle_keys, is_person
from .changes import note_pair_changes
from .counting import recount
from .erasing.beginning import hold_erasures_off
from .erasing.leaving_out import parsed_without_the_erased
from .importing import Item, as_read, settle
from .models import Interaction
from .replying import complete_replies
from .rereading import Reread, belonging_of, places_of, read_again
from .surviving import forget, hear_names, latest_letters, see_again, touched_by, with_cards_beside
from .unlearning import unlearn, unmake
from .written_about import kept_whole

_GONE = """
SELECT DISTINCT interaction_id FROM import_item i WHERE i.import_id = %(run)s AND i.interaction_id IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM import_item o WHERE o.interaction_id = i.interaction_id AND o.import_id <> %(run)s)
"""
# Also what stands in one thread with it: which mails hang together may rest on a mail that goes.
_SHARED = """
SELECT i.interaction_id FROM import_item i WHERE i.import_id = %(run)s AND i.interaction_id IS NOT NULL
AND i.interaction_id <> ALL(%(gone)s)
UNION SELECT near.id FROM interaction near
WHERE near.id <> ALL(%(gone)s) AND near.thread_id IN (
  SELECT n.thread_id FROM interaction n JOIN import_item i ON i.interaction_id = n.id
  WHERE i.import_id = %(run)s AND n.thread_id IS NOT NULL)
"""
_COUNTED = """
SELECT id FROM import_file WHERE import_id = %(run)s
UNION SELECT o.file_id FROM import_item i JOIN import_item o ON o.raw_item_id = i.raw_item_id
WHERE i.import_id = %(run)s
"""
# Each names the import once per %s. Order matters: what rests on a row goes before the row.
_BEFORE = (
    "DELETE FROM interaction WHERE id = ANY(%(gone)s) OR id = ANY(%(again)s)",
    "DELETE FROM import_item WHERE import_id = %(run)s",
    # a card that both brought: the other brought it first now
    "UPDATE import_item i SET outcome = 'stored' WHERE i.raw_item_id = ANY(%(raws)s) AND i.person_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM import_item o"
    " WHERE o.raw_item_id = i.raw_item_id AND o.import_id <> i.import_id AND o.id < i.id)",
    "DELETE FROM raw_item r WHERE r.id = ANY(%(raws)s)"
    " AND NOT EXISTS (SELECT 1 FROM import_item o WHERE o.raw_item_id = r.id)",
    "DELETE FROM thread t WHERE NOT EXISTS (SELECT 1 FROM interaction i WHERE i.thread_id = t.id)",
    "DELETE FROM fact WHERE import_id = %(run)s",
    "DELETE FROM person_tag WHERE import_id = %(run)s",
    "WITH gone AS (DELETE FROM wish WHERE import_id = %(run)s RETURNING person_id, kind)"
    " UPDATE person p SET do_not_contact = p.do_not_contact AND NOT g.contact,"
    " do_not_score = p.do_not_score AND NOT g.score"
    " FROM (SELECT person_id, bool_or(kind = 'do-not-contact') AS contact, bool_or(kind = 'do-not-score') AS score"
    " FROM gone GROUP BY person_id) AS g WHERE p.id = g.person_id",
)
_AFTER = (
    "DELETE FROM tag t WHERE t.id = ANY(%(tags)s) AND NOT EXISTS (SELECT 1 FROM person_tag p WHERE p.tag_id = t.id)",
    # people nobody was in touch with otherwise, and who were not touched by hand
    "DELETE FROM person p WHERE p.import_id = %(run)s AND NOT p.touched_by_hand"
    " AND NOT EXISTS (SELECT 1 FROM participant x WHERE x.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM import_item o WHERE o.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.person_id = p.id)",
    # but the addresses with which somebody came to sign in: they would be free for others, with the mail that comes
    "DELETE FROM handle h WHERE h.import_id = %(run)s AND h.person_id <> ALL(%(kept)s)"
    " AND NOT EXISTS (SELECT 1 FROM membership m"
    " WHERE m.workspace_id = h.workspace_id AND m.person_id = h.person_id AND m.ended_at IS NULL"
    " AND h.kind = 'email' AND h.id < m.id)"
    " AND NOT EXISTS (SELECT 1 FROM participant x WHERE x.person_id = h.person_id AND x.address = h.value)",
    # stations no address speaks for any more; one of ours has addresses said by hand, which put nobody anywhere
    "DELETE FROM affiliation a USING organization o, person p"
    " WHERE a.import_id = %(run)s AND a.person_id <> ALL(%(kept)s) AND a.origin = 'mail'"
    " AND o.id = a.organization_id AND p.id = a.person_id"
    " AND NOT EXISTS (SELECT 1 FROM handle h JOIN organization d ON d.id = o.id OR d.merged_into_id = o.id"
    " WHERE h.person_id = a.person_id AND h.kind = 'email' AND (h.import_id IS NOT NULL OR NOT p.is_home)"
    " AND right(replace(h.value, '@', '.'), length(d.domain) + 1) = '.' || d.domain)",
    "DELETE FROM organization o WHERE o.import_id = %(run)s AND NOT o.touched_by_hand AND NOT o.is_home"
    " AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.organization_id = o.id)",
)


def take_back(import_id: UUID, now: datetime) -> None:
    """Undo an import in the current transaction. The import itself stays, as undone, with its files' names."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '30s'")
        cursor.execute("SELECT 1 FROM import WHERE id = %s FOR UPDATE", [import_id])
    hold_erasures_off()  # before people are held still, as an import does: what stays is read again without the erased
    # Another import may just now meet somebody this one brought: gone under it, they would take its rows along.
    hold_people_still()
    gone = _ids(_GONE, run=import_id)
    unlearnt = unlearn(import_id, settings.HOUSE.files_folder, now)
    shared = list({*_ids(_SHARED, run=import_id, gone=gone), *unlearnt.interactions})
    people = touched_by(import_id, [*gone, *shared])
    kept = kept_whole(import_id, people)
    on_cards = with_cards_beside(import_id, people)
    places = places_of(shared, on_cards, but=import_id)
    # All at once and in one transaction: between two halves people would see a history nobody brought, and a stop
    # would leave it so. What is held meanwhile is what was read, without its bytes.
    read = list(read_again(places, settings.HOUSE.files_folder, now))
    said = {sighting.origin for one in read for sighting in one.parsed.sightings}
    again = {one.origin: one for one in Interaction.objects.filter(id__in=shared) if one.origin in said}
    # Marked before they go: afterwards nobody could say whose they were.
    note_pair_changes([*gone, *(one.id for one in again.values())], even_if_no_contact=True)
    failpoint("undo.after_marks")
    counted = _ids(_COUNTED, run=import_id)
    tags = _ids("SELECT DISTINCT tag_id FROM person_tag WHERE import_id = %(run)s", run=import_id)
    bounced = heard_of_in([*gone, *(one.id for one in again.values())])
    forget(import_id, people, on_cards, kept)
    _take_away(import_id, gone, [one.id for one in again.values()])
    failpoint("undo.after_taking_away")
    unmake(unlearnt.nobodies)
    _take_in_again(read, again, now)
    failpoint("undo.after_taking_in_again")
    recount({*counted, *(one.file_id for one in read)})
    _settle_people(import_id, people, read, now)
    failpoint("undo.after_people")
    _clear_up(import_id, tags, kept)
    settle_ends({*people, *on_cards})
    settle_bounces(bounced)
    note_pair_changes([one.id for one in again.values()], even_if_no_contact=True)
    failpoint("undo.before_end")
    Import.objects.filter(id=import_id).update(state="undone", ended_at=now, lease_until=None, lease_token=None)
    put_down("tidy", now)
    put_down("ties", now)


def _ids(query: str, **given: Any) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [row[0] for row in cursor.fetchall()]


def _take_away(import_id: UUID, gone: Sequence[UUID], again: Sequence[UUID]) -> None:
    raws = "SELECT DISTINCT raw_item_id FROM import_item WHERE import_id = %(run)s AND raw_item_id IS NOT NULL"
    given: dict[str, Any] = {"run": import_id, "gone": gone, "again": again, "raws": _ids(raws, run=import_id)}
    with connection.cursor() as cursor:
        for step in _BEFORE:
            cursor.execute(step, given)


def _take_in_again(read: Sequence[Reread], before: dict[str, Interaction], now: datetime) -> None:
    """Import by import, as they came: the first to bring something has stored it, to the others it was here already."""
    outcomes: list[Item] = []
    for (run, file), some in groupby(read, key=lambda one: (one.import_id, one.file_id)):
        pieces = [as_read(one.piece, one.raw, parsed_without_the_erased(one.parsed)) for one in some]
        outcomes += settle(run, ImportFile.objects.get(id=file), pieces, belonging_of(run)[0], now)
    _give_back_ids(before)
    complete_replies([one.id for one in before.values()])  # whose copies they are is known by these ids alone
    _correct(outcomes, {one.id for one in before.values()})


def _give_back_ids(before: dict[str, Interaction]) -> None:
    made = {one.origin: one for one in Interaction.objects.filter(origin__in=before)}
    Interaction.objects.filter(origin__in=made).update(
        origin=Concat(Value("again:"), F("origin"), output_field=TextField())
    )
    new_ids = [one.id for one in made.values()]
    for origin, one in made.items():
        one.id, one.is_shared, one.made_at = before[origin].id, before[origin].is_shared, before[origin].made_at
    Interaction.objects.bulk_create(made.values())
    old_ids = [one.id for one in made.values()]
    with connection.cursor() as cursor:
        for table, column in _pointing_at_interactions():
            move = sql.SQL(
                "UPDATE {table} t SET {column} = u.old FROM unnest(%s::uuid[], %s::uuid[]) AS u(old, new)"
                " WHERE t.{column} = u.new"
            )
            cursor.execute(move.format(table=sql.Identifier(table), column=sql.Identifier(column)), [old_ids, new_ids])
    Interaction.objects.filter(id__in=new_ids).delete()


def _pointing_at_interactions() -> Iterator[tuple[str, str]]:
    for table in apps.get_app_config("rapport").get_models():
        for field in table._meta.local_fields:
            if isinstance(field, RowKey) and field.remote_field.model is Interaction:
                yield table._meta.db_table, field.column


def _correct(items: Sequence[Item], again: Collection[UUID]) -> None:
    """How items ended, where that rested on what was taken back."""
    changed = [one for one in items if one.interaction_id is not None or one.person_id is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import_item i SET outcome = u.outcome, reason = u.reason "
            "FROM unnest(%s::uuid[], %s::bigint[], %s::int[], %s::text[], %s::text[])"
            " AS u(file, ordinal, part, outcome, reason) "
            "WHERE i.file_id = u.file AND i.ordinal = u.ordinal AND i.part = u.part AND i.interaction_id = ANY(%s)",
            [
                [one.file_id for one in changed],
                [one.ordinal for one in changed],
                [one.part for one in changed],
                [one.outcome for one in changed],
                [one.reason for one in changed],
                list(again),
            ],
        )


def _settle_people(import_id: UUID, people: Collection[UUID], read: Sequence[Reread], now: datetime) -> None:
    letters = places_of(latest_letters(people), [], but=import_id)
    heard = chain(read, read_again(letters, settings.HOUSE.files_folder, now))
    hear_names((one.parsed for one in heard), people)
    cards = [
        (one.import_id, key, words_of(card.name))
        for one in read
        for card in one.parsed.cards
        if is_person(card)
        for key in handle_keys(card)
    ]
    see_again(import_id, people, cards, now)


def _clear_up(import_id: UUID, tags: Sequence[UUID], kept: Sequence[UUID]) -> None:
    given: dict[str, Any] = {"run": import_id, "tags": tags, "kept": kept}
    with connection.cursor() as cursor:
        for step in _AFTER:
            cursor.execute(step, given)
