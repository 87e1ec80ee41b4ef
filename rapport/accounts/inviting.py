"""The members of a workspace, and inviting more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble

from .acting import By
from .founding import can_lead
from .links import make_invitation, waiting_invitations
from .models import Membership, OneTimeLink, Role

BY_STRENGTH = [role.value for role in Role]  # strongest first


def members_of(membership: Membership) -> list[Membership]:
    """Who works in the same workspace, in the order they came."""
    return members_here(membership.workspace_id)


def members_here(workspace_id: UUID) -> list[Membership]:
    """Who works in a workspace, in the order they came."""
    members = Membership.objects.select_related("user").filter(workspace_id=workspace_id, ended_at=None)
    return list(members.order_by("joined_at", "id"))


def roles_to_give(role: str) -> list[str]:
    """What somebody in this role may invite others to be: nothing stronger than they are themselves."""
    return [one for one in BY_STRENGTH[BY_STRENGTH.index(role) :] if can_lead(one)]


def invite(by: By, membership: Membership, email: str, role: str, seed: str = "") -> str:
    """The token by which somebody joins once; it is known nowhere else afterwards, but for who has its `seed`."""
    by.may("invite")
    if by.viewer.is_sample:  # they would work among people who do not exist, and all of it goes
        raise Trouble(_("Invite your colleagues once you have begun with your own."), code="only-sample")
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Trouble(_("Write it like you@example.org."), code="bad-email") from None
    if role not in roles_to_give(by.viewer.role):
        raise NotAllowed(_("You can invite somebody to a role up to your own."))
    if any(one.user.email == email for one in members_of(membership)):
        raise Conflict(_("They are a member already."), code="member-already")
    _take_back(membership, email=email)
    token = make_invitation(email, role, membership, by.now, seed)
    by.note("member.invite", subject_name=email, values={"role": role})
    return token


def withdraw(by: By, membership: Membership, invitation: str) -> None:
    """Take an invitation back; its link no longer works."""
    by.may("invite")
    if not _take_back(membership, token_hash=invitation):
        raise NotFound(_("That invitation was accepted or taken back already."))
    by.note("member.withdraw")


def invitations_of(membership: Membership, now: datetime) -> list[OneTimeLink]:
    """Invitations that wait."""
    return waiting_invitations(membership.workspace_id, now)


def _take_back(membership: Membership, **which: str) -> int:
    waiting = OneTimeLink.objects.filter(workspace_id=membership.workspace_id, used_at=None, **which)
    return waiting.delete()[0]
