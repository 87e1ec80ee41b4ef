"""Saying by hand where somebody works and as what."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, may
from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import fold, one_line
from rapport.kit.trouble import Trouble

from .belongings import written_down
from .done import Done
from .gathering import hold_people_still
from .handles import place_by_addresses
from .merging import signs_in
from .models import Affiliation, Organization
from .moving import SOON, settle_ends, unmake
from .stations import present_stations
from .visible import keep_by_hand, now_called, person_of
from .withdrawing import say_again

Placed = dict[str, Any]  # the stations "made", by id; and "changed": station to column to what it was and became


def set_affiliation(by: By, person_id: UUID, organization: str, title: str) -> Done:
    """Where somebody is now, and as what. Where they were stays in their path."""
    by.may("write")
    hold_people_still()
    person = person_of(by.viewer, person_id)
    placed = place_at(person.id, organization, title, by.now)
    keep_by_hand(person.id)
    journal_id = by.note(
        "affiliation.set",
        subject_id=person.id,
        subject_name=person.name,
        way_back={"person_id": str(person.id), "was_home": person.is_home, **placed},
    )
    return Done(person.id, journal_id)


def place_at(person_id: UUID, organization: str, title: str, now: datetime) -> Placed:
    """Put a person at the organization so called, made where there is none, which ends where they were; without a
    name, say as what they are where they are now. What was changed, for undoing.
    """
    named = bool(one_line(organization, 300))
    place = _organization(person_id, organization, now)
    theirs = Affiliation.objects.filter(person_id=person_id)
    say_again(person_id, "place", str(place.id))
    known = theirs.filter(organization=place).first()
    here = known or _new_station(person_id, place)
    said: dict[str, Any] = {"title": one_line(title, 200)}
    changed = {str(here.id): _change(here, {**said, "said_at": now} if named else said)}
    if named:
        before = theirs.exclude(id=here.id).exclude(said_at=None)
        changed |= {str(one.id): _change(one, {"said_at": None}) for one in before}
    settle_ends([person_id])
    put_down("ties", now + SOON)
    return {"changed": changed, "made": [] if known else [str(here.id)]}


def _organization(person_id: UUID, name: str, now: datetime) -> Organization:
    called = one_line(name, 300)
    if not called:
        present = present_stations([person_id]).get(person_id)
        if present is None:
            raise Trouble(_("Say at which organization."), code="no-organization", field="organization")
        return Organization.objects.get(id=present.organization_id)
    return organization_called(called, now)


def organization_called(name: str, now: datetime) -> Organization:
    """The organization so called, also by the name of one that was joined into it; made where there is none."""
    called = one_line(name, 300)
    so_called = Organization.objects.filter(sort_name=fold(called)).select_related("merged_into")
    found = so_called.order_by("-is_home", "id").first()
    if found is not None:
        return found.merged_into or found
    return Organization.objects.create(
        workspace_id=current_workspace(), name=called, sort_name=fold(called), touched_by_hand=True, made_at=now
    )


def _new_station(person_id: UUID, place: Organization) -> Affiliation:
    return Affiliation.objects.create(
        workspace_id=current_workspace(), person_id=person_id, organization=place, origin="hand"
    )


def _change(station: Affiliation, values: dict[str, Any]) -> dict[str, list[Any]]:
    before = written_down(station)
    for column, value in values.items():
        setattr(station, column, value)
    station.save(update_fields=list(values))
    after = written_down(station)
    return {column: [before[column], after[column]] for column in values}


def _may_go_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    """Who joined since at the place said then stays one of ours, unless who manages says otherwise."""
    if may(viewer, "manage") or not signs_in([now_called(UUID(way_back["person_id"]))]):
        return True
    return not Affiliation.objects.filter(id__in=way_back["made"], organization__is_home=True).exists()


@undoes("affiliation.set", allowed=_may_go_back)
def _as_it_was(way_back: dict[str, Any], now: datetime) -> None:
    """Only what nobody has said or seen since."""
    hold_people_still()
    person_id = now_called(UUID(way_back["person_id"]))
    stations = Affiliation.objects.filter(id__in=way_back["changed"])
    places = list(stations.values_list("organization_id", flat=True))
    for station_id, columns in way_back["changed"].items():
        for column, (before, after) in columns.items():
            Affiliation.objects.filter(id=station_id, **{column: after}).update(**{column: before})
    unmake(way_back["made"], person_id, way_back["was_home"])
    domains = Organization.objects.filter(id__in=places).values_list("domain", flat=True)
    place_by_addresses(person_id, set(domains), now)
    put_down("ties", now + SOON)
