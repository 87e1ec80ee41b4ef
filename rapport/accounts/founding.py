"""How a workspace begins: its row, and a member who owns it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .models import Membership, Role, User, Workspace

MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]


def found_workspace(name: str, time_zone: str, now: datetime, is_sample: bool = False) -> Workspace:
    """A new, empty workspace."""
    return Workspace.objects.create(name=name, time_zone=time_zone, is_sample=is_sample, created_at=now)


def join(
    workspace: Workspace,
    user: User,
    person_id: UUID,
    role: str,
    now: datetime,
    time_zone: str = "",
    working_days: list[int] | None = None,
) -> Membership:
    """Make a user a member, as this home person; whoever left before comes back with the new role."""
    membership, _ = Membership.objects.update_or_create(
        workspace=workspace,
        user=user,
        defaults={
            "person_id": person_id,
            "role": role,
            "time_zone": time_zone or workspace.time_zone,
            "working_days": working_days or MONDAY_TO_FRIDAY,
            "ended_at": None,
        },
        create_defaults={
            "person_id": person_id,
            "role": role,
            "time_zone": time_zone or workspace.time_zone,
            "working_days": working_days or MONDAY_TO_FRIDAY,
            "joined_at": now,
        },
    )
    return membership


def first_account() -> User | None:
    """Whose home this is: the account that `rapport up` made before all others."""
    return User.objects.order_by("date_joined").first()


def may_found(user: User) -> bool:
    """Whether a workspace may begin with this user: with the first account alone, while it owns none but a sample.

    Members of a sample that went away would else become owners on somebody else's server.
    """
    owned = Membership.objects.filter(user=user, role=Role.OWNER, ended_at=None, workspace__is_sample=False)
    return first_account() == user and not owned.exists()


def memberships_of(user: User) -> list[Membership]:
    """Where a user may enter: their own workspaces first, the sample last."""
    current = Membership.objects.select_related("workspace", "user").filter(user=user, ended_at=None)
    return list(current.order_by("workspace__is_sample", "joined_at"))


def can_lead(role: str) -> bool:
    """Whether a role may be given to somebody invited; a workspace's owner is made, not invited."""
    return role in set(Role.values) - {Role.OWNER}
