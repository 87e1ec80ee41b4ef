"""What of two becomes the one kept and what goes back: each thing known of somebody, each thing said of a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from rapport.accounts import journal
from rapport.accounts.acting import By
from rapport.accounts.models import Agenda, JournalEntry, Workspace
from rapport.interactions.joining import merge, unmerge
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotAllowed, NotFound
from rapport.people.belongings import move_back, put_back, written_down
from rapport.people.joining_organizations import merge_organizations
from rapport.people.leaving_places import remove_place
from rapport.people.merging import signs_in
from rapport.people.models import Affiliation, Merge, Organization, Person
from rapport.people.moving import settle_ends, unmake
from rapport.people.naming import BY_HAND
from rapport.people.organizations import organization_of

from .people import membered, somebody

pytestmark = pytest.mark.django_db
KEPT = {
    "said": "KEH", "listed_as": "kept", "pronouns": "she", "time_zone": "UTC", "language": "en", "portrait": "k",
}  # fmt: skip
GONE = {
    "said": "GOH", "listed_as": "gone", "pronouns": "they", "time_zone": "Asia/Tokyo", "language": "de",
    "portrait": "g",
}  # fmt: skip
REVISED = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
BORN = {"birthday_month": 3, "birthday_day": 14, "birthday_year": 1980, "birthday_revised": REVISED}
FLAGS = ("is_home", "do_not_contact", "do_not_score")


@pytest.fixture
def two(by: By) -> tuple[Person, Person]:
    """Who is kept and who is gone."""
    return somebody(by, "Kay Kept"), somebody(by, "Gus Gone")


def give(person: Person, **values: Any) -> Person:
    Person.objects.filter(id=person.id).update(**values)
    person.refresh_from_db()
    return person


def stations() -> QuerySet[Affiliation]:
    """Where these two are or were."""
    return Affiliation.objects.exclude(organization__is_home=True)


def of(person: Person, *names: str) -> dict[str, Any]:
    person.refresh_from_db()
    return {name: getattr(person, name) for name in names}


def test_what_the_kept_one_lacks_comes_from_the_other_and_goes_back(by: By, two: tuple[Person, Person]) -> None:
    kept, gone = two
    give(gone, **GONE, **BORN)
    before = of(kept, *GONE, *BORN, "touched_by_hand")
    merge(by, kept.id, gone.id)
    assert of(kept, *GONE, *BORN) == {**GONE, **BORN}
    unmerge(by, Merge.objects.get().id)
    assert of(kept, *before) == before
    assert of(gone, *GONE, *BORN, "merged_into_id") == {**GONE, **BORN, "merged_into_id": None}


def test_what_the_kept_one_has_stays_theirs(by: By, two: tuple[Person, Person]) -> None:
    kept, gone = give(two[0], **KEPT, birthday_month=1, birthday_day=2), give(two[1], **GONE, **BORN)
    merge(by, kept.id, gone.id)
    assert of(kept, *KEPT) == KEPT
    assert of(kept, *BORN) == {"birthday_month": 1, "birthday_day": 2, "birthday_year": None, "birthday_revised": None}


@pytest.mark.parametrize("name", FLAGS)
def test_what_holds_for_either_holds_for_the_one(by: By, two: tuple[Person, Person], name: str) -> None:
    kept, gone = two[0], give(two[1], **{name: True})
    merge(by, kept.id, gone.id)
    assert of(kept, *FLAGS) == {one: one == name for one in FLAGS}
    unmerge(by, Merge.objects.get().id)
    assert of(kept, *FLAGS) == dict.fromkeys(FLAGS, False)
    assert of(gone, name) == {name: True}


@pytest.mark.parametrize(
    ("kept_rank", "gone_rank", "is_taken"),
    [(0, 1, True), (1, 1, False), (1, 0, False), (BY_HAND, BY_HAND + 1, False), (BY_HAND - 1, BY_HAND, True)],
)
def test_the_better_name_is_kept_and_none_given_by_hand_is_lost(
    by: By, two: tuple[Person, Person], kept_rank: int, gone_rank: int, is_taken: bool
) -> None:
    kept, gone = give(two[0], name_rank=kept_rank), give(two[1], name_rank=gone_rank, filed_as="gone gus")
    names = ("name", "sort_name", "filed_as", "name_rank")
    expected = of(gone if is_taken else kept, *names)
    merge(by, kept.id, gone.id)
    assert of(kept, *names) == expected


def test_a_merge_and_its_parting_are_written_down_with_both(by: By, two: tuple[Person, Person]) -> None:
    kept, gone = two
    done = merge(by, kept.id, gone.id)
    entry = JournalEntry.objects.get(id=done.journal_id)
    assert (done.person_id, entry.verb, entry.subject_id, entry.subject_name) == (
        kept.id,
        "person.merge",
        kept.id,
        "Kay Kept",
    )
    assert entry.values == {"gone": "Gus Gone"}
    stored = Merge.objects.get()
    assert (stored.kept_id, stored.gone_id, stored.at, stored.undone_at) == (kept.id, gone.id, by.now, None)
    later = replace(by, now=by.now + timedelta(hours=1))
    parted = unmerge(later, stored.id)
    entry = JournalEntry.objects.get(id=parted.journal_id)
    assert (parted.person_id, entry.subject_id, entry.subject_name) == (kept.id, kept.id, "Kay Kept")
    assert entry.values == {"gone": "Gus Gone"}
    assert entry.way_back == {"kept_id": str(kept.id), "gone_id": str(gone.id), "merge_id": str(stored.id)}
    stored.refresh_from_db()
    assert stored.undone_at == later.now


def test_merging_says_why_it_does_not(by: By, two: tuple[Person, Person], workspace: Workspace, now: datetime) -> None:
    kept, gone = two
    with pytest.raises(Conflict) as refused:
        merge(by, kept.id, kept.id)
    assert refused.value.code == "same-person"
    merge(by, kept.id, gone.id)
    stored = Merge.objects.get()
    unmerge(by, stored.id)
    with pytest.raises(Conflict) as refused:
        unmerge(by, stored.id)
    assert refused.value.code == "unmerged-already"
    for one in two:
        membered(one.id, f"{one.id}@fernhill.example", workspace, now)
    with pytest.raises(Conflict) as refused:
        merge(by, kept.id, gone.id)
    assert refused.value.code == "two-members"
    guest = replace(by, viewer=replace(by.viewer, role="guest"))
    with pytest.raises(NotAllowed):
        unmerge(guest, stored.id)


def test_who_signs_in_is_told_by_account_and_workspace(
    by: By, two: tuple[Person, Person], workspace: Workspace, other_workspace: Workspace, now: datetime
) -> None:
    member = membered(two[0].id, "kay@fernhill.example", workspace, now)
    ids = [one.id for one in two]
    assert signs_in(ids)
    assert not signs_in(ids[1:])
    assert not signs_in(ids, but=member.user_id)
    assert signs_in(ids, but=by.viewer.user_id)
    member.ended_at = now
    member.save()
    assert not signs_in(ids)
    member.ended_at, member.workspace = None, other_workspace
    member.save()
    assert not signs_in(ids)


def test_rows_that_are_gone_since_are_not_given_back(by: By, two: tuple[Person, Person]) -> None:
    kept, gone = two
    place = Organization.objects.create(workspace_id=kept.workspace_id, name="A", sort_name="a", made_at=by.now)
    station = Affiliation.objects.create(workspace_id=kept.workspace_id, person=gone, organization=place, origin="hand")
    row = written_down(station)
    station.delete()
    put_back(row)
    put_back(row)
    assert stations().get().person_id == gone.id
    stations().delete()
    place.delete()
    put_back(row)
    assert not stations().exists()
    move_back({"moved": [], "dropped": [row]}, gone.id, kept.id)


def put(name: str, **more: Any) -> Organization:
    now = more.pop("now")
    values = {"name": name, "sort_name": name.lower(), "made_at": now, **more}
    return Organization.objects.create(workspace_id=Organization.objects.get(is_home=True).workspace_id, **values)


def at(person: Person, place: Organization, **more: Any) -> Affiliation:
    return Affiliation.objects.create(
        workspace_id=person.workspace_id, person=person, organization=place, origin="mail", **more
    )


def test_who_is_at_both_keeps_the_first_sign_the_last_and_a_title(by: By, two: tuple[Person, Person]) -> None:
    kept, gone = put("Kept", now=by.now), put("Gone", now=by.now)
    day, at_noon = date(2025, 1, 1), by.now - timedelta(days=30)
    one = at(two[0], kept, since=day + timedelta(9), last_seen=at_noon, said_at=at_noon)
    at(two[0], gone, since=day, last_seen=by.now, said_at=by.now, title="Nurse", title_revised=REVISED)
    other = at(two[1], kept, since=day, last_seen=by.now, said_at=by.now, title="Partner")
    at(two[1], gone, since=day + timedelta(9), last_seen=at_noon, said_at=at_noon, title="Clerk", title_revised=REVISED)
    columns = ("since", "last_seen", "said_at", "title", "title_revised")
    settle_ends([person.id for person in two])
    before = {row.id: written_down(row) for row in stations()}
    done = merge_organizations(by, kept.id, gone.id)
    assert Affiliation.objects.filter(organization=gone).count() == 0
    assert [getattr(Affiliation.objects.get(id=one.id), name) for name in columns] == [
        day, by.now, by.now, "Nurse", REVISED,
    ]  # fmt: skip
    assert [getattr(Affiliation.objects.get(id=other.id), name) for name in columns] == [
        day, by.now, by.now, "Partner", None,
    ]  # fmt: skip
    entry = JournalEntry.objects.get(id=done.journal_id)
    assert (entry.subject_id, entry.subject_name) == (kept.id, "Kept")
    assert entry.values == {"gone": "Gone", "gone_id": str(gone.id)}
    assert Agenda.objects.get(kind="ties").due_at == by.now + timedelta(seconds=20)
    Affiliation.objects.filter(id=one.id).update(title="Head nurse")  # said since: stays
    journal.undo(by.viewer, done.journal_id, by.now)
    after = {row.id: written_down(row) for row in stations()}
    assert after.pop(one.id) == {**before.pop(one.id), "title": "Head nurse"}
    assert after == before


def test_of_organizations_too_the_last_joining_is_taken_back_first(by: By) -> None:
    first, second, third = (put(name, now=by.now) for name in ("First", "Second", "Third"))
    early = merge_organizations(by, second.id, first.id)
    flags = [organization_of(by.viewer, one.id).touched_by_hand for one in (second, third)]
    assert flags == [True, False]
    late = merge_organizations(by, third.id, second.id)
    with pytest.raises(journal.StaysDone) as refused:
        journal.undo(by.viewer, early.journal_id, by.now)
    assert refused.value.code == "joined-since"
    journal.undo(by.viewer, late.journal_id, by.now)
    journal.undo(by.viewer, early.journal_id, by.now)
    for one in (first, second, third):
        one.refresh_from_db()
        assert (one.merged_into_id, one.touched_by_hand) == (None, False)


def test_joining_organizations_says_why_it_does_not(by: By) -> None:
    home, place = Organization.objects.get(is_home=True), put("Place", now=by.now)
    for kept, gone, code in ((place, place, "same-organization"), (home, place, "home"), (place, home, "home")):
        with pytest.raises(Conflict) as refused:
            merge_organizations(by, kept.id, gone.id)
        assert refused.value.code == code
    guest = replace(by, viewer=replace(by.viewer, role="guest"))
    with pytest.raises(NotAllowed):
        merge_organizations(guest, place.id, home.id)


def test_a_place_taken_out_of_a_path_is_withdrawn_and_comes_back_whole(by: By, two: tuple[Person, Person]) -> None:
    person, old, new = two[0], put("Old", now=by.now), put("New", now=by.now)
    at(person, old, since=date(2024, 1, 1), last_seen=by.now - timedelta(days=90), title="Clerk")
    at(person, new, since=by.now.date(), last_seen=by.now)
    settle_ends([person.id])
    ends = {one.organization_id: one.until for one in stations()}
    assert ends[old.id] == (by.now - timedelta(days=90)).date()
    before = {one.id: written_down(one) for one in stations()}
    Person.objects.filter(id=person.id).update(touched_by_hand=False)
    done = remove_place(by, Affiliation.objects.get(organization=new).id)
    assert stations().get().until is None  # where they were is where they are
    assert Person.objects.get(id=person.id).touched_by_hand
    entry = JournalEntry.objects.get(id=done.journal_id)
    assert (entry.subject_id, entry.subject_name, done.person_id) == (person.id, "Kay Kept", person.id)
    journal.undo(by.viewer, done.journal_id, by.now)
    assert {one.id: written_down(one) for one in stations()} == before


def test_home_is_no_place_to_be_taken_out_of(by: By, two: tuple[Person, Person]) -> None:
    home = at(two[0], Organization.objects.get(is_home=True))
    with pytest.raises(Conflict) as refused:
        remove_place(by, home.id)
    assert refused.value.code == "at-home"
    with pytest.raises(NotFound):
        remove_place(by, new_id())
    guest = replace(by, viewer=replace(by.viewer, role="guest"))
    with pytest.raises(NotAllowed):
        remove_place(guest, home.id)


@pytest.mark.parametrize(
    "said", [{"title": "Nurse"}, {"since": date(2026, 1, 1)}, {"last_seen": REVISED}, {"said_at": REVISED}]
)
def test_a_station_of_which_something_is_known_since_stays(by: By, two: tuple[Person, Person], said: Any) -> None:
    place = put("Place", now=by.now)
    known = at(two[0], place, **said)
    others = at(two[1], place)
    unmake([known.id, others.id], two[0].id, False)
    assert set(stations().values_list("id", flat=True)) == {known.id, others.id}
    bare = at(two[0], put("Bare", now=by.now))
    unmake([bare.id], two[0].id, False)
    assert not Affiliation.objects.filter(id=bare.id).exists()


def test_who_is_at_home_nowhere_any_more_is_what_they_were(by: By, two: tuple[Person, Person]) -> None:
    person = give(two[0], is_home=True)
    unmake([], person.id, True)
    assert of(person, "is_home") == {"is_home": True}
    here = at(person, Organization.objects.get(is_home=True))
    unmake([], person.id, False)
    assert of(person, "is_home") == {"is_home": True}
    unmake([here.id], person.id, False)
    assert of(person, "is_home") == {"is_home": False}
    assert of(two[1], "is_home") == {"is_home": False}


def test_where_nobody_moved_nothing_ends(by: By, two: tuple[Person, Person]) -> None:
    only = at(two[0], put("Only", now=by.now), last_seen=by.now - timedelta(days=900))
    settle_ends([one.id for one in two])
    settle_ends([])
    only.refresh_from_db()
    assert only.until is None
    Affiliation.objects.filter(id=only.id).update(until=by.now.date())
    settle_ends([two[0].id])
    only.refresh_from_db()
    assert only.until is None
