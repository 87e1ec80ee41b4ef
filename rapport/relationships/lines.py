"""People as lines of a list: who they are, where they are now, their tags, and how the viewer and they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.people.stations import NEWEST_FIRST

from .engine.values import Standing
from .reading import judged


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list. `standing` is the viewer's own; None where there was never contact: that is not weak."""

    id: UUID
    name: str
    title: str
    organization_id: UUID | None
    organization: str
    portrait: str
    is_home: bool
    last_at: datetime | None
    standing: Standing | None
    tags: tuple[str, ...]
    do_not_contact: bool = False
    do_not_score: bool = False


# A whole page in one statement: asked for one after the other, its parts took twice the time of everything else.
_LINES = f"""
SELECT p.key, p.id, p.name, p.portrait, p.is_home, p.do_not_contact, p.do_not_score, r.state,
  s.organization_id, coalesce(s.organization, ''), coalesce(s.title, ''),
  CASE WHEN %(sees_whole)s OR p.id = %(viewer)s THEN ARRAY(
    SELECT t.name FROM person_tag x JOIN tag t ON t.id = x.tag_id WHERE x.person_id = p.id ORDER BY t.name
  ) ELSE ARRAY[]::text[] END
FROM ({{chosen}}) AS p
LEFT JOIN relationship r ON r.home_person_id = %(viewer)s AND r.person_id = p.id AND NOT p.do_not_score
LEFT JOIN LATERAL (
  SELECT a.organization_id, o.name AS organization, a.title
  FROM affiliation a JOIN organization o ON o.id = a.organization_id
  WHERE a.person_id = p.id AND a.until IS NULL ORDER BY {NEWEST_FIRST} LIMIT 1
) AS s ON true
ORDER BY p.place, p.key, p.id
"""  # noqa: S608 - only what is ours is put in
_COLUMNS = "p.listed_by AS key, p.id, p.name, p.portrait, p.is_home, p.do_not_contact, p.do_not_score"
_THESE = _LINES.format(
    chosen=f"SELECT {_COLUMNS}, u.place FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS u (id, place) "  # noqa: S608
    "JOIN person p ON p.id = u.id"
)
# How many stands in the statement: a plan for any number seems so dear to the database that it would plan anew each
# time, which takes as long as answering.
_NEXT = _LINES.format(
    chosen=f"SELECT {_COLUMNS}, 0 AS place FROM person p "  # noqa: S608
    "WHERE p.merged_into_id IS NULL AND (p.listed_by, p.id) > (%(after)s, %(after_id)s) "
    "ORDER BY p.listed_by, p.id LIMIT {most}"
)
_CLOSEST = _LINES.format(
    chosen=f"SELECT {_COLUMNS.replace('p.listed_by', 'f.tier || f.key')}, f.place "  # noqa: S608
    "FROM people_closest(%(needle)s, %(tier)s, %(after)s, %(after_id)s, %(most)s)"
    " WITH ORDINALITY AS f (tier, key, person_id, place) JOIN person p ON p.id = f.person_id"
)
_CLOSEST_SPELT = _CLOSEST.replace("people_closest(%(needle)s, ", "people_closest_spelt(%(needle)s, %(spelt)s, ")
_BEGINNING = ("", UUID(int=0))  # before everybody


def lines_of(
    viewer: Viewer, now: datetime, people: Sequence[UUID], then: Mapping[UUID, Standing] | None = None
) -> tuple[PersonLine, ...]:
    """These people, whom the viewer may know of, in this order. `then` are the standings of an earlier day."""
    if not people:
        return ()
    rows = ask(_THESE, {"ids": list(people), "viewer": viewer.person_id, "sees_whole": not viewer.is_guest})
    return tuple(_line(row, now, then) for row in rows)


def lines_by_name(
    viewer: Viewer, now: datetime, after: tuple[str, UUID] | None, most: int
) -> list[tuple[str, PersonLine]]:
    """The next people for a member, who may see all, with what each is listed by."""
    assert not viewer.is_guest, "a guest is shown whom they met"
    name, last = after or _BEGINNING
    asked = {"viewer": viewer.person_id, "sees_whole": True, "after": name, "after_id": last}
    return [(row[0], _line(row, now, None)) for row in ask(_NEXT.format(most=int(most)), asked)]


def lines_closest(
    viewer: Viewer, now: datetime, needle: str, spelt: str, after: tuple[str, UUID] | None, most: int
) -> list[tuple[str, PersonLine]]:
    """The next of those called so for a member, who may see all, each with where they stand: the closest first.

    Whose name in lists begins so, then whose name as it is written, whose address, all others by name, and last who is
    called so only where it is `spelt` out.
    """
    assert not viewer.is_guest, "a guest is shown whom they met"
    stands, last = after or ("0", _BEGINNING[1])
    asked = {"viewer": viewer.person_id, "sees_whole": True, "most": most, "needle": needle, "spelt": spelt,
             "tier": int(stands[0]), "after": stands[1:], "after_id": last}  # fmt: skip
    return [(row[0], _line(row, now, None)) for row in ask(_CLOSEST_SPELT if spelt else _CLOSEST, asked)]


def last_at_of(standing: Standing | None) -> datetime | None:
    """When the pair was last in contact."""
    return standing.ground.state.last_at if standing and standing.ground else None


def _line(row: Sequence[Any], now: datetime, then: Mapping[UUID, Standing] | None) -> PersonLine:
    _listed, one, name, portrait, is_home, no_contact, no_score, state, organization_id, organization, title, tags = row
    standing = then.get(one) if then is not None else judged(state, now) if state else None
    return PersonLine(
        one, name, title, organization_id, organization, portrait, is_home, last_at_of(standing), standing, tuple(tags),
        no_contact, no_score,
    )  # fmt: skip
