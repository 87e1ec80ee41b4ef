"""What somebody said is not so of a person: files that say it again do not bring it back. Saying it by hand does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import ask, current_workspace

from .models import Withdrawn

Kind = Literal["handle", "fact", "tag", "place", "birthday", "wish"]
Said = tuple[UUID, str]  # a person, and what was said of them

_WITHDRAWN = "SELECT person_id, value FROM withdrawn WHERE kind = %s AND person_id = ANY(%s::uuid[])"

_ANY_WITHDRAWN = "SELECT EXISTS (SELECT FROM withdrawn WHERE kind = %s)"
MANY = 50  # so many ids take longer to send than it takes to ask whether anything was ever said not to be so


def withdraw(person_id: UUID, kind: Kind, value: str, now: datetime) -> None:
    """It is not so. Twice is once."""
    row = Withdrawn(workspace_id=current_workspace(), person_id=person_id, kind=kind, value=value, said_at=now)
    Withdrawn.objects.bulk_create([row], ignore_conflicts=True)


def say_again(person_id: UUID | str, kind: Kind, value: str) -> None:
    """It is so after all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM withdrawn WHERE person_id = %s AND kind = %s AND value = %s", [person_id, kind, value]
        )


def withdrawn_of(kind: Kind, people: Collection[UUID]) -> set[Said]:
    """Of these people, what is not so of them."""
    if not people:
        return set()
    if len(people) > MANY and not ask(_ANY_WITHDRAWN, [kind])[0][0]:
        return set()
    return set(ask(_WITHDRAWN, [kind, list(people)]))


def handle_told(kind: str, value: str) -> str:
    """How an address is compared."""
    return f"{kind}:{value}"


def fact_told(kind: str, value: str) -> str:
    """How a fact is compared."""
    return f"{kind}:{value}"


def tag_told(word: str) -> str:
    """How a tag is compared."""
    return word.casefold()
