"""People made in one line each, and a copy of all that is stored about people."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry
from rapport.accounts.rows import TenantRow
from rapport.interactions.models import PairChange
from rapport.people.domains import organization_domain
from rapport.people.editing import add_person
from rapport.people.gathering import organizations_of
from rapport.people.models import Merge, Person
from rapport.relationships.models import OrganizationTies, Relationship


def somebody(by: By, name: str, **more: str) -> Person:
    """A new person; the place their address of mail speaks for is known, as if somebody had written from there."""
    domain = organization_domain(more.get("email", ""))
    organizations_of({domain} if domain else (), None, by.now)
    return Person.objects.get(id=add_person(by, name, **more).person_id)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every tenant table; what only tells the story of changes is left out."""
    left_out = (JournalEntry, PairChange, Merge, OrganizationTies)
    tables: list[type[models.Model]] = [
        table
        for table in apps.get_app_config("rapport").get_models()
        if issubclass(table, TenantRow) and table not in left_out
    ]
    return {table.__name__: sorted(_rows(table), key=str) for table in tables}


def _rows(table: type[models.Model]) -> list[dict[str, Any]]:
    if table is not Relationship:
        return list(table._default_manager.values())
    # Judged anew whenever a pair appears: nothing refers to their ids, and the last digit may differ.
    fields = [field.attname for field in Relationship._meta.local_fields if field.name != "id"]
    rows = Relationship.objects.filter(home_person__is_home=True).values(*fields)
    return [_rounded(row | {"state": json.loads(row["state"])}) for row in rows]


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, 9) if isinstance(value, float) else value


def membered(person_id: UUID, email: str, workspace: Any, now: datetime) -> Any:
    """Let this person sign in."""
    from rapport.accounts.founding import join
    from rapport.accounts.models import Role, User

    user = User.objects.create_user(email, "a long enough secret", name="Somebody")
    return join(workspace, user, person_id, Role.MEMBER, now)
