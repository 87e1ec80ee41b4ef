"""Whose eyes the command line sees with: the owner of this house's own workspace, founded when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.founding import first_account, found_workspace, join, memberships_of
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.oneself import FIRST_ADDRESS
from rapport.accounts.rows import in_workspace
from rapport.kit.ids import as_id
from rapport.kit.trouble import NotFound, Trouble
from rapport.people.addresses import own_emails
from rapport.people.domains import organization_domain, organization_name
from rapport.people.home import found_home, make_home_person
from rapport.people.naming import name_from_address


def first_user() -> User:
    """The person at this machine: the first user, made where there is none. Has no password: signs in by a link."""
    return first_account() or User.objects.create_user(FIRST_ADDRESS)


def viewer_for(workspace: str = "", member: str = "") -> Viewer:
    """The member the command line acts as: by workspace (name or id) and e-mail; by default the first owner's own."""
    chosen = Membership.objects.select_related("user", "workspace").filter(ended_at=None, person_id__isnull=False)
    if workspace:
        found = as_id(workspace)
        chosen = chosen.filter(workspace_id=found) if found else chosen.filter(workspace__name__iexact=workspace)
    if member:
        chosen = chosen.filter(user__email__iexact=member.strip())
    ranked = sorted(chosen, key=lambda one: (one.workspace.is_sample, list(Role.values).index(one.role), one.joined_at))
    if not ranked and (workspace or member):
        raise NotFound(_("There is no such workspace or member here. See who is: rapport status"))
    if not ranked:
        raise Trouble(
            _("Rapport is empty. Start with your own mail: rapport import your.mbox --as you@your-company.com"),
            code="empty",
        )
    return viewer_of(ranked[0])


def own_viewer(home_addresses: Sequence[str], now: datetime, workspace: str = "", member: str = "") -> Viewer:
    """As `viewer_for`, but never the sample: one's own workspace is founded from these addresses if there is none.

    They are read first: what is no address is said before anything is founded or copied.
    """
    addresses = own_emails(home_addresses)
    if workspace or member:
        return viewer_for(workspace, member)
    user = first_user()
    own = [one for one in memberships_of(user) if not one.workspace.is_sample]
    if not own and Workspace.objects.filter(is_sample=False).exists():
        return viewer_for()
    if own:
        return viewer_of(own[0])
    address = next(iter(addresses), "")
    if not address:
        raise Trouble(
            _("Say whose mail this is: rapport import %(file)s --as you@your-company.com") % {"file": "your.mbox"},
            code="whose-mail",
        )
    return viewer_of(_founded(user, address, now))


def _founded(user: User, address: str, now: datetime) -> Membership:
    domain = organization_domain(address)
    name = organization_name(domain) if domain else _("My people")
    workspace = found_workspace(name, "UTC", now)
    with in_workspace(workspace.id):
        person = make_home_person(user.name or name_from_address(address), address, found_home(name, now), now)
    if user.email == FIRST_ADDRESS and not User.objects.filter(email=address).exists():
        User.objects.filter(id=user.id).update(email=address, name=user.name or person.name)
        user.refresh_from_db()
    return join(workspace, user, person.id, Role.OWNER, now)
