"""Who works at home, whether they sign in or not."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from rapport.accounts.access import Viewer

from .models import Person
from .visible import visible_to

MOST = 500


def colleagues(viewer: Viewer, but: Collection[UUID] = ()) -> list[Person]:
    """Home people by name, without these."""
    here = visible_to(viewer).filter(is_home=True).exclude(id__in=but)
    return list(here.order_by("sort_name", "id")[:MOST])
