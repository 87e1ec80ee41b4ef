"""A workspace of one's own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rapport.accounts.founding import found_workspace, join, may_found
from rapport.accounts.models import Role, User
from rapport.accounts.rows import in_workspace
from rapport.interactions.changes import note_person_changes
from rapport.kit.text import one_line
from rapport.kit.trouble import NotAllowed
from rapport.kit.zones import zone_called
from rapport.people.home import claim_addresses, found_home, make_home_person


def found_own(user: User, business: str, email: str, time_zone: str, working_days: list[int], now: datetime) -> UUID:
    """Found a workspace whose owner is this user, with its home organization and themselves in it."""
    zone = zone_called(time_zone) or "UTC"
    with transaction.atomic():
        User.objects.select_for_update().get(id=user.id)  # a second click waits here, and then finds it done
        if not may_found(user):
            raise NotAllowed(_("Only whoever set Rapport up begins a workspace here, and only one."))
        workspace = found_workspace(one_line(business, 200), zone, now)
        with in_workspace(workspace.id):
            home = found_home(workspace.name, now)
            person = make_home_person(user.name, email, home, now)
            note_person_changes([person.id, *claim_addresses(person.id, [email], now)])
            join(workspace, user, person.id, Role.OWNER, now, zone, working_days)
        return workspace.id
