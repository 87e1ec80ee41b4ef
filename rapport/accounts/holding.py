"""What goes out is held after a restore: a copy must not write to people again what the first one has written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .acting import By
from .models import User, Workspace


def held_since(workspace_id: UUID) -> datetime | None:
    """Since when nothing goes out of this workspace; None where it does."""
    return Workspace.objects.values_list("outgoing_held_since", flat=True).get(id=workspace_id)


def is_anything_held() -> bool:
    """Whether some workspace of this house waits for its owner's word. A sample sends nothing anyway."""
    return Workspace.objects.filter(is_sample=False, outgoing_held_since__isnull=False).exists()


def may_mail_to(user: User) -> bool:
    """Whether a mail may go to this user: not while all the workspaces they work in are held."""
    own = Workspace.objects.filter(memberships__user=user, memberships__ended_at=None, is_sample=False)
    return not own.exists() or own.filter(outgoing_held_since=None).exists()


def let_go_out(by: By) -> None:
    """Say that it may go out again. For who manages the workspace; said twice, it stays said."""
    by.may("manage")
    if release_outgoing(by.viewer.workspace_id):
        by.note("outgoing.release")


def release_outgoing(workspace_id: UUID) -> bool:
    """Let it go out again, because a person says so; False where nothing was held."""
    held = Workspace.objects.filter(id=workspace_id, outgoing_held_since__isnull=False)
    return held.update(outgoing_held_since=None) > 0
