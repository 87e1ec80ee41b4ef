"""Giving a member another role."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict, NotFound, Trouble

from .access import RIGHTS, Viewer, require
from .acting import By
from .journal import undoes
from .models import Membership, Role
from .owning import may_change, member_of, must_leave_an_owner


def set_role(by: By, membership_id: UUID, role: str) -> UUID:
    """Let a member be this from now on; the journal entry that undoes it. Only owners make and unmake owners."""
    by.may("manage")
    if role not in RIGHTS:
        raise Trouble(_("There is no such role. Choose one of the list."), code="no-such-role", field="role")
    member = member_of(membership_id)
    if member.ended_at is not None:
        raise NotFound(_("There is no such member here."))
    before = member.role
    if Role.OWNER in (before, role):
        require(by.viewer, "own")
    _give(member, role)
    return by.note(
        "member.role",
        subject_id=member.person_id,
        subject_name=member.user.name or member.user.email,
        values={"before": before, "after": role},
        way_back={"membership": str(member.id), "before": before, "after": role} if role != before else None,
    )


def _give(member: Membership, role: str) -> None:
    if role != Role.OWNER:
        must_leave_an_owner(member)
    Membership.objects.filter(id=member.id).update(role=role)


def _may_give_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    return may_change(viewer, way_back["before"], way_back["after"])


@undoes("member.role", allowed=_may_give_back)
def _give_back(way_back: dict[str, Any], now: datetime) -> None:
    member = member_of(way_back["membership"])
    if member.role != way_back["after"] or member.ended_at is not None:
        raise Conflict(_("They have left, or their role was changed again since."), code="changed-since")
    _give(member, way_back["before"])
