"""Letting a member go: they get in no more, at once. The person they are stays, with all that happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from rapport.kit.trouble import Conflict, NotFound

from .access import Viewer, require
from .acting import By
from .journal import undoes
from .links import end_invitations, end_sign_in_links
from .models import Key, Membership, Role, User
from .owning import may_change, member_of, must_leave_an_owner


def let_go(by: By, membership_id: UUID) -> UUID:
    """End a membership with its keys, and everywhere they are signed in; the journal entry that undoes it.

    What they did stays theirs. Invitations they made, or that wait for them, end too: by one they would be back.
    """
    by.may("manage")
    member = member_of(membership_id)
    if member.ended_at is not None:
        raise NotFound(_("They have left already."))
    if member.role == Role.OWNER:
        require(by.viewer, "own")
    must_leave_an_owner(member)
    keys = Key.objects.filter(membership_id=member.id, ended_at=None)
    ended = [str(one.id) for one in keys.only("id")]
    Membership.objects.filter(id=member.id).update(ended_at=by.now)
    keys.update(ended_at=by.now)
    end_invitations(member)
    _shut_out(member.user)
    return by.note(
        "member.end",
        subject_id=member.person_id,
        subject_name=member.user.name or member.user.email,
        values={"role": member.role},
        way_back={"membership": str(member.id), "role": member.role, "keys": ended, "at": by.now.isoformat()},
    )


def _shut_out(user: User) -> None:
    """Whoever also works in another workspace signs in there anew."""
    end_sign_in_links(user)
    for one in UserSession.objects.filter(user=user):
        one.end()


def _may_take_in_again(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    return may_change(viewer, way_back["role"])


@undoes("member.end", allowed=_may_take_in_again)
def _take_in_again(way_back: dict[str, Any], now: datetime) -> None:
    """As they were, with the keys they had; they sign in anew."""
    member, at = member_of(way_back["membership"]), datetime.fromisoformat(way_back["at"])
    if member.ended_at != at:
        raise Conflict(_("They have come back already."), code="changed-since")
    Membership.objects.filter(id=member.id).update(ended_at=None)
    Key.objects.filter(id__in=way_back["keys"], ended_at=at).update(ended_at=None)
