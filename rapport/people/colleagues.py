"""Who works at home, whether they sign in or not."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.inviting import invite
from rapport.accounts.models import Membership
from rapport.kit.trouble import Conflict

from .merging import signs_in
from .models import Handle, Person
from .visible import visible_to

MOST = 500


def invite_colleague(by: By, membership: Membership, email: str, role: str, seed: str = "") -> str:
    """The token by which somebody joins once.

    Whoever invites may see it. An address that mail came through already, or that is a colleague's, opens that mail:
    to invite there takes the right to manage.
    """
    owner = Handle.objects.filter(kind="email", value=email.strip().lower()).values_list("person_id", flat=True).first()
    if owner is not None and signs_in([owner]):
        raise Conflict(_("This address reaches somebody who is a member already."), code="member-already")
    if owner is not None:
        by.may("manage")
    return invite(by, membership, email, role, seed)


def colleagues(viewer: Viewer, but: Collection[UUID] = ()) -> list[Person]:
    """Home people by name, without these."""
    here = visible_to(viewer).filter(is_home=True).exclude(id__in=but)
    return list(here.order_by("sort_name", "id")[:MOST])
