"""To undo asks what the verb asks: who joined since, or manages no more, is thought of when it is undone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.bundling import as_one
from rapport.accounts.changes import may_undo
from rapport.accounts.journal import undo, undo_latest
from rapport.accounts.models import JournalEntry, Membership, Role, Workspace
from rapport.care.views import change_view, remove_view, save_view, views_of
from rapport.interactions.joining import merge, unmerge
from rapport.interactions.notes import add_note, remove_note
from rapport.interactions.own_domain import set_own_domain
from rapport.kit.trouble import Conflict, NotAllowed, NotFound
from rapport.people.affiliating import set_affiliation
from rapport.people.editing import edit_person
from rapport.people.handles import add_handle, remove_handle
from rapport.people.home import found_home, make_home_person
from rapport.people.home_domains import own_domain
from rapport.people.models import Affiliation, Handle, Merge, Organization, Person

from ..people.people import membered, somebody

pytestmark = pytest.mark.django_db
CARL, BOSS = "carl@fernhill.example", "boss@fernhill.example"


@pytest.fixture
def ali(by: By, workspace: Workspace, now: datetime) -> By:
    """Ali, a member who manages nothing."""
    person = somebody(by, "Ali Reza", email="ali@fernhill.example")
    return By(viewer_of(membered(person.id, "ali@fernhill.example", workspace, now)), "web", now)


def demoted(by: By, role: str = Role.LEAD) -> By:
    """Whoever did something, as somebody who manages no more."""
    Membership.objects.filter(id=by.viewer.membership_id).update(role=role)
    return replace(by, viewer=replace(by.viewer, role=role))


def with_a_key(by: By) -> By:
    """The same, by a key that looks and changes."""
    return replace(by, viewer=replace(by.viewer, may_manage=False))


def refused(by: By, entry: object) -> bool:
    """Whether they are not allowed to undo an entry, nor offered to, nor does it go when they undo their latest."""
    written = JournalEntry.objects.get(id=entry)
    with pytest.raises(NotAllowed):
        undo(by.viewer, written.id, by.now)
    with suppress(Conflict, NotFound):
        undo_latest(by.viewer, by.now)
    written.refresh_from_db()
    return written.undone_at is None and not may_undo(by.viewer, written)


def test_a_colleague_who_joined_since_is_not_joined_with_another_by_undoing(
    by: By, ali: By, workspace: Workspace, now: datetime
) -> None:
    carl, boss = somebody(by, "Carl", email=CARL), somebody(by, "Boss", email=BOSS)
    merged = merge(ali, carl.id, boss.id)
    assert merged
    parted = unmerge(ali, Merge.objects.get().id).journal_id
    membered(carl.id, CARL, workspace, now)
    with pytest.raises(NotAllowed):
        merge(ali, carl.id, boss.id)
    assert refused(ali, parted)
    undo(by.viewer, parted, now)
    assert Person.objects.get(id=boss.id).merged_into_id == carl.id


def test_a_colleague_who_joined_since_is_not_parted_by_undoing(
    by: By, ali: By, workspace: Workspace, now: datetime
) -> None:
    carl, boss = somebody(by, "Carl", email=CARL), somebody(by, "Boss", email=BOSS)
    merged = merge(ali, carl.id, boss.id).journal_id
    membered(carl.id, CARL, workspace, now)
    assert refused(ali, merged)
    undo(by.viewer, merged, now)
    assert Person.objects.get(id=boss.id).merged_into_id is None


def test_whoever_merged_two_who_do_not_sign_in_may_undo_it_and_that(by: By, ali: By, now: datetime) -> None:
    carl, boss = somebody(by, "Carl", email=CARL), somebody(by, "Boss", email=BOSS)
    undo(ali.viewer, merge(ali, carl.id, boss.id).journal_id, now)
    merge(ali, carl.id, boss.id)
    undo(ali.viewer, unmerge(ali, Merge.objects.get(undone_at=None).id).journal_id, now)
    assert Person.objects.get(id=boss.id).merged_into_id == carl.id


def test_the_address_of_who_joined_since_is_not_taken_by_undoing(
    by: By, ali: By, workspace: Workspace, now: datetime
) -> None:
    carl = somebody(by, "Carl")
    given = add_handle(ali, carl.id, "email", CARL).journal_id
    membered(carl.id, CARL, workspace, now)
    assert refused(ali, given)
    assert Handle.objects.get(value=CARL).person_id == carl.id
    undo(by.viewer, given, now)
    assert not Handle.objects.filter(value=CARL).exists()


def test_an_address_is_not_given_to_who_joined_since_by_undoing(
    by: By, ali: By, workspace: Workspace, now: datetime
) -> None:
    carl = somebody(by, "Carl", email="carl@gmail.com")
    add_handle(by, carl.id, "email", BOSS)
    taken = remove_handle(ali, Handle.objects.get(value=BOSS).id).journal_id
    membered(carl.id, "carl@gmail.com", workspace, now)
    assert refused(ali, taken)
    undo(by.viewer, taken, now)
    assert Handle.objects.get(value=BOSS).person_id == carl.id


def test_who_took_their_own_address_away_takes_it_up_again(ali: By, now: datetime) -> None:
    own = Handle.objects.get(value="ali@fernhill.example")
    undo(ali.viewer, remove_handle(ali, own.id).journal_id, now)
    assert Handle.objects.get(value="ali@fernhill.example").person_id == ali.viewer.person_id
    undo(ali.viewer, add_handle(ali, ali.viewer.person_id, "email", "ali@work.example").journal_id, now)
    assert not Handle.objects.filter(value="ali@work.example").exists()


def test_our_domain_is_set_back_by_who_manages(by: By, workspace: Workspace, now: datetime) -> None:
    Organization.objects.filter(is_home=True).update(domain="aldersons.example")
    entry = set_own_domain(by, "fernhill.example")
    assert refused(with_a_key(by), entry)
    assert refused(demoted(by), entry)
    assert own_domain() == "fernhill.example"


def test_several_changes_are_undone_by_who_may_undo_each(by: By, ali: By, workspace: Workspace, now: datetime) -> None:
    carl = somebody(by, "Carl")
    steps = [edit_person(ali, carl.id, said="Carlo"), add_handle(ali, carl.id, "email", CARL)]
    together = as_one(ali, [one.journal_id for one in steps if one.journal_id], carl.id, "Carl")
    membered(carl.id, CARL, workspace, now)
    assert refused(ali, together)
    assert Person.objects.get(id=carl.id).said == "Carlo"
    undo(by.viewer, together, now)
    assert Person.objects.get(id=carl.id).said == ""


def test_what_a_manager_did_to_others_things_stays_when_they_manage_no_more(
    by: By, ali: By, workspace: Workspace, now: datetime
) -> None:
    note = add_note(ali, somebody(by, "Carl").id, "Likes tea.").interaction_id
    shared = save_view(ali, "Tea", {"q": "tea"}, is_shared=True).view_id
    note_gone = remove_note(by, note).journal_id
    renamed = change_view(by, shared, name="Coffee").journal_id
    removed = remove_view(by, shared).journal_id
    undo(by.viewer, removed, now)
    member = demoted(by, Role.MEMBER)
    assert refused(member, note_gone)
    assert refused(member, renamed)
    assert [one.name for one in views_of(ali.viewer)] == ["Coffee"]


def test_whoever_joined_since_stays_at_home_when_their_place_is_unsaid(
    by: By, ali: By, workspace: Workspace, now: datetime
) -> None:
    carl = somebody(by, "Carl", email="carl@gmail.com")
    placed = set_affiliation(ali, carl.id, "Fernhill", "").journal_id
    make_home_person("Carl", "carl@gmail.com", found_home("Fernhill", now), now)
    membered(carl.id, "carl@gmail.com", workspace, now)
    assert refused(ali, placed)
    assert Affiliation.objects.filter(person_id=carl.id, organization__is_home=True).exists()
