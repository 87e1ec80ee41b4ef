"""Which mail domain is ours, said by whoever manages the workspace: the pairs of all it concerns are judged again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import by_managers, undoes
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.domains import organization_domain
from rapport.people.home import change_domain, people_concerned
from rapport.people.home_domains import home_domains, own_domain

from .changes import note_person_changes


def set_own_domain(by: By, domain: str) -> UUID:
    """Let home be known by this domain, or by none where it is empty; the journal entry that undoes it."""
    by.may("manage")
    wanted = _read(domain)
    before = own_domain()
    if (wanted or "") == before:
        raise Conflict(_("That is your domain already."), code="same-domain")
    if before in home_domains(among=[before]):
        said = _("Members sign in with %(domain)s. Let them change that address in Settings first.")
        raise Conflict(said % {"domain": before}, code="members-there")
    _change(wanted, by.now)
    return by.note("home.domain", subject_name=wanted or before, way_back={"domain": before})


@undoes("home.domain", allowed=by_managers)
def _set_back(way_back: dict[str, str], now: datetime) -> None:
    _change(way_back["domain"] or None, now)


def _change(domain: str | None, now: datetime) -> None:
    concerned = people_concerned(domain)
    note_person_changes(concerned)  # before: afterwards nobody knows whose pairs there were
    change_domain(domain, now)
    note_person_changes(concerned)


def _read(domain: str) -> str | None:
    """ "Fernhill.example" or "you@fernhill.example" as the domain; None for nothing."""
    written = domain.strip().lower().rpartition("@")[2]
    if not written:
        return None
    found = organization_domain(f"x@{written}")
    if found is None:
        raise Trouble(
            _("%(domain)s is no domain of a business of its own. Write it like fernhill.example.")
            % {"domain": written or domain},
            code="bad-domain",
        )
    return found
