"""Organizations corrected and joined by hand; everything can be had back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rapport.accounts import journal
from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.models import Role
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.affiliating import set_affiliation
from rapport.people.joining_organizations import merge_organizations
from rapport.people.models import Affiliation, Organization
from rapport.people.opening import open_person
from rapport.people.organizations import open_organization, organization_of, organizations_for
from rapport.people.organizing import add_domain, remove_domain, rename_organization
from rapport.people.stations import present_stations

from ..interactions.mails import MAYA, mail, read
from .people import everything, somebody

pytestmark = pytest.mark.django_db


def place(name: str) -> Organization:
    return Organization.objects.get(name=name)


def test_it_is_called_as_somebody_says_until_that_is_taken_back(by: By, maya: Viewer) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    done = rename_organization(by, place("Northwind").id, " Northwind  Clinics ")
    assert open_organization(maya, done.organization_id).name == "Northwind Clinics"
    journal.undo(maya, done.journal_id, by.now)
    assert not place("Northwind").touched_by_hand
    with pytest.raises(Trouble):
        rename_organization(by, place("Northwind").id, "  ")


def test_two_are_joined_and_parted_exactly(by: By, maya: Viewer) -> None:
    priya = somebody(by, "Priya Raman", email="priya@northwind.example")
    both = somebody(by, "Wei Chen", email="wei@northwind.example", organization="Northwind Clinics", title="Nurse")
    place("Northwind Clinics")
    before = everything()
    done = merge_organizations(by, place("Northwind").id, place("Northwind Clinics").id)
    assert {one.organization for one in present_stations([priya.id, both.id]).values()} == {"Northwind"}
    # At one place now, with what was known of the other.
    assert [one.title for one in open_person(by.viewer, both.id).path] == ["Nurse"]
    joined = open_organization(maya, done.organization_id).joined
    assert [(one.name, one.entry) for one in joined] == [("Northwind Clinics", done.journal_id)]
    journal.undo(maya, done.journal_id, by.now)
    assert everything() == before


def test_what_is_read_later_and_typed_later_leads_to_the_one_kept(by: By, maya: Viewer) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    somebody(by, "Wei Chen", email="wei@solace.example")
    kept, gone = place("Northwind"), place("Solace")
    merge_organizations(by, kept.id, gone.id)
    read(by.now, mail("first", "dana@solace.example", [MAYA], hour=1))
    elena = somebody(by, "Elena Ruiz", organization="Solace")
    assert Affiliation.objects.filter(organization=kept).count() == 4
    assert present_stations([elena.id])[elena.id].organization == "Northwind"
    assert organization_of(maya, gone.id).id == kept.id
    assert open_organization(maya, kept.id).domains == ("northwind.example", "solace.example")


def test_joined_twice_over_all_names_lead_to_the_last_and_back(by: By, maya: Viewer) -> None:
    for name in ("one", "two", "three"):
        somebody(by, f"Person {name}", email=f"x@{name}.example")
    first, second, third = place("One"), place("Two"), place("Three")
    merge_organizations(by, second.id, first.id)
    later = merge_organizations(by, third.id, second.id)
    assert organization_of(maya, first.id).id == third.id
    journal.undo(maya, later.journal_id, by.now)
    assert organization_of(maya, first.id).id == second.id
    assert Affiliation.objects.filter(organization=second).count() == 2


def test_our_own_is_joined_with_none_and_none_with_itself(by: By) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    ours, theirs = Organization.objects.get(is_home=True), place("Northwind")
    for kept, gone in ((ours, theirs), (theirs, ours), (theirs, theirs)):
        with pytest.raises(Conflict):
            merge_organizations(by, kept.id, gone.id)
    with pytest.raises(Conflict):
        add_domain(by, ours.id, "elsewhere.example")


def test_a_domain_is_added_and_taken_away(by: By, maya: Viewer, now: datetime) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    there = place("Northwind")
    added = add_domain(by, there.id, "https://www.Northwind-Clinics.example/about")
    read(by.now, mail("first", "dana@northwind-clinics.example", [MAYA], hour=1))
    assert Affiliation.objects.filter(organization=there).count() == 2
    removed = remove_domain(by, there.id, "northwind.example")
    assert open_organization(maya, there.id).domains == ("northwind-clinics.example",)
    journal.undo(maya, removed.journal_id, now)
    journal.undo(maya, added.journal_id, now)
    assert open_organization(maya, there.id).domains == ("northwind.example",)


@pytest.mark.parametrize("said", ["gmail.com", "northwind", "", "a b.example", "priya@gmail.com"])
def test_what_speaks_for_nobody_is_no_domain(by: By, said: str) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    with pytest.raises(Trouble, match="no domain"):
        add_domain(by, place("Northwind").id, said)


def test_a_domain_of_another_is_refused_by_name(by: By) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    somebody(by, "Wei Chen", email="wei@solace.example")
    with pytest.raises(Conflict, match="speaks for Solace"):
        add_domain(by, place("Northwind").id, "solace.example")
    with pytest.raises(NotFound):
        remove_domain(by, place("Northwind").id, "solace.example")


def test_a_guest_knows_of_no_other_place_and_changes_none(by: By, maya: Viewer) -> None:
    somebody(by, "Priya Raman", email="priya@northwind.example")
    guest = replace(maya, role=Role.GUEST)
    assert set(organizations_for(guest).values_list("is_home", flat=True)) == {True}
    with pytest.raises(NotFound):
        open_organization(guest, place("Northwind").id)
    with pytest.raises(NotAllowed):
        rename_organization(replace(by, viewer=guest), place("Northwind").id, "Else")


def test_a_joining_that_was_joined_on_stays(by: By, maya: Viewer) -> None:
    for name in ("one", "two", "three"):
        somebody(by, f"Person {name}", email=f"x@{name}.example")
    early = merge_organizations(by, place("Two").id, place("One").id)
    merge_organizations(by, place("Three").id, place("Two").id)
    with pytest.raises(journal.StaysDone):
        journal.undo(maya, early.journal_id, by.now)


def test_moving_asks_for_the_order_to_be_worked_out(by: By) -> None:
    from rapport.accounts.models import Agenda

    priya = somebody(by, "Priya Raman")
    set_affiliation(by, priya.id, "Northwind", "")
    assert Agenda.objects.filter(workspace_id=by.viewer.workspace_id, kind="ties").exists()
