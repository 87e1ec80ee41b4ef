"""Saying by hand where somebody works and as what."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import fold, one_line
from rapport.kit.trouble import Trouble

from .belongings import Row, put_back, written_down
from .done import Done
from .gathering import hold_people_still
from .models import Affiliation, Organization, Person
from .stations import present_stations
from .visible import keep_by_hand, person_of


def set_affiliation(by: By, person_id: UUID, organization: str, title: str) -> Done:
    """Where somebody is now, and as what. Where they were stays in their path."""
    by.may("write")
    hold_people_still()
    person = person_of(by.viewer, person_id)
    before = [written_down(row) for row in Affiliation.objects.filter(person_id=person.id)]
    place_at(person.id, organization, title, by.now)
    keep_by_hand(person.id)
    journal_id = by.note(
        "affiliation.set",
        subject_id=person.id,
        subject_name=person.name,
        way_back={"person_id": str(person.id), "rows": before, "was_home": person.is_home},
    )
    return Done(person.id, journal_id)


@undoes("affiliation.set")
def _as_it_was(way_back: dict[str, Any], now: datetime) -> None:
    rows: list[Row] = way_back["rows"]
    Affiliation.objects.filter(person_id=way_back["person_id"]).delete()
    for row in rows:
        put_back(row)
    Person.objects.filter(id=way_back["person_id"]).update(is_home=way_back["was_home"])


def place_at(person_id: UUID, organization: str, title: str, now: datetime) -> None:
    """Put a person at the organization so called, made where there is none; without a name, where they are now."""
    place = _organization(person_id, organization, now)
    affiliation, _is_new = Affiliation.objects.get_or_create(
        workspace_id=current_workspace(), person_id=person_id, organization=place, defaults={"origin": "hand"}
    )
    # Said today to hold today: that is what makes it the place where they are now.
    Affiliation.objects.filter(id=affiliation.id).update(title=one_line(title, 200), until=None, last_seen=now)


def _organization(person_id: UUID, name: str, now: datetime) -> Organization:
    called = one_line(name, 300)
    if not called:
        present = present_stations([person_id]).get(person_id)
        if present is None:
            raise Trouble(_("Say at which organization."), code="no-organization", field="organization")
        return Organization.objects.get(id=present.organization_id)
    found = Organization.objects.filter(sort_name=fold(called)).order_by("-is_home", "id").first()
    return found or Organization.objects.create(
        workspace_id=current_workspace(), name=called, sort_name=fold(called), touched_by_hand=True, made_at=now
    )
