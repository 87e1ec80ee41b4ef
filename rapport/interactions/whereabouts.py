"""Where in its file something stood that an import found: the how manieth it was, as people count."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from django.db.models import Max, Min

from rapport.channels.models import ImportItem

Stretches = dict[tuple[UUID, str], tuple[int, int]]


class Placed(Protocol):
    """What says where it was found."""

    @property
    def file_id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def ordinal(self) -> int: ...


def stretches_of(items: Collection[Placed], read: dict[UUID, int]) -> Stretches:
    """By file and member: the first and the last ordinal of what came from it. `read` says how far files were read."""
    members = {(one.file_id, one.name) for one in items if one.name}
    whole = {(one.file_id, ""): (0, read[one.file_id] - 1) for one in items if not one.name}
    if not members:
        return whole
    files, names = {file for file, _name in members}, {name for _file, name in members}
    inside = ImportItem.objects.filter(file__in=files, name__in=names)
    rows = inside.values_list("file_id", "name").annotate(first=Min("ordinal"), last=Max("ordinal"))
    return whole | {(file, name): (first, last) for file, name, first, last in rows}


def number_of(one: Placed, stretches: Stretches) -> int | None:
    """Its place in the innermost file it came from, from 1; None where that holds nothing else."""
    first, last = stretches[one.file_id, one.name]
    return one.ordinal - first + 1 if last > first else None


def first_of(one: Placed, stretches: Stretches) -> int:
    """The ordinal with which its innermost file begins."""
    return stretches[one.file_id, one.name][0]
