"""What imports brought, beside their counts: whom, about how many people their cards are, and how much is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.kit.ids import as_id
from rapport.kit.pages import Page, bad_cursor, cursor_of, key_of
from rapport.people.models import Person
from rapport.people.visible import visible_to

from .import_progress import import_of

COUNTED_AT_ONCE = 20_000  # stored items, of which the people are counted while somebody waits
_ASIDE = """
SELECT coalesce(sum(reason.many::bigint), 0)::bigint, count(DISTINCT f.import_id)
FROM import_file f, jsonb_each_text(f.counts -> 'quarantined') AS reason(name, many)
"""
_CARDS_ABOUT = """
WITH RECURSIVE u AS MATERIALIZED (
  SELECT person_id FROM import_item WHERE import_id = %(run)s AND outcome = 'stored' LIMIT %(most)s),
now AS (
  SELECT p.id, p.merged_into_id, p.import_id FROM person p WHERE p.id IN (SELECT person_id FROM u)
  UNION SELECT p.id, p.merged_into_id, p.import_id FROM now n JOIN person p ON p.id = n.merged_into_id)
SELECT (SELECT count(*) FROM u), (SELECT count(person_id) FROM u), count(*),
  count(*) FILTER (WHERE import_id = %(run)s)
FROM now WHERE merged_into_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class CardsAbout:
    """Stored cards and rows, the people they are about, and how many of these the import brought first."""

    cards: int
    people: int
    brought: int

    @property
    def known(self) -> int:
        """Who were here before."""
        return self.people - self.brought


def how_many_aside(viewer: Viewer) -> tuple[int, int]:
    """How many items are set aside, and of how many imports."""
    if viewer.is_guest:
        return 0, 0
    [(items, imports)] = ask(_ASIDE, [])
    return items, imports


def people_brought(viewer: Viewer, import_id: UUID, cursor: str | None = None, limit: int = 50) -> Page[Person]:
    """Whom an import brought first, by name: as many as its `people` says, without those the viewer may not know of."""
    import_of(viewer, import_id)
    people = visible_to(viewer).filter(import_id=import_id).order_by("listed_by", "id")
    if cursor:
        name, id_ = key_of(cursor, 2)
        last = as_id(id_)
        if last is None:
            raise bad_cursor()
        people = people.filter(Q(listed_by__gt=str(name)) | Q(listed_by=str(name), id__gt=last))
    found = list(people[: limit + 1])
    shown = found[:limit]
    more = cursor_of([shown[-1].listed_by, str(shown[-1].id)]) if len(found) > limit else None
    return Page(tuple(shown), more)


def cards_about(viewer: Viewer, import_id: UUID) -> CardsAbout | None:
    """About how many people the stored cards and rows of an import are; None where there are none, or too many to be
    counted while somebody waits.
    """
    import_of(viewer, import_id)
    [(items, cards, people, brought)] = ask(_CARDS_ABOUT, {"run": import_id, "most": COUNTED_AT_ONCE + 1})
    return CardsAbout(cards, people, brought) if cards and items <= COUNTED_AT_ONCE else None
