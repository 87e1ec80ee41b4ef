"""By what people can be listed: the tags in use and the organizations people are at, with how many."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Lower

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask

from .models import Affiliation, PersonTag
from .visible import visible_to

MOST_COUNTED = 20_000
# A person is at an organization once; who was joined with somebody took their places along.
_LARGEST = """
SELECT o.id, o.name, many FROM (
  SELECT organization_id, count(*) AS many FROM ({some}) AS places GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s
) AS largest JOIN organization o ON o.id = largest.organization_id ORDER BY many DESC, o.sort_name
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Some people with a word for them."""

    id: UUID
    name: str
    people: int


def tags_in_use(viewer: Viewer, limit: int = 50) -> tuple[Group, ...]:
    """Tags that are on somebody this viewer may see, by name. A guest sees none."""
    if viewer.is_guest:
        return ()
    rows = PersonTag.objects.filter(person__in=visible_to(viewer)).values_list("tag_id", "tag__name")
    counted = rows.annotate(people=Count("person_id")).order_by(Lower("tag__name"), "tag__name")
    return tuple(Group(*row) for row in counted[:limit])


def organizations_in_use(viewer: Viewer, limit: int = 50) -> tuple[Group, ...]:
    """Organizations people this viewer may see are at now, the largest first; of more than 20,000 places the largest
    among some 20,000: a list to choose from is not worth half a second.
    """
    current = Affiliation.objects.filter(until=None)
    if viewer.is_guest:
        current = current.filter(person__in=visible_to(viewer))
    some = current.values("organization_id")[:MOST_COUNTED]
    sql, values = some.query.sql_with_params()
    rows = ask(_LARGEST.format(some=sql), [*values, limit])
    return tuple(Group(*row) for row in rows)
