"""Correcting an organization by hand: what it is called, and which mail domains are its own."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import fold, one_line
from rapport.kit.trouble import Conflict, NotFound, Trouble

from .belongings import put_back, written_down
from .domains import organization_domain
from .done import OrganizationDone
from .gathering import hold_people_still
from .models import Organization
from .organizations import organization_of

LONGEST_DOMAIN = 253
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")


def rename_organization(by: By, organization_id: UUID, name: str) -> OrganizationDone:
    """Call it by another name. What people say wins over what was read."""
    by.may("write")
    one = organization_of(by.viewer, organization_id)
    called = one_line(name, 300)
    if not called:
        raise Trouble(_("An organization needs a name. What do you call it?"), code="no-name", field="name")
    before = {"name": one.name, "sort_name": one.sort_name, "touched_by_hand": one.touched_by_hand}
    after = {"name": called, "sort_name": fold(called), "touched_by_hand": True}
    Organization.objects.filter(id=one.id).update(**after)
    return _noted(by, one, "organization.rename", {"before": one.name, "name": called}, [before, after], called)


@undoes("organization.rename")
def _name_back(way_back: dict[str, Any], now: datetime) -> None:
    """Only where nobody has named it again since."""
    before, after = way_back["columns"]
    Organization.objects.filter(id=way_back["organization_id"], name=after["name"]).update(**before)


def add_domain(by: By, organization_id: UUID, domain: str) -> OrganizationDone:
    """One more mail domain that speaks for it. Raises Conflict, naming it, where it speaks for another."""
    by.may("write")
    hold_people_still()
    one = _not_home(organization_of(by.viewer, organization_id))
    wanted = _domain(domain)
    owner = Organization.objects.filter(domain=wanted).select_related("merged_into").first()
    if owner is not None:
        owner = owner.merged_into or owner
        if owner.id == one.id:
            return _noted(by, one, "organization.add-domain", {"domain": wanted})
        said = _("%(domain)s already speaks for %(name)s. If they are one organization, join them.")
        raise Conflict(said % {"domain": wanted, "name": owner.name}, code="known-already", organization=str(owner.id))
    Organization.objects.filter(id=one.id).update(touched_by_hand=True)
    if one.domain is None:
        Organization.objects.filter(id=one.id).update(domain=wanted)
        return _noted(by, one, "organization.add-domain", {"domain": wanted}, {"own": wanted})
    row = Organization.objects.create(
        workspace_id=current_workspace(), name=wanted, sort_name=fold(wanted), domain=wanted, touched_by_hand=True,
        merged_into=one, made_at=by.now,
    )  # fmt: skip
    return _noted(by, one, "organization.add-domain", {"domain": wanted}, {"row": str(row.id)})


@undoes("organization.add-domain")
def _domain_away(way_back: dict[str, Any], now: datetime) -> None:
    step = way_back["columns"]
    if "own" in step:
        Organization.objects.filter(id=way_back["organization_id"], domain=step["own"]).update(domain=None)
    else:
        Organization.objects.filter(id=step["row"], merged_into_id=way_back["organization_id"]).delete()


def remove_domain(by: By, organization_id: UUID, domain: str) -> OrganizationDone:
    """A domain speaks for it no more. Who is there stays there; who writes from it next is at a place of its own."""
    by.may("write")
    hold_people_still()
    one = _not_home(organization_of(by.viewer, organization_id))
    row = Organization.objects.filter(domain=domain.strip().lower()).first()
    if row is None or one.id not in (row.id, row.merged_into_id):
        raise NotFound(_("This domain does not speak for this organization."))
    whole = written_down(row)
    if row.id != one.id and row.name == row.domain:  # it stood for the domain alone
        row.delete()
    else:
        Organization.objects.filter(id=row.id).update(domain=None)
    Organization.objects.filter(id=one.id).update(touched_by_hand=True)
    return _noted(by, one, "organization.remove-domain", {"domain": whole["domain"]}, whole)


@undoes("organization.remove-domain")
def _domain_back(way_back: dict[str, Any], now: datetime) -> None:
    """Unless it speaks for another meanwhile."""
    whole = way_back["columns"]
    owner = Organization.objects.filter(domain=whole["domain"]).exclude(id=whole["id"]).first()
    if owner is not None:
        said = _("%(domain)s speaks for %(name)s now, so it stays there.")
        raise Conflict(said % {"domain": whole["domain"], "name": owner.name}, code="taken-since")
    if not Organization.objects.filter(id=whole["id"], domain=None).update(domain=whole["domain"]):
        put_back(whole)


def _domain(said: str) -> str:
    """The registrable domain somebody typed, also as an address of a page or of a person."""
    typed = said.strip().lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    found = organization_domain(typed if "@" in typed else f"x@{typed.removeprefix('www.')}")
    if found is None or len(found) > LONGEST_DOMAIN or not _DOMAIN.fullmatch(found):
        raise Trouble(
            _("This is no domain of an organization. Write it like northwind.example."),
            code="no-domain",
            field="domain",
        )
    return found


def _not_home(one: Organization) -> Organization:
    if one.is_home:
        raise Conflict(_("Which domains are your own is said in Team."), code="home")
    return one


def _noted(
    by: By,
    one: Organization,
    verb: str,
    values: dict[str, Any],
    columns: Any = None,
    name: str = "",
) -> OrganizationDone:
    way_back = None if columns is None else {"organization_id": str(one.id), "columns": columns}
    entry = by.note(verb, subject_id=one.id, subject_name=name or one.name, values=values, way_back=way_back)
    return OrganizationDone(one.id, entry)
