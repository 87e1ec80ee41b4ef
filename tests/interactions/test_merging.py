"""Two people become one with everything they have, and two again exactly as they were."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from rapport.accounts import journal
from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.changes import changes_for, may_undo
from rapport.accounts.models import JournalEntry, Membership, Workspace
from rapport.care.models import Suggestion, TodayList
from rapport.interactions.joining import merge, unmerge
from rapport.interactions.models import Interaction, Participant
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotAllowed, NotFound
from rapport.people.editing import add_handle, edit_person, note_fact, set_affiliation, tag
from rapport.people.models import Fact, Handle, Merge, Person
from rapport.people.opening import open_person
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_on

from ..people.people import everything, membered, somebody
from .mails import KENJI, MAYA, PRIYA, mail, meeting, read

PRIVATE, BEN = "priya@home.example", "ben@fernhill.example"


@pytest.fixture
def village(by: By, now: datetime) -> dict[str, Person]:
    """Priya under two addresses, Kenji, Maya; mails, tags and facts, some of them the same for both Priyas."""
    read(
        now,
        mail("work", PRIYA, [MAYA]),
        mail("private", PRIVATE, [MAYA], hour=2),
        mail("to-both", MAYA, [PRIYA], [PRIVATE], hour=3),
        mail("to-herself", PRIVATE, [MAYA], [PRIYA], hour=4),
        mail("kenji", KENJI, [PRIYA, BEN], hour=5),
        mail("ben", BEN, [PRIVATE], hour=6),
        meeting("walk", MAYA, PRIVATE, KENJI, hour=7),
    )
    cast = {email: Handle.objects.get(value=email).person for email in (MAYA, PRIYA, PRIVATE, KENJI, BEN)}
    for email in (PRIYA, PRIVATE):
        tag(by, cast[email].id, "gardener")
        note_fact(by, cast[email].id, "likes", "moss")
        note_fact(by, cast[email].id, "pet", f"dog of {email}")
        set_affiliation(by, cast[email].id, "Moss & Sons", "Partner")
    edit_person(by, cast[PRIVATE].id, birthday="--03-14", said="PREE-yah")
    for rank, email in enumerate((PRIYA, PRIVATE)):
        _suggested(cast[MAYA], cast[email], now, rank)
    _suggested(cast[BEN], cast[PRIVATE], now, 0)
    read_on(now)
    return cast


def _suggested(home: Person, person: Person, now: datetime, rank: int) -> None:
    today, _made = TodayList.objects.get_or_create(
        workspace_id=home.workspace_id, home_person=home, day=now.date(), defaults={"made_at": now}
    )
    Suggestion.objects.create(
        id=new_id(), workspace_id=home.workspace_id, today=today, home_person=home, person=person, day=now.date(),
        rank=rank, moment=f"silence:{person.id}", rule="silence", care="stay-close", reason={"kind": "silence"},
        minutes=5,
    )  # fmt: skip


def test_a_merged_person_has_everything_once(by: By, maya: Viewer, now: datetime, village: dict[str, Person]) -> None:
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    read_on(now)
    sheet = open_person(maya, village[PRIVATE].id)
    assert sheet.id == village[PRIYA].id
    assert {one.value for one in sheet.handles} == {PRIYA, PRIVATE}
    assert [one.word for one in sheet.tags] == ["gardener"]
    assert sorted(one.value for one in sheet.facts) == ["dog of " + PRIVATE, "dog of " + PRIYA, "moss"]
    assert (str(sheet.birthday), sheet.said) == ("--03-14", "PREE-yah")
    assert [one.name for one in sheet.merges] == [village[PRIVATE].name]
    theirs = Participant.objects.filter(person_id=sheet.id).values_list("interaction__title", "part")
    assert dict(theirs) == {
        "work": "from", "private": "from", "to-both": "to", "to-herself": "from", "kenji": "to", "ben": "to",
        "walk": "attendee",
    }  # fmt: skip
    assert not Participant.objects.filter(person_id=village[PRIVATE].id).exists()
    pair = Relationship.objects.get(home_person=village[MAYA], person_id=sheet.id)
    assert pair.contacts == 5
    assert not Relationship.objects.filter(person_id=village[PRIVATE].id).exists()


@pytest.mark.parametrize(
    ("kept", "gone"),
    [(PRIYA, PRIVATE), (PRIVATE, PRIYA), (MAYA, PRIYA), (PRIYA, BEN), (MAYA, BEN), (PRIVATE, KENJI), (KENJI, PRIVATE)],
)
def test_unmerging_restores_every_row(by: By, now: datetime, village: dict[str, Person], kept: str, gone: str) -> None:
    before = everything()
    merge(by, village[kept].id, village[gone].id)
    read_on(now)
    assert everything() != before
    unmerge(by, Merge.objects.get().id)
    read_on(now)
    assert everything() == before


@pytest.mark.parametrize("seed", range(6))
def test_merges_come_apart_in_any_order(by: By, now: datetime, village: dict[str, Person], seed: int) -> None:
    """All into one by several steps, then apart again in any order, with everything as it was in the end."""
    chance = random.Random(seed)
    before = everything()
    standing = [person for email, person in village.items() if email != MAYA]
    while len(standing) > 1:
        kept, gone = chance.sample(standing, 2)
        merge(by, kept.id, gone.id)
        standing.remove(gone)
    read_on(now)
    merges = list(Merge.objects.all())
    chance.shuffle(merges)
    for one in merges:
        unmerge(by, one.id)
        read_on(now)
    assert everything() == before


def test_one_of_several_merges_comes_apart_alone(by: By, now: datetime, village: dict[str, Person]) -> None:
    """Kenji joined Priya after her private self did; parting the earlier leaves the later one standing."""
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    first = Merge.objects.get()
    merge(by, village[PRIYA].id, village[KENJI].id)
    unmerge(by, first.id)
    read_on(now)
    assert Person.objects.get(id=village[PRIVATE].id).merged_into_id is None
    assert Person.objects.get(id=village[KENJI].id).merged_into_id == village[PRIYA].id
    theirs = Participant.objects.filter(person_id=village[PRIVATE].id)
    assert theirs.filter(interaction__title="walk").exists()
    assert Handle.objects.get(value=PRIVATE).person_id == village[PRIVATE].id
    assert Handle.objects.get(value=KENJI).person_id == village[PRIYA].id


def test_what_came_since_follows_its_address(by: By, now: datetime, village: dict[str, Person]) -> None:
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    read(now + timedelta(days=1), mail("new", PRIVATE, [MAYA], hour=900), mail("new-work", PRIYA, [MAYA], hour=901))
    unmerge(by, Merge.objects.get().id)
    writers = Participant.objects.filter(part="from", interaction__title__startswith="new")
    assert dict(writers.values_list("interaction__title", "person_id")) == {
        "new": village[PRIVATE].id,
        "new-work": village[PRIYA].id,
    }


def test_what_was_changed_since_stays_changed(by: By, now: datetime, village: dict[str, Person]) -> None:
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    edit_person(by, village[PRIYA].id, said="Pria")
    Interaction.objects.filter(title="to-both").delete()
    Fact.objects.filter(value="moss").delete()
    unmerge(by, Merge.objects.get().id)
    assert Person.objects.get(id=village[PRIYA].id).said == "Pria"
    assert Fact.objects.filter(value="moss").count() == 1  # her private self's own is back


def test_merging_is_undone_from_the_journal_and_once(
    by: By, maya: Viewer, now: datetime, village: dict[str, Person]
) -> None:
    before = everything()
    done = merge(by, village[PRIYA].id, village[PRIVATE].id)
    journal.undo(maya, done.journal_id, now)
    read_on(now)
    assert everything() == before
    with pytest.raises(Conflict):
        unmerge(by, Merge.objects.get().id)
    with pytest.raises(Conflict):
        journal.undo(maya, done.journal_id, now)


def test_unmerging_is_undone_by_merging_again(by: By, maya: Viewer, now: datetime, village: dict[str, Person]) -> None:
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    parted = unmerge(by, Merge.objects.get().id)
    journal.undo(maya, parted.journal_id, now)
    assert Person.objects.get(id=village[PRIVATE].id).merged_into_id == village[PRIYA].id


def test_nobody_is_merged_with_themself(by: By, village: dict[str, Person]) -> None:
    with pytest.raises(Conflict):
        merge(by, village[PRIYA].id, village[PRIYA].id)
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    with pytest.raises(Conflict):
        merge(by, village[PRIVATE].id, village[PRIYA].id)


def test_who_signs_in_stays_who_they_are(
    by: By, workspace: Workspace, maya_membership: Membership, now: datetime, village: dict[str, Person]
) -> None:
    merge(by, village[PRIVATE].id, village[MAYA].id)
    maya_membership.refresh_from_db()
    assert maya_membership.person_id == village[PRIVATE].id
    assert Person.objects.get(id=village[PRIVATE].id).is_home
    unmerge(by, Merge.objects.get().id)
    maya_membership.refresh_from_db()
    assert maya_membership.person_id == village[MAYA].id
    assert not Person.objects.get(id=village[PRIVATE].id).is_home
    ben: Any = village[BEN]
    membered(ben.id, BEN, workspace, now)
    with pytest.raises(Conflict):
        merge(by, village[MAYA].id, ben.id)


def test_guests_merge_nobody_and_strangers_are_not_found(by: By, village: dict[str, Person]) -> None:
    from dataclasses import replace

    guest = replace(by, viewer=replace(by.viewer, role="guest"))
    with pytest.raises(NotAllowed):
        merge(guest, village[PRIYA].id, village[PRIVATE].id)
    with pytest.raises(NotFound):
        merge(by, village[PRIYA].id, new_id())
    with pytest.raises(NotFound):
        unmerge(by, new_id())


def test_only_who_manages_joins_somebody_who_signs_in(
    by: By, workspace: Workspace, now: datetime, village: dict[str, Person]
) -> None:
    """As Priya, Ben could read what colleagues wrote to her."""
    member = By(viewer_of(membered(village[BEN].id, BEN, workspace, now)), "web", now)
    for kept, gone in ((BEN, PRIYA), (PRIYA, BEN), (MAYA, PRIYA)):
        with pytest.raises(NotAllowed):
            merge(member, village[kept].id, village[gone].id)
    merge(by, village[BEN].id, village[PRIYA].id)
    with pytest.raises(NotAllowed):
        unmerge(member, Merge.objects.get().id)
    merge(member, village[KENJI].id, village[PRIVATE].id)


def test_merging_takes_a_bounded_number_of_queries(
    by: By,
    now: datetime,
    django_assert_max_num_queries: Any,
    village: dict[str, Person],
) -> None:
    read(now, *(mail(f"m{n}", PRIVATE, [MAYA], hour=10 + n) for n in range(80)))
    with django_assert_max_num_queries(80):
        merge(by, village[PRIYA].id, village[PRIVATE].id)
    assert somebody(by, "Somebody Else").id
    add_handle(by, village[PRIYA].id, "phone", "+44 161 496 0123")


def _open_joins(by: By) -> list[bool]:
    entries = changes_for(by.viewer, by.now, None).rows
    return [may_undo(by.viewer, one) for one in entries if one.verb == "person.merge"]


def test_a_join_that_was_parted_offers_no_undo_until_it_is_joined_again(by: By, village: dict[str, Person]) -> None:
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    assert _open_joins(by) == [True]
    parted = unmerge(by, Merge.objects.get().id)
    assert _open_joins(by) == [False]
    assert parted.journal_id
    journal.undo(by.viewer, parted.journal_id, by.now)
    assert _open_joins(by) == [True]
    entry = JournalEntry.objects.get(verb="person.merge")
    journal.undo(by.viewer, entry.id, by.now)
    assert Person.objects.get(id=village[PRIVATE].id).merged_into_id is None


def test_of_two_joins_with_one_only_the_parted_is_closed(by: By, village: dict[str, Person]) -> None:
    merge(by, village[PRIYA].id, village[PRIVATE].id)
    first = Merge.objects.get()
    merge(by, village[PRIYA].id, village[KENJI].id)
    unmerge(by, first.id)
    assert _open_joins(by) == [True, False]
