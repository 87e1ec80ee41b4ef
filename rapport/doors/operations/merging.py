"""Two people found to be one, and taken apart again."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from rapport.interactions.joining import merge, unmerge
from rapport.relationships.refresh import read_on

from .catalogue import Asked, operation
from .editing import done
from .given import Given, OfPerson
from .shapes import Done


class MergePeople(OfPerson):
    """Who is kept, and who becomes them."""

    other: UUID = Field(
        description="Who becomes one with the person kept.", examples=["0199f1c2-7d5e-7c60-a1b2-9a3d5e7f1024"]
    )


@operation(
    "people.merge", "POST", "/people/{person_id}/merge", "Make one person of two",
    right="merge", takes=MergePeople, gives=Done,
)  # fmt: skip
def merged(asked: Asked, given: MergePeople) -> Done:
    """The person kept has everything of both from now on."""
    changed = merge(asked.by, given.person_id, given.other)
    read_on(asked.now)
    return done(changed)


class UnmergePeople(Given):
    """Which merge; a person's `merges` name theirs."""

    merge_id: UUID


@operation(
    "people.unmerge", "POST", "/merges/{merge_id}/undo", "Take two people apart who were merged",
    right="merge", takes=UnmergePeople, gives=Done,
)  # fmt: skip
def unmerged(asked: Asked, given: UnmergePeople) -> Done:
    """Exactly as they were."""
    changed = unmerge(asked.by, given.merge_id)
    read_on(asked.now)
    return done(changed)
