"""Tags: words a team sorts people by."""

from __future__ import annotations

from uuid import UUID

from rapport.accounts.rows import current_workspace
from rapport.kit.text import one_line

from .models import PersonTag, Tag


def add_tag(person_id: UUID, word: str, import_id: UUID | None = None) -> None:
    """Put a tag on a person; twice is once."""
    name = one_line(word, 60)
    if name:
        tag, _ = Tag.objects.get_or_create(workspace_id=current_workspace(), name=name)
        PersonTag.objects.get_or_create(
            workspace_id=current_workspace(), person_id=person_id, tag=tag, defaults={"import_id": import_id}
        )
