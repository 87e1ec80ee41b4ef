"""What goes out is held after a restore: a copy must not write to people again what the first one has written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from rapport.accounts.models import Workspace


def held_since(workspace_id: UUID) -> datetime | None:
    """Since when nothing goes out of this workspace; None where it does."""
    return Workspace.objects.values_list("outgoing_held_since", flat=True).get(id=workspace_id)


def release_outgoing(workspace_id: UUID) -> bool:
    """Let it go out again, because a person says so; False where nothing was held."""
    held = Workspace.objects.filter(id=workspace_id, outgoing_held_since__isnull=False)
    return held.update(outgoing_held_since=None) > 0
