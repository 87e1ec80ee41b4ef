"""Relationships: what is stored equals what folding the history again gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from math import isclose
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from rapport.accounts.models import Workspace
from rapport.accounts.rows import in_workspace
from rapport.interactions.models import PairChange
from rapport.relationships.contacts import contacts_of_pairs
from rapport.relationships.folding import states_of
from rapport.relationships.models import Relationship
from rapport.relationships.stored import plain, written

from ..findings import Finding, finding

AT_A_TIME = 2000
Pair = tuple[UUID, UUID]


def check_relationships() -> Iterator[Finding]:
    """Pairs whose state is not what their history gives. Pairs that wait to be judged are left out."""
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        with in_workspace(workspace_id):
            differing = [home for pairs in _judged_together() for home in _differing(*pairs)]
        yield from finding(
            "relationship-differs",
            _("How a relationship stands is not what its history says. Tell us: this is a fault of ours."),
            differing,
        )


def _judged_together() -> Iterator[tuple[datetime, dict[Pair, str]]]:
    """Stored states by the moment up to which they were folded."""
    waiting = PairChange.objects.filter(home_person_id=OuterRef("home_person_id"), person_id=OuterRef("person_id"))
    rows = Relationship.objects.filter(~Exists(waiting)).order_by("judged_at", "id")
    values = rows.values_list("judged_at", "home_person_id", "person_id", "state")
    for judged_at, group in groupby(values.iterator(AT_A_TIME), key=lambda row: row[0]):
        yield judged_at, {(home, person): state for _at, home, person, state in group if state is not None}


def _differing(judged_at: datetime, stored: dict[Pair, str]) -> list[str]:
    folded = states_of(contacts_of_pairs(list(stored), judged_at))
    return [
        f"{home} {person}"
        for (home, person), state in stored.items()
        if (home, person) not in folded or not _alike(plain(state), plain(written(folded[home, person])))
    ]


def _alike(one: Any, other: Any) -> bool:
    """Equal, but for the last digits: sums taken in another order differ there."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
    return bool(one == other)
