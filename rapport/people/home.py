"""Who is ours: the home organization, and the people and addresses that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, may
from rapport.accounts.models import Membership
from rapport.accounts.rows import current_workspace
from rapport.kit.text import fold, one_line
from rapport.kit.trouble import Conflict, NotAllowed

from .domains import organization_domain, organization_name
from .gathering import Seen, gather, hold_people_still
from .home_domains import move_into
from .matching import Named
from .models import Affiliation, Handle, Organization, Person
from .naming import BY_HAND
from .taking_addresses import may_take


def found_home(name: str, now: datetime) -> Organization:
    """The home organization of this workspace, made with this name where there is none."""
    home = Organization.objects.filter(is_home=True).first()
    if home is None:
        home = Organization(name=one_line(name, 300), sort_name=fold(name), is_home=True, made_at=now)
        home.workspace_id = current_workspace()
        home.touched_by_hand = True
        home.save(force_insert=True)
    return home


def make_home_person(name: str, email: str, home: Organization, now: datetime) -> Person:
    """One of ours: the person behind this address, found or made, named as they say and affiliated with home."""
    hold_people_still()
    key = "email", email.strip().lower()
    person_id = gather([Seen(Named(*key, one_line(name, 300) or email, BY_HAND), None, None)], "hand", None, now)[key]
    Person.objects.filter(id=person_id).update(is_home=True, touched_by_hand=True)
    Affiliation.objects.get_or_create(
        workspace_id=current_workspace(), person_id=person_id, organization=home, defaults={"origin": "hand"}
    )
    return Person.objects.get(id=person_id)


def claim_addresses(person_id: UUID, addresses: Sequence[str], now: datetime, by: Viewer | None = None) -> list[UUID]:
    """Say that these addresses reach one of ours. Returns who became a home person.

    `by` is who says so; nobody, where a workspace begins. Where home has no domain, a manager's gives it one; another
    member's might be a customer's, whose people would be ours at once. An address of a colleague stays with them: it
    says whose mail it is. Raises Conflict for one of somebody who is not ours (joining two people is a decision, not a
    side effect) and NotAllowed for one they may not take.
    """
    hold_people_still()
    for address in dict.fromkeys(address.strip().lower() for address in addresses if "@" in address):
        _check(person_id, address, by)
        Handle.objects.get_or_create(
            workspace_id=current_workspace(),
            kind="email",
            value=address,
            defaults={"person_id": person_id, "as_written": address, "origin": "hand"},
        )
    became = _settle_first(addresses) if by is None or may(by, "manage") else []
    became += list(Person.objects.filter(id=person_id, is_home=False).values_list("id", flat=True))
    Person.objects.filter(id__in=became).update(is_home=True)
    return became


def _check(person_id: UUID, address: str, by: Viewer | None) -> None:
    owner = Handle.objects.select_related("person").filter(kind="email", value=address).first()
    if owner is not None and owner.person_id != person_id and not owner.person.is_home:
        said = _("%(address)s reaches %(name)s, who is not one of yours. Leave it out, or merge them with you first.")
        raise Conflict(said % {"address": address, "name": owner.person.name}, code="not-yours")
    if owner is None and by is not None and not may_take(by, person_id, ("email", address)):
        said = _("%(address)s may be a colleague’s. Ask somebody who manages this workspace to add it to you.")
        raise NotAllowed(said % {"address": address}, code="not-yours")


def people_concerned(domain: str | None) -> list[UUID]:
    """Everybody at home, and everybody at the organization of this domain."""
    there = Affiliation.objects.filter(Q(organization__is_home=True) | Q(organization__domain=domain or ""))
    return list(there.values_list("person_id", flat=True).distinct())


def change_domain(domain: str | None, now: datetime) -> None:
    """Let home be known by another mail domain, or by none.

    Whoever is at home by an address at the domain left, and does not sign in, is at an organization of its own from
    now on; people found at the new one are colleagues.
    """
    hold_people_still()
    home = Organization.objects.get(is_home=True)
    before, home.domain = home.domain, None
    Organization.objects.filter(id=home.id).update(domain=None)
    if before:
        _leave_home(home, before, now)
    Person.objects.filter(id__in=_settle_domain(home, domain)).update(is_home=True)


def _leave_home(home: Organization, domain: str, now: datetime) -> None:
    members = Membership.objects.filter(workspace_id=current_workspace(), ended_at=None, person_id__isnull=False)
    at_home = Affiliation.objects.filter(organization=home).exclude(person_id__in=members.values("person_id"))
    addresses = Handle.objects.filter(kind="email", person_id__in=at_home.values("person_id"))
    by_address = addresses.values_list("person_id", "value")
    there = {person for person, value in by_address if organization_domain(value) == domain}
    if not there:
        return
    name = organization_name(domain)
    other = Organization(name=name, sort_name=fold(name), domain=domain, made_at=now, workspace_id=current_workspace())
    other.save(force_insert=True)
    Affiliation.objects.filter(organization=home, person_id__in=there).update(organization=other)
    Person.objects.filter(id__in=there).update(is_home=False)


def _settle_first(addresses: Sequence[str]) -> list[UUID]:
    home = Organization.objects.get(is_home=True)
    return [one for address in addresses for one in _settle_domain(home, organization_domain(address.strip().lower()))]


def _settle_domain(home: Organization, domain: str | None) -> list[UUID]:
    """Make a domain home's own; people found there before are colleagues from now on.

    Only the first by itself: a second one may as well be a customer's, mistyped. It is home once mail was written from
    there (`home_domains`), or somebody who manages the workspace says so (`change_domain`).
    """
    if domain is None or home.domain is not None:
        return []
    other = Organization.objects.filter(domain=domain).exclude(id=home.id).first()
    if other is not None:
        move_into(home.id, [other.id])
    Organization.objects.filter(id=home.id).update(domain=domain)
    home.domain = domain
    at_home = Affiliation.objects.filter(organization=home).values_list("person_id", flat=True)
    return list(Person.objects.filter(id__in=at_home, is_home=False).values_list("id", flat=True))
