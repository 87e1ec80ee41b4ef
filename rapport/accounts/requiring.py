"""A second factor of everybody: asked for by the owner of a workspace, and taken from a member who lost theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble

from .access import Viewer, may
from .acting import By
from .factors import has_second_factor, turn_all_off
from .journal import undoes
from .letting_in import is_within, works_elsewhere
from .models import Membership, User, Workspace
from .owning import member_of
from .rows import current_workspace


def require_second_factor(by: By, wanted: bool) -> UUID:
    """From now on everybody who enters needs one, or nobody; the journal entry that undoes it."""
    by.may("own")
    if wanted and not has_second_factor(User.objects.get(id=by.viewer.user_id)):
        said = _("Turn one on for yourself first, under Settings: else you could not go on.")
        raise Trouble(said, code="yours-first")
    changed = Workspace.objects.filter(id=by.viewer.workspace_id).exclude(needs_second_factor=wanted)
    was_other = changed.update(needs_second_factor=wanted) > 0
    return by.note(
        "workspace.second-factor", values={"wanted": wanted}, way_back={"wanted": wanted} if was_other else None
    )


def reset_second_factor(by: By, membership_id: UUID) -> None:
    """Let a member who lost theirs in without, until they turn on another; NotFound where they have none."""
    by.may("manage")
    member = member_of(membership_id)
    if member.ended_at is not None:
        raise NotFound(_("There is no such member here."))
    if not is_within(by.viewer.role, member.role):
        raise NotAllowed(_("Their role is stronger than yours. Ask an owner."))
    if works_elsewhere(member):
        how = f"rapport reset-second-factor --member {member.user.email}"
        said = _("Another workspace they work in asks for it, too. Whoever runs Rapport can turn it off: %(how)s")
        raise Trouble(said % {"how": how}, code="works-elsewhere")
    if not turn_all_off(member.user):
        raise NotFound(_("They have no second factor."))
    by.note("member.factors-reset", subject_id=member.person_id, subject_name=member.user.name or member.user.email)


def _may_go_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    return may(viewer, "own")


@undoes("workspace.second-factor", allowed=_may_go_back)
def _go_back(way_back: dict[str, Any], now: datetime) -> None:
    here = Workspace.objects.filter(id=current_workspace(), needs_second_factor=way_back["wanted"])
    if not here.update(needs_second_factor=not way_back["wanted"]):
        raise Conflict(_("That was changed again since."), code="changed-since")


def who_have_one(members: list[Membership]) -> set[UUID]:
    """Of these members, the users who have a second factor."""
    having = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(having.filter(user_id__in=[one.user_id for one in members]).values_list("user_id", flat=True))
