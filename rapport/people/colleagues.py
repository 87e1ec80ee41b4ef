"""Who works at home, whether they sign in or not."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import RIGHTS, Viewer
from rapport.accounts.acting import By
from rapport.accounts.inviting import invite
from rapport.accounts.models import Membership
from rapport.kit.trouble import Conflict, NotAllowed

from .merging import signs_in
from .models import Handle, Person
from .taking_addresses import opens_mail
from .visible import visible_to

MOST = 500


def invite_colleague(by: By, membership: Membership, email: str, role: str, seed: str = "") -> str:
    """The token by which somebody joins once.

    Whoever invites may see it. An address that mail came through already, or that is a colleague's, opens that mail:
    to invite there takes the right to manage, and so does accepting it (`must_be_let_in`).
    """
    owner = Handle.objects.filter(kind="email", value=email.strip().lower()).values_list("person_id", flat=True).first()
    if owner is not None and signs_in([owner]):
        raise Conflict(_("This address reaches somebody who is a member already."), code="member-already")
    if opens_mail(email):
        by.may("manage")
    return invite(by, membership, email, role, seed)


def must_be_let_in(address: str, invited_by: Membership | None, here: str) -> None:
    """Raise NotAllowed where somebody who comes in by this address finds mail behind it, and whoever invited them does
    not manage this workspace, so called.

    What was nobody's address when they were invited may be somebody's by now; and whoever made the invitation may
    have opened it, and may have left or manage no more.
    """
    if not opens_mail(address):
        return
    if invited_by is None or invited_by.ended_at is not None or "manage" not in RIGHTS[invited_by.role]:
        said = _("%(address)s is known in %(workspace)s by now. Ask an owner or admin there to invite you again.")
        raise NotAllowed(said % {"address": address, "workspace": here}, code="known-by-now")


def colleagues(viewer: Viewer, but: Collection[UUID] = ()) -> list[Person]:
    """Home people by name, without these."""
    here = visible_to(viewer).filter(is_home=True).exclude(id__in=but)
    return list(here.order_by("sort_name", "id")[:MOST])
