"""What stands on cards beside names and addresses: birthdays, notes, tags and wishes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import PartialDate
from rapport.kit.ids import new_ids
from rapport.kit.text import db_text, one_line
from rapport.people.models import Fact, PersonTag
from rapport.people.wishes import OnCard, WishKind, keep_wishes_on_cards
from rapport.people.withdrawing import fact_told, tag_told

from .card_stations import add_stations
from .cards_taken import NEVER, Taken, as_stored
from .changes import note_person_changes


def add_details(taken: Taken) -> None:
    """Add what these cards say to the people they became: set-based, and only what was not known."""
    _add_birthdays(taken)
    _add_notes(taken)
    _add_tags(taken)
    _add_wishes(taken)
    add_stations(taken)


def _add_birthdays(taken: Taken) -> None:
    said_so = [(person, card) for person, card in taken.held if card.birthday]
    unsaid = {person for person, _ in taken.unsaid("birthday", (person for person, _ in said_so))}
    born = dict[UUID, tuple[datetime, PartialDate]]()
    for person, card in said_so:
        if card.birthday and person not in unsaid:
            said = card.revised or NEVER, card.birthday
            born[person] = max(born.get(person, said), said, key=_likelier)
    if not born:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE person p SET birthday_month = u.month, birthday_day = u.day, birthday_year = u.year,"
            " birthday_revised = u.revised "
            "FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::int[], %s::timestamptz[])"
            " AS u(id, month, day, year, revised) "
            "WHERE p.id = u.id AND (p.birthday_month IS NULL OR NOT p.touched_by_hand AND"
            " (coalesce(p.birthday_revised, '-infinity'), coalesce(p.birthday_year, 0), p.birthday_month,"
            " p.birthday_day) < (coalesce(u.revised, '-infinity'), coalesce(u.year, 0), u.month, u.day))",
            [
                list(born),
                [day.month for _, day in born.values()],
                [day.day for _, day in born.values()],
                [day.year for _, day in born.values()],
                [as_stored(revised) for revised, _ in born.values()],
            ],
        )


def _likelier(said: tuple[datetime, PartialDate]) -> tuple[datetime, int, int, int]:
    """Of two birthdays that contradict each other always the same, whichever card was read first: that of the card
    last seen to; of two as old as each other one with its year rather than one without."""
    revised, day = said
    return revised, day.year or 0, day.month, day.day


def _add_notes(taken: Taken) -> None:
    notes = {(person, db_text(card.note.strip(), 2000)) for person, card in taken.held if card.note.strip()}
    unsaid = taken.unsaid("fact", (person for person, _ in notes))
    notes -= {(person, note) for person, note in notes if (person, fact_told("note", note)) in unsaid}
    if not notes:
        return
    workspace = current_workspace()
    Fact.objects.bulk_create(
        [
            Fact(workspace_id=workspace, person_id=person, kind="note", value=note, learnt="imported",
                 noted_at=taken.now, import_id=taken.import_id)
            for person, note in notes
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _add_tags(taken: Taken) -> None:
    words = {one_line(word, 60): None for _, card in taken.held for word in card.tags}
    words.pop("", None)
    if not words:
        return
    workspace, labels = current_workspace(), _labels(list(words))
    pairs = {
        (person, labels[name]): None
        for person, card in taken.held
        for word in card.tags
        if (name := one_line(word, 60))
    }
    unsaid = taken.unsaid("tag", (person for person, _ in pairs))
    told = {tag: tag_told(name) for name, tag in labels.items()}
    pairs = {(person, tag): None for person, tag in pairs if (person, told[tag]) not in unsaid}
    PersonTag.objects.bulk_create(
        [
            PersonTag(workspace_id=workspace, person_id=person, tag_id=tag, import_id=taken.import_id)
            for person, tag in pairs
        ],
        ignore_conflicts=True,
    )


def _add_wishes(taken: Taken) -> None:
    """What they asked of whoever wrote the card, they asked of us."""
    said = [(person, one) for person, card in taken.held for one in card.wishes]
    lifted = taken.unsaid("wish", (person for person, _ in said))
    wishes: dict[tuple[UUID, WishKind], OnCard] = {}
    for person, one in said:
        told = (person, one.kind, one.why, one.noted_at or taken.now)
        if (person, one.kind) not in lifted:
            wishes[person, one.kind] = max(wishes.get((person, one.kind), told), told, key=_says_more)
    if wishes:
        keep_wishes_on_cards(wishes.values(), taken.import_id)
        note_person_changes([person for person, _ in wishes])
        put_down("today", taken.now)


def _says_more(told: OnCard) -> tuple[int, str]:
    return len(told[2]), told[2]


def _labels(words: list[str]) -> dict[str, UUID]:
    """The tags of these words, in whichever case they are written; made as first written where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tag (workspace_id, id, name) SELECT DISTINCT ON (upper(u.word)) %s::uuid, u.id, u.word "
            "FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY AS u(id, word, place) "
            "WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE upper(t.name) = upper(u.word)) "
            "ORDER BY upper(u.word), u.place ON CONFLICT (workspace_id, name) DO NOTHING",
            [current_workspace(), new_ids(len(words)), words],
        )
        cursor.execute(
            "SELECT DISTINCT ON (u.word) u.word, t.id FROM unnest(%s::text[]) AS u(word) "
            "JOIN tag t ON upper(t.name) = upper(u.word) ORDER BY u.word, t.id",
            [words],
        )
        return dict(cursor.fetchall())
