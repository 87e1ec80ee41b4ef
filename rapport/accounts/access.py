"""What a role may do. Asked by doors through `require`; what a viewer may see is `visible_to` in each room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.kit.trouble import NotAllowed

from .models import Membership, Role

Right = Literal["read", "write", "import", "merge", "invite", "manage", "own"]

_MEMBER: frozenset[Right] = frozenset({"read", "write", "import", "merge"})
RIGHTS: dict[str, frozenset[Right]] = {
    Role.GUEST: frozenset({"read"}),
    Role.MEMBER: _MEMBER,
    Role.LEAD: _MEMBER | {"invite"},
    Role.ADMIN: _MEMBER | {"invite", "manage"},
    Role.OWNER: _MEMBER | {"invite", "manage", "own"},
}
CONFIRMED: frozenset[Right] = frozenset({"invite", "manage", "own"})  # what a stolen key must not do


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: a member of the workspace that was entered, and the home person they are."""

    workspace_id: UUID
    membership_id: UUID
    user_id: UUID
    person_id: UUID
    role: str
    time_zone: str
    working_days: tuple[int, ...]
    name: str
    is_sample: bool = False
    may_write: bool = True  # a key may be for reading only
    may_manage: bool = True  # what came with the request is good for what concerns who gets in
    per_day: int = 7  # people on Today, at most

    @property
    def is_guest(self) -> bool:
        """Guests see only the people they have been in touch with themselves."""
        return self.role == Role.GUEST


def viewer_of(membership: Membership, may_write: bool = True, may_manage: bool = True) -> Viewer:
    """The viewer a membership makes."""
    assert membership.person_id is not None
    return Viewer(
        workspace_id=membership.workspace_id,
        membership_id=membership.id,
        user_id=membership.user_id,
        person_id=membership.person_id,
        role=membership.role,
        time_zone=membership.time_zone,
        working_days=tuple(membership.working_days),
        name=membership.user.name,
        is_sample=membership.workspace.is_sample,
        may_write=may_write,
        may_manage=may_manage,
        per_day=membership.per_day,
    )


def may(viewer: Viewer, right: Right) -> bool:
    """Whether this viewer has this right."""
    return right in RIGHTS[viewer.role] and _is_within_scope(viewer, right)


def _is_within_scope(viewer: Viewer, right: Right) -> bool:
    """Whether what they came with, a key or a session, is good for this right."""
    return right == "read" or (viewer.may_write and (viewer.may_manage or right not in CONFIRMED))


def is_theirs(viewer: Viewer, owner: UUID | str | None) -> bool:
    """Whether what this membership owns is the viewer's to change: their own, or anybody's where they manage."""
    return str(owner) == str(viewer.membership_id) or may(viewer, "manage")


def require(viewer: Viewer, right: Right) -> None:
    """Raise NotAllowed where the viewer lacks a right."""
    if right in RIGHTS[viewer.role] and not viewer.may_write and right != "read":
        sentence = _(
            "This key is for looking only. Use one that may write too: you make it in Settings, under API keys."
        )
        raise NotAllowed(sentence, code="not-in-scope", right=right)
    if right in RIGHTS[viewer.role] and not _is_within_scope(viewer, right):
        sentence = _("This key, or a sign-in that long ago, may not do that. Use the pages, or a key made for it.")
        raise NotAllowed(sentence, code="not-in-scope", right=right)
    if not may(viewer, right):
        raise NotAllowed(
            _("Your role in this workspace does not allow that. Ask an owner or admin of it."), right=right
        )
