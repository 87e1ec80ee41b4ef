"""A new link to sign in for a member who lost their way in, made by who manages the workspace and written down."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rapport.kit.ids import as_id
from rapport.kit.trouble import NotAllowed, NotFound, Trouble

from .acting import By
from .inviting import BY_STRENGTH
from .models import Membership, User


def let_in(by: By, member: str) -> User:
    """Whom the actor may make a link for; written down, so that the link is the caller's to make and to bring.

    Whoever uses it reads as that member, so it opens no more than this workspace, and no role above one's own.
    """
    by.may("manage")
    found = _member(by, member)
    if not is_within(by.viewer.role, found.role):
        raise NotAllowed(_("Their role is stronger than yours. Ask an owner."))
    if works_elsewhere(found):
        said = _("The link would open another workspace they work in, too. Whoever runs Rapport can print one: %(how)s")
        raise Trouble(said % {"how": f"rapport link --member {found.user.email}"}, code="works-elsewhere")
    by.note("member.link", subject_id=found.person_id, subject_name=found.user.name or found.user.email)
    return found.user


def is_within(own: str, theirs: str) -> bool:
    """Whether a role is no stronger than one's own."""
    return BY_STRENGTH.index(theirs) >= BY_STRENGTH.index(own)


def _member(by: By, member: str) -> Membership:
    here = Membership.objects.select_related("user").filter(workspace_id=by.viewer.workspace_id, ended_at=None)
    found = here.filter(id=chosen).first() if (chosen := as_id(member)) else None
    if found is None:
        raise NotFound(_("There is no such member here."))
    return found


def works_elsewhere(member: Membership) -> bool:
    """Whether whoever enters as this member enters another workspace, too."""
    others = Membership.objects.filter(user_id=member.user_id, ended_at=None, workspace__is_sample=False)
    return others.exclude(id=member.id).exists()
