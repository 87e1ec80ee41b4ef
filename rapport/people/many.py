"""What can be done with one person, done with many at once: a few statements, one entry, taken back together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.ids import new_ids
from rapport.kit.text import one_line
from rapport.kit.trouble import Conflict, NotFound, Trouble

from .affiliating import organization_called
from .gathering import hold_people_still
from .models import Affiliation, Person, PersonTag, Tag
from .moving import SOON, settle_ends
from .visible import visible_to

MOST = 20_000  # people at once: so many are chosen, changed and taken back within a second or two

_TAG = """
INSERT INTO person_tag (workspace_id, id, person_id, tag_id)
SELECT %(workspace)s, u.id, u.person, %(tag)s FROM unnest(%(ids)s::uuid[], %(people)s::uuid[]) AS u(id, person)
ON CONFLICT (workspace_id, person_id, tag_id) DO NOTHING RETURNING id
"""
_UNTAG = "DELETE FROM person_tag WHERE person_id = ANY(%s) AND tag_id = ANY(%s) RETURNING id, person_id, tag_id"
_TAG_AGAIN = """
INSERT INTO person_tag (workspace_id, id, person_id, tag_id)
SELECT %(workspace)s, u.id, u.person, u.tag
FROM unnest(%(ids)s::uuid[], %(people)s::uuid[], %(tags)s::uuid[]) AS u(id, person, tag)
JOIN person p ON p.id = u.person ON CONFLICT DO NOTHING
"""
_PLACE = """
INSERT INTO affiliation (workspace_id, id, person_id, organization_id, title, origin)
SELECT %(workspace)s, u.id, u.person, %(place)s, '', 'hand'
FROM unnest(%(ids)s::uuid[], %(people)s::uuid[]) AS u(id, person)
ON CONFLICT (workspace_id, person_id, organization_id) DO NOTHING RETURNING id
"""
# Here they are now, and nowhere else has been said to be.
_SAY = """
UPDATE affiliation a SET said_at = CASE WHEN a.organization_id = %(place)s THEN %(now)s END,
  title = CASE WHEN a.organization_id = %(place)s AND %(title)s <> '' THEN %(title)s ELSE a.title END
FROM affiliation b WHERE b.id = a.id AND a.person_id = ANY(%(people)s)
  AND (a.organization_id = %(place)s OR a.said_at IS NOT NULL)
RETURNING a.id, b.title, b.said_at
"""
_UNSAY = """
UPDATE affiliation a SET title = CASE WHEN a.title = u.now THEN u.title ELSE a.title END, said_at = u.said_at
FROM unnest(%(ids)s::uuid[], %(titles)s::text[], %(nows)s::text[], %(said)s::timestamptz[])
  AS u(id, title, now, said_at)
WHERE a.id = u.id AND (a.said_at = %(at)s OR a.said_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class DoneToMany:
    """How many it was done to, and the journal entry that undoes it; `changed` were not so before.

    Without an entry nothing was changed, so there is nothing to undo.
    """

    people: int
    changed: int
    journal_id: UUID | None


def chosen_of(by: By, people: Sequence[UUID]) -> list[UUID]:
    """Of these people those this viewer may know of. Raises NotFound where there is none, Trouble for too many."""
    if len(people) > MOST:
        said = _("That is more than %(n)s people at once. Choose fewer: filter the list first.")
        raise Trouble(said % {"n": f"{MOST:,}"}, code="too-many", most=MOST)
    found = list(visible_to(by.viewer).filter(id__in=people).values_list("id", flat=True))
    if not found:
        raise NotFound(_("Choose at least one person."), code="nobody-chosen")
    return found


def tag_many(by: By, people: Sequence[UUID], word: str) -> DoneToMany:
    """Put a tag on all of them."""
    by.may("write")
    chosen, name = chosen_of(by, people), _word(word)
    known = Tag.objects.filter(name__iexact=name).order_by("id").first()
    label = known or Tag.objects.create(workspace_id=current_workspace(), name=name)
    rows = _ids(_TAG, tag=label.id, people=chosen, ids=new_ids(len(chosen)))
    _keep_by_hand(chosen)
    return _noted(by, "people.tag", chosen, len(rows), {"tag": label.name}, {"rows": rows, "tag": str(label.id)})


@undoes("people.tag")
def _take_off(way_back: dict[str, Any], now: datetime) -> None:
    PersonTag.objects.filter(id__in=way_back["rows"]).delete()
    _forget_unused([way_back["tag"]])


def untag_many(by: By, people: Sequence[UUID], word: str) -> DoneToMany:
    """Take a tag off all of them; a tag nobody has any more is forgotten. Where none of them has it nothing is done."""
    by.may("write")
    chosen, name = chosen_of(by, people), _word(word)
    labels = dict(Tag.objects.filter(name__iexact=name).values_list("id", "name"))
    with connection.cursor() as cursor:
        cursor.execute(_UNTAG, [chosen, list(labels)])
        rows = [[str(one) for one in row] for row in cursor.fetchall()]
    if not rows:
        return DoneToMany(len(chosen), 0, None)
    _forget_unused(list(labels))
    _keep_by_hand(chosen)
    way_back = {"rows": rows, "tags": {str(one): word for one, word in labels.items()}}
    return _noted(by, "people.untag", chosen, len(rows), {"people": len(rows), "tag": name}, way_back)


@undoes("people.untag")
def _put_on(way_back: dict[str, Any], now: datetime) -> None:
    workspace = current_workspace()
    labels = {old: _tag_again(old, name, workspace) for old, name in way_back["tags"].items()}
    rows = way_back["rows"]
    given: dict[str, Any] = {
        "workspace": workspace, "ids": [row[0] for row in rows], "people": [row[1] for row in rows],
        "tags": [labels[row[2]] for row in rows],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TAG_AGAIN, given)


def place_many(by: By, people: Sequence[UUID], organization: str, title: str = "") -> DoneToMany:
    """Say that all of them are at one organization now. Where they were stays in their path."""
    by.may("write")
    hold_people_still()
    chosen = chosen_of(by, people)
    if not one_line(organization, 300):
        raise Trouble(_("Say at which organization."), code="no-organization", field="organization")
    place = organization_called(organization, by.now)
    if place.is_home or Person.objects.filter(id__in=chosen, is_home=True).exists():
        raise Conflict(_("Who is one of yours is said one by one: leave colleagues out."), code="home")
    made = _ids(_PLACE, place=place.id, people=chosen, ids=new_ids(len(chosen)))
    called = one_line(title, 200)
    with connection.cursor() as cursor:
        cursor.execute(_SAY, {"place": place.id, "now": by.now, "title": called, "people": chosen})
        before = [[str(row), was, said and said.isoformat()] for row, was, said in cursor.fetchall()]
    settle_ends(chosen)
    put_down("ties", by.now + SOON)
    _keep_by_hand(chosen)
    way_back = {"made": made, "before": before, "title": called, "at": by.now.isoformat()}
    return _noted(by, "people.place", chosen, len(made), {"organization": place.name}, way_back)


@undoes("people.place")
def _place_back(way_back: dict[str, Any], now: datetime) -> None:
    """Only what nobody has said since."""
    hold_people_still()
    rows = way_back["before"]
    given: dict[str, Any] = {
        "ids": [row[0] for row in rows], "titles": [row[1] for row in rows],
        "nows": [way_back["title"] or row[1] for row in rows], "said": [row[2] for row in rows], "at": way_back["at"],
    }  # fmt: skip
    touched = [row[0] for row in rows]
    people = set(Affiliation.objects.filter(id__in=touched).values_list("person_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_UNSAY, given)
    made = Affiliation.objects.filter(id__in=way_back["made"])
    made.filter(title="", since=None, last_seen=None, said_at=None).delete()
    settle_ends(people)
    put_down("ties", now + SOON)


def _word(word: str) -> str:
    name = one_line(word, 60)
    if not name:
        raise Trouble(_("A tag is a word. Which one?"), code="empty-tag", field="word")
    return name


def _ids(query: str, **given: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"workspace": current_workspace(), **given})
        return [str(row[0]) for row in cursor.fetchall()]


def _keep_by_hand(people: Collection[UUID]) -> None:
    Person.objects.filter(id__in=people, touched_by_hand=False).update(touched_by_hand=True)


def _forget_unused(tags: Collection[Any]) -> None:
    Tag.objects.filter(id__in=tags).exclude(id__in=PersonTag.objects.values("tag_id")).delete()


def _tag_again(old: str, name: str, workspace: UUID) -> str:
    """The tag itself, the same word made anew meanwhile, or it once more."""
    known = Tag.objects.filter(id=old).first() or Tag.objects.filter(name__iexact=name).order_by("id").first()
    return str((known or Tag.objects.create(id=UUID(old), workspace_id=workspace, name=name)).id)


def _noted(
    by: By, verb: str, people: Collection[UUID], changed: int, values: dict[str, Any], way_back: dict[str, Any]
) -> DoneToMany:
    entry = by.note(verb, values={"people": len(people), **values}, way_back=way_back)
    return DoneToMany(len(people), changed, entry)
