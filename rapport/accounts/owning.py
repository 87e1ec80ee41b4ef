"""Who owns a workspace: somebody always does, and only owners make and unmake owners."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict, NotFound

from .access import Viewer, may
from .models import Membership, Role
from .rows import current_workspace


def member_of(membership_id: UUID | str) -> Membership:
    """A member of the current workspace; nobody else's membership changes here until the transaction ends.

    All are held, not this one alone: of the last two owners each could make the other a member at the same moment.
    """
    here = Membership.objects.filter(workspace_id=current_workspace()).order_by("id")
    members = {str(one.id): one for one in here.select_for_update(of=("self",)).select_related("user")}
    member = members.get(str(membership_id))
    if member is None:
        raise NotFound(_("There is no such member here."))
    return member


def may_change(viewer: Viewer, *roles: str) -> bool:
    """Whether somebody may give or take these roles, and let go who has them."""
    return may(viewer, "own" if Role.OWNER in roles else "manage")


def must_leave_an_owner(member: Membership) -> None:
    """Raise Conflict where this member is the last who owns the workspace."""
    if member.role == Role.OWNER and not is_owned_by_another(member):
        raise Conflict(
            _("They are the only owner. Make somebody else an owner first: a workspace needs one."), code="last-owner"
        )


def is_owned_by_another(member: Membership) -> bool:
    """Whether somebody beside this member owns their workspace."""
    owners = Membership.objects.filter(workspace_id=member.workspace_id, role=Role.OWNER, ended_at=None)
    return owners.exclude(id=member.id).exists()
