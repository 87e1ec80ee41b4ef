"""The account of somebody who is erased: gone, unless they sign in to another workspace, and links sent to them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from .models import Membership, OneTimeLink, User
from .rows import current_workspace


def forget_account(people: Collection[UUID], addresses: Collection[str]) -> None:
    """Forget who signed in here as one of these people, and invitations to these addresses."""
    workspace = current_workspace()
    here = Membership.objects.filter(workspace_id=workspace, person_id__in=people)
    elsewhere = Membership.objects.exclude(workspace_id=workspace)
    accounts = User.objects.filter(id__in=here.values("user_id")).exclude(id__in=elsewhere.values("user_id"))
    links = OneTimeLink.objects.filter(workspace_id=workspace)
    links.filter(Q(email__in=addresses) | Q(user__in=accounts)).delete()
    ids = list(accounts.values_list("id", flat=True))
    here.update(person_id=None)
    User.objects.filter(id__in=ids).delete()
