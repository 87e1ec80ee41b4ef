"""Removing somebody who should not be here. Unlike an erasure it can be undone, and a file brings them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.kit.trouble import Conflict
from rapport.people.belongings import put_back, take_out
from rapport.people.done import Done
from rapport.people.gathering import hold_people_still
from rapport.people.merging import signs_in
from rapport.people.models import Merge
from rapport.people.visible import person_of

from .changes import note_person_changes
from .models import Participant

MOST_PARTS = 2_000  # what is taken out is written into the journal whole


def remove_person(by: By, person_id: UUID) -> Done:
    """Take somebody out, with all rows of theirs. What happened with others stays with them.

    Conflict where they sign in, are joined of several, or so much happened that this is no mistake.
    """
    by.may("write")
    hold_people_still()
    person = person_of(by.viewer, person_id)
    if signs_in([person.id]):
        raise Conflict(_("They sign in here. Let them go on the Team page first."), code="signs-in")
    if Merge.objects.filter(Q(kept_id=person.id) | Q(gone_id=person.id)).exists():
        raise Conflict(
            _("They were joined with somebody here, so they stay. An owner can erase them if they ask for it."),
            code="joined",
        )
    if Participant.objects.filter(person_id=person.id).count() > MOST_PARTS:
        raise Conflict(
            _("Too much happened with them to be a mistake. An owner can erase them if they ask for it."),
            code="too-much-history",
        )
    note_person_changes([person.id])
    rows = take_out(person.id)
    journal_id = by.note("person.remove", subject_id=person.id, subject_name=person.name, way_back={"rows": rows})
    return Done(person.id, journal_id)


@undoes("person.remove")
def _be_here_again(way_back: dict[str, Any], now: datetime) -> None:
    hold_people_still()
    for row in reversed(way_back["rows"]):
        put_back(row)
    note_person_changes([UUID(way_back["rows"][-1]["id"])])
