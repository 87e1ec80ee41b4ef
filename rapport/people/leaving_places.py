"""Saying by hand that somebody is not, and was not, at an organization."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.kit.trouble import Conflict, NotFound

from .belongings import put_back, written_down
from .done import Done
from .gathering import hold_people_still
from .models import Affiliation
from .moving import settle_ends
from .visible import keep_by_hand, person_of
from .withdrawing import say_again, withdraw


def remove_place(by: By, affiliation_id: UUID) -> Done:
    """Take a place out of somebody's path; mail and cards do not bring it back. Where they are at home stays."""
    by.may("write")
    hold_people_still()
    place = Affiliation.objects.filter(id=affiliation_id).select_related("organization").first()
    if place is None:
        raise NotFound(_("This place was removed already."))
    person = person_of(by.viewer, place.person_id)
    if place.organization.is_home:
        raise Conflict(_("They are one of your own people. Let them go on the Team page instead."), code="at-home")
    row = written_down(place)
    place.delete()
    withdraw(person.id, "place", str(place.organization_id), by.now)
    keep_by_hand(person.id)
    settle_ends([person.id])
    journal_id = by.note("affiliation.remove", subject_id=person.id, subject_name=person.name, way_back={"row": row})
    return Done(person.id, journal_id)


@undoes("affiliation.remove")
def _be_there_again(way_back: dict[str, Any], now: datetime) -> None:
    hold_people_still()
    row = way_back["row"]
    say_again(row["person_id"], "place", row["organization_id"])
    put_back(row)
    settle_ends([UUID(row["person_id"])])
