"""What is said of somebody by hand holds, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from rapport.accounts import journal
from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.models import Workspace
from rapport.channels.models import Import, ImportFile, ImportItem, Source
from rapport.channels.sightings import Address, Card
from rapport.interactions.joining import merge, unmerge
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.editing import (
    Done,
    add_handle,
    add_person,
    edit_person,
    forget_fact,
    note_fact,
    remove_handle,
    set_affiliation,
    tag,
    untag,
)
from rapport.people.home import claim_addresses
from rapport.people.models import Handle, Person, Tag
from rapport.people.opening import open_person
from tests.interactions.address_books import take_in_cards

from ..interactions.mails import MAYA, PRIYA, mail, read
from .people import everything, membered, somebody


def test_somebody_new_is_whole_at_once(by: By, maya: Viewer) -> None:
    done = add_person(
        by, "  Amélie  Dürr ", "Amelie@Aurora.Example", "+44 161 496 0123", title="Partner", last_said="Call me in May"
    )
    sheet = open_person(maya, done.person_id)
    assert (sheet.name, sheet.sort_name) == ("Amélie Dürr", "amelie durr")
    assert [(one.kind, one.value) for one in sheet.handles] == [
        ("email", "amelie@aurora.example"),
        ("phone", "+441614960123"),
    ]
    assert sheet.now_at is not None
    assert (sheet.now_at.organization, sheet.now_at.title) == ("Aurora", "Partner")
    assert [(one.kind, one.value, one.noted_by) for one in sheet.facts] == [
        ("last_said", "Call me in May", "Maya Okafor")
    ]


def test_an_address_reaches_one_person_only(by: By) -> None:
    priya = somebody(by, "Priya", email="priya@solace.example")
    with pytest.raises(Conflict) as refused:
        add_person(by, "Another", "PRIYA@solace.example ")
    assert refused.value.fields["person_id"] == str(priya.id)
    other = somebody(by, "Other")
    with pytest.raises(Conflict):
        add_handle(by, other.id, "email", "priya@solace.example")
    assert Person.objects.filter(name="Another").count() == 0


def test_somebody_at_homes_domain_is_a_colleague(by: By) -> None:
    assert somebody(by, "Ben", email="ben@fernhill.example").is_home


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("birthday", "the ides of March"),
        ("birthday", "1 jui 1980"),
        ("birthday", "2990-03-14"),
        ("birthday", "21 November 2026"),
        ("birthday", "--02-30"),
        ("birthday", "3.2.71"),
        ("birthday", "3/2/1971"),
        ("birthday", "1987-02-29"),
        ("time_zone", "Mars/Base"),
        ("shoe_size", "38"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(by: By, field: str, value: str) -> None:
    priya = somebody(by, "Priya")
    with pytest.raises(Trouble) as refused:
        edit_person(by, priya.id, **{field: value})
    assert refused.value.sentence.endswith((".", "?"))
    assert refused.value.fields["field"] == field


def test_a_time_zone_of_before_is_kept_as_that_of_today(by: By) -> None:
    priya = somebody(by, "Priya")
    edit_person(by, priya.id, time_zone="Asia/Calcutta")
    assert Person.objects.get(id=priya.id).time_zone == "Asia/Kolkata"
    edit_person(by, priya.id, time_zone="")
    assert Person.objects.get(id=priya.id).time_zone == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [("3.2.1971", "1971-02-03"), ("14. 3.", "--03-14"), ("3/14/1980", "1980-03-14"), ("14/3/1980", "1980-03-14"),
     ("1900-01-01", "1900-01-01"), ("3/3/1971", "1971-03-03"), ("14 March 1985", "1985-03-14"),
     ("14. März 1985", "1985-03-14"), ("5. Mai 1980", "1980-05-05"), ("1980 May 5", "1980-05-05"),
     ("March 14th, 1985", "1985-03-14"), ("5-May-1980", "1980-05-05"), ("14 mars", "--03-14"),
     ("14 de marzo de 1985", "1985-03-14"), ("1er août 1980", "1980-08-01"), ("3/14/1980 12:00 AM", "1980-03-14"),
     ("14-03-1985", "1985-03-14"), ("20 November 2026", "2026-11-20")],
)  # fmt: skip
def test_a_birthday_is_written_in_many_ways(by: By, maya: Viewer, written: str, kept: str) -> None:
    priya = somebody(by, "Priya Raman")
    edit_person(by, priya.id, birthday=written)
    assert str(open_person(maya, priya.id).birthday) == kept


@pytest.mark.parametrize("written", ["1987-03-14", "--02-29", ""])
def test_a_birthday_may_keep_its_year_to_itself(by: By, maya: Viewer, written: str) -> None:
    priya = somebody(by, "Priya")
    edit_person(by, priya.id, birthday="2001-01-01")
    edit_person(by, priya.id, birthday=written)
    assert str(open_person(maya, priya.id).birthday or "") == written


VERBS: dict[str, Callable[[By, Person], Done]] = {
    "edit": lambda by, one: edit_person(by, one.id, name="Pria", said="PREE", birthday="--03-14"),
    "handle": lambda by, one: add_handle(by, one.id, "phone", "+44 161 496 0999"),
    "work address": lambda by, one: add_handle(by, one.id, "email", "priya@moss.example"),
    "address at home": lambda by, one: add_handle(by, one.id, "email", "priya@fernhill.example"),
    "fact": lambda by, one: note_fact(by, one.id, "likes", "moss", "noticed"),
    "tag": lambda by, one: tag(by, one.id, "friend"),
    "untag": lambda by, one: untag(by, one.id, "GARDENER"),
    "affiliation": lambda by, one: set_affiliation(by, one.id, "Moss & Sons", "Partner"),
    "forget": lambda by, one: forget_fact(by, open_person(by.viewer, one.id).facts[0].id),
    "remove": lambda by, one: remove_handle(by, open_person(by.viewer, one.id).handles[0].id),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_changes_something_and_is_undone(by: By, maya: Viewer, now: datetime, verb: str) -> None:
    priya = somebody(by, "Priya", email="priya@solace.example", title="Head")
    tag(by, priya.id, "gardener")
    note_fact(by, priya.id, "pet", "a dog")
    before = everything()
    done = VERBS[verb](by, priya)
    assert done.person_id == priya.id
    assert everything() != before
    journal.undo(maya, done.journal_id, now)
    after = everything()
    # What was made on the way may stay: an organization somebody named, a tag's row written anew.
    for table in ("Person", "Handle", "Affiliation", "Fact", "PersonTag"):
        assert _without_ids(after[table], table) == _without_ids(before[table], table), table


def _without_ids(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    ids = {"id", "tag_id"} if table == "PersonTag" else set()
    return [{key: value for key, value in row.items() if key not in ids} for row in rows]


def test_where_another_address_says_they_are_they_stay(by: By, maya: Viewer, now: datetime) -> None:
    somebody(by, "Bo Moss", email="bo@moss.example")
    priya = somebody(by, "Priya")
    first = add_handle(by, priya.id, "email", "priya@moss.example")
    add_handle(by, priya.id, "email", "p.raman@moss.example")
    journal.undo(maya, first.journal_id, now)
    assert [one.organization for one in open_person(maya, priya.id).path] == ["Moss"]


def test_adding_is_undone(by: By, maya: Viewer, now: datetime) -> None:
    done = add_person(by, "Priya", "priya@solace.example", last_said="Soon")
    journal.undo(maya, done.journal_id, now)
    with pytest.raises(NotFound):
        open_person(maya, done.person_id)


def test_who_wrote_or_signed_in_since_stays(by: By, maya: Viewer, workspace: Workspace, now: datetime) -> None:
    written, member = add_person(by, "Priya", "priya@solace.example"), add_person(by, "Ben", "ben@fernhill.example")
    read(now, mail("rota", PRIYA, [MAYA]))
    membered(member.person_id, "ben@fernhill.example", workspace, now)
    for done in (written, member):
        with pytest.raises(Conflict):
            journal.undo(maya, done.journal_id, now)
        assert open_person(maya, done.person_id)


LATER: dict[str, Callable[[By, Person], object]] = {
    "fact": lambda by, one: note_fact(by, one.id, "likes", "moss"),
    "tag": lambda by, one: tag(by, one.id, "gardener"),
    "address": lambda by, one: add_handle(by, one.id, "phone", "+44 161 496 0999"),
    "joined": lambda by, one: merge(by, one.id, somebody(by, "P. Raman", email="p@cedar.example").id),
    "joined with another": lambda by, one: merge(by, somebody(by, "P. Raman").id, one.id),
    "card": lambda by, one: take_in_cards([Card("1", "P", addresses=(Address("email", PRIYA),))], None, by.now),
}


@pytest.mark.parametrize("later", LATER)
def test_adding_is_not_undone_where_something_came_since(by: By, maya: Viewer, now: datetime, later: str) -> None:
    done = add_person(by, "Priya", PRIYA, last_said="Soon")
    LATER[later](by, Person.objects.get(id=done.person_id))
    if later == "card":
        _kept_as_item(done.person_id, by)
    before = everything()
    with pytest.raises(Conflict) as refused, transaction.atomic():
        journal.undo(maya, done.journal_id, now)
    assert refused.value.code == "has-history"
    assert everything() == before


def _kept_as_item(person_id: UUID, by: By) -> None:
    """What an import writes down of a card it has read."""
    source = Source.objects.create(workspace_id=by.viewer.workspace_id, kind="files", name="cards", made_at=by.now)
    run = Import.objects.create(workspace_id=by.viewer.workspace_id, source=source, state="done", made_at=by.now)
    file = ImportFile.objects.create(workspace_id=by.viewer.workspace_id, run=run, ordinal=0, name="c.vcf", size=1)
    ImportItem.objects.create(
        workspace_id=by.viewer.workspace_id, run=run, file=file, ordinal=0, outcome="already", person_id=person_id
    )


def test_who_was_joined_and_parted_again_can_be_taken_back(by: By, maya: Viewer, now: datetime) -> None:
    done, other = add_person(by, "Priya", PRIYA), somebody(by, "P. Raman", email="p@cedar.example")
    merge(by, done.person_id, other.id)
    unmerge(by, open_person(maya, done.person_id).merges[0].merge_id)
    journal.undo(maya, done.journal_id, now)
    assert [one.value for one in open_person(maya, other.id).handles] == ["p@cedar.example"]


def test_no_member_takes_the_address_of_whom_colleagues_wrote_to(
    by: By, maya: Viewer, workspace: Workspace, now: datetime
) -> None:
    """Freed and given to herself, Priya's address would let Ali read what is written to Priya from now on."""
    read(now, mail("rota", PRIYA, [MAYA]))
    ali = somebody(by, "Ali Reza")
    member = By(viewer_of(membered(ali.id, "ali@fernhill.example", workspace, now)), "web", now)
    remove_handle(member, open_person(maya, Handle.objects.get(value=PRIYA).person_id).handles[0].id)
    with pytest.raises(NotAllowed):
        add_handle(member, ali.id, "email", PRIYA)
    with pytest.raises(NotAllowed):
        claim_addresses(ali.id, [PRIYA], now, member.viewer)
    claim_addresses(ali.id, ["ali@home.example"], now, member.viewer)
    assert list(Handle.objects.filter(person_id=ali.id).values_list("value", flat=True)) == ["ali@home.example"]
    add_handle(member, ali.id, "email", "ali@work.example")
    assert add_handle(by, ali.id, "email", PRIYA).person_id == ali.id


def test_undoing_an_edit_leaves_what_was_changed_since(by: By, maya: Viewer, now: datetime) -> None:
    priya = somebody(by, "Priya")
    first = edit_person(by, priya.id, name="Pria", said="PREE")
    edit_person(by, priya.id, name="Priya Raman")
    journal.undo(maya, first.journal_id, now)
    sheet = open_person(maya, priya.id)
    assert (sheet.name, sheet.said) == ("Priya Raman", "")


def test_the_same_said_twice_is_once(by: By, maya: Viewer, now: datetime) -> None:
    priya = somebody(by, "Priya")
    for _twice in range(2):
        tag(by, priya.id, "Gardener")
        tag(by, priya.id, "gardener")
        note_fact(by, priya.id, "likes", "moss")
        add_handle(by, priya.id, "email", "priya@solace.example")
    sheet = open_person(maya, priya.id)
    assert (len(sheet.tags), len(sheet.facts), len(sheet.handles)) == (1, 1, 1)
    untag(by, priya.id, "gardener")
    assert not Tag.objects.exists()


def test_who_moves_keeps_their_path(by: By, maya: Viewer, now: datetime) -> None:
    priya = somebody(by, "Priya", email="priya@solace.example")
    set_affiliation(by, priya.id, "Aurora Physio", "Partner")
    path = open_person(maya, priya.id).path
    assert [(one.organization, one.title) for one in path] == [("Aurora Physio", "Partner"), ("Solace", "")]


def test_guests_and_reading_keys_change_nothing(by: By) -> None:
    priya = somebody(by, "Priya")
    for viewer in (replace(by.viewer, role="guest"), replace(by.viewer, may_write=False)):
        for verb in VERBS.values():
            with pytest.raises(NotAllowed):
                verb(replace(by, viewer=viewer), priya) if verb not in (VERBS["forget"], VERBS["remove"]) else tag(
                    replace(by, viewer=viewer), priya.id, "x"
                )
    with pytest.raises(NotFound):
        tag(by, new_id(), "gardener")
    with pytest.raises(NotFound):
        forget_fact(by, new_id())
    with pytest.raises(NotFound):
        remove_handle(by, new_id())
