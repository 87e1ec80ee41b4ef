"""Telling people apart who are called alike: what is said beside their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.kit.text import fold
from rapport.people.models import Handle
from rapport.people.visible import sees_whole

from .knowing import Known


def beside(viewer: Viewer, people: Collection[Known]) -> dict[UUID, str]:
    """What these people are; their address too where that is nothing, or another here has the same name. One query."""
    words = words_beside(viewer, {one.id: (one.face.name, one.role) for one in people})
    return {one.id: words[one.id] for one in people}


def words_beside(viewer: Viewer, people: Mapping[UUID, tuple[str, str]]) -> dict[UUID, str]:
    """The same for names with what they are, by id."""
    names = Counter(fold(name) for name, _ in people.values())
    unclear = [one for one, (name, role) in people.items() if not role or names[fold(name)] > 1]
    addresses = addresses_of(viewer, unclear)
    return {
        one: " · ".join(part for part in (role, addresses.get(one, "")) if part) for one, (_, role) in people.items()
    }


def addresses_of(viewer: Viewer, people: Collection[UUID]) -> dict[UUID, str]:
    """A mail address or else a telephone number of each this viewer may know it of. One query."""
    found: dict[UUID, str] = {}
    if known := [one for one in people if sees_whole(viewer, one)]:
        handles = Handle.objects.filter(person_id__in=known, kind__in=("email", "phone"))
        for person, said in handles.order_by("kind", "id").values_list("person_id", "value"):
            found.setdefault(person, said)
    return found
