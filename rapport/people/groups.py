"""By what people can be listed: the tags in use and the organizations people are at, with how many."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from rapport.accounts.access import Viewer

from .models import Affiliation, PersonTag
from .visible import visible_to


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
    counted = rows.annotate(people=Count("person_id")).order_by("tag__name")
    return tuple(Group(*row) for row in counted[:limit])


def organizations_in_use(viewer: Viewer, limit: int = 50) -> tuple[Group, ...]:
    """Organizations people this viewer may see are at now, the largest first."""
    current = Affiliation.objects.filter(until=None, person__in=visible_to(viewer))
    rows = current.values_list("organization_id", "organization__name")
    counted = rows.annotate(people=Count("person_id", distinct=True)).order_by("-people", "organization__name")
    return tuple(Group(*row) for row in counted[:limit])
