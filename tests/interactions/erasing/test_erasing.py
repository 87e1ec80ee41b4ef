"""Somebody who asked to be erased is gone from the dump and the store, stays gone, and others keep what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.rows import in_workspace
from rapport.channels.models import ImportItem
from rapport.doors.keeping.checking import check
from rapport.interactions.erasing.beginning import erase
from rapport.interactions.erasing.coming_back import erase_again
from rapport.interactions.erasing.going_on import go_on
from rapport.interactions.erasing.plan import let_come_back
from rapport.interactions.import_progress import progress_of
from rapport.interactions.imports import GivenFile, start_import, undo_import
from rapport.interactions.models import Erasure, Interaction, Message, Participant
from rapport.interactions.timeline import timeline
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.editing import add_handle, add_person
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Handle, Organization, Person, Tombstone
from rapport.relationships.models import Relationship
from rapport.relationships.refresh import read_far_on

from .conftest import ENVELOPE, FILES, MARKS, NOW, ZOE, B, Home, M, Z, letter


def left_of(home: Home) -> list[str]:
    told = home.everything()
    return [mark for mark in MARKS if mark in told]


def test_every_mark_was_there_before(lived_in: Home) -> None:
    told = lived_in.everything()
    assert [mark for mark in MARKS if mark not in told] == []


def test_nothing_of_her_is_left_in_the_dump_and_the_store(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    assert left_of(lived_in) == []
    assert "quayside.example" not in lived_in.everything()


def test_what_others_took_part_in_stays_without_her(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    with in_workspace(lived_in.by.viewer.workspace_id):
        words = {
            one.interaction.origin: (one.interaction.title, one.text)
            for one in Message.objects.select_related("interaction")
        }
        told = sorted(words.values())
        bob = Handle.objects.get(value="bob@moss.example").person_id
        assert Participant.objects.filter(person_id=bob).count() == 7
    assert ("Tea", "Only about tea.") in told
    assert ("", "Fine, […].") in told
    assert ("", "Between us: fine.") in told
    assert ("Quite another thing", "See you.") in told
    assert ("With Bob and […]", "") in told
    assert ("", "") in told


def test_reading_all_of_it_again_brings_nothing_back(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    before = {one: n for one, n in _counts(lived_in).items() if one != "items"}
    again = lived_in.read({name.replace("mark25file-Zoe Mark02name", "x"): body for name, body in FILES.items()})
    after = {one: n for one, n in _counts(lived_in).items() if one != "items"}
    lived_in.tidy()
    assert left_of(lived_in) == []
    assert after == before
    with in_workspace(lived_in.by.viewer.workspace_id):
        told = progress_of(lived_in.by.viewer, again)
    assert dict(told.rules)["erased"] >= 6


def test_the_home_still_holds_together(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    assert [one.kind for one in check(lived_in.house, lived_in.addresses)] == []


def test_the_import_that_brought_them_can_still_be_taken_back(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    again = lived_in.read({"letters.mbox": FILES["letters.mbox"]})
    with in_workspace(lived_in.by.viewer.workspace_id):
        undo_import(lived_in.by, again)
    lived_in.tidy()
    assert left_of(lived_in) == []


def _counts(home: Home) -> dict[str, int]:
    tables = {"people": Person, "interactions": Interaction, "parts": Participant, "items": ImportItem}
    with in_workspace(home.by.viewer.workspace_id):
        return {name: table.objects.count() for name, table in tables.items()}


def test_what_is_kept_of_the_erasure_names_nobody(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    with in_workspace(lived_in.by.viewer.workspace_id):
        kept = Erasure.objects.get()
        assert (kept.stage, kept.sought, kept.leaving) == ("done", None, [])
        assert kept.counts["alone"] == 5
        assert all(len(mark) == 64 for mark in Tombstone.objects.values_list("mark", flat=True))
    ledger = Path(lived_in.house.path / "keys" / "erasures").read_text()
    assert str(kept.id) in ledger
    assert NOW.isoformat() in ledger


def test_how_others_stand_and_what_happened_with_them_is_as_before(lived_in: Home, erased: Callable[[], None]) -> None:
    def of_bob() -> tuple[object, ...]:
        with in_workspace(lived_in.by.viewer.workspace_id):
            read_far_on(NOW)
            bob = Handle.objects.get(value="bob@moss.example").person_id
            rows = timeline(lived_in.by.viewer, bob).rows
            pair = Relationship.objects.get(person_id=bob, home_person_id=lived_in.by.viewer.person_id)
            return pair.state, pair.contacts, [(one.id, one.at, one.kind) for one in rows]

    before = of_bob()
    assert before[1] == 6
    erased()
    assert of_bob() == before


def test_two_colleagues_who_wrote_to_each_other_stand_as_their_history_says(lived_in: Home) -> None:
    """A worker may judge between the wish to be erased and the end of it, when their mail is still there."""
    workspace = lived_in.by.viewer.workspace_id
    with in_workspace(workspace):
        make_home_person("Jo Colleague", "jo@fernhill.example", found_home("Fernhill", NOW), NOW)
    jo = "Jo Colleague <jo@fernhill.example>"
    lived_in.read({"jo.mbox": ENVELOPE + letter("jo", jo, Z, "Yes", "As you say.", Cc=M) + b"\n"})
    with in_workspace(workspace):
        read_far_on(NOW)
        zoe = lived_in.zoe()
        assert zoe is not None
        erase(lived_in.by, zoe, "Zoe Mark02name")
        read_far_on(NOW)
    go_on(workspace, lived_in.house.path, lived_in.house.files_folder)
    with in_workspace(workspace):
        read_far_on(NOW)
        assert not Relationship.objects.filter(home_person__name="Jo Colleague").exists()


def test_only_who_owns_the_workspace_and_writes_the_name_may(lived_in: Home) -> None:
    zoe, by = lived_in.zoe(), lived_in.by
    assert zoe is not None
    with in_workspace(by.viewer.workspace_id):
        admin = By(replace(by.viewer, role="admin"), "web", NOW)
        with pytest.raises(NotAllowed):
            erase(admin, zoe, "Zoe Mark02name")
        with pytest.raises(Trouble, match="Zoe Mark02name"):
            erase(by, zoe, "Zoe")
        with pytest.raises(Conflict, match="sign in"):
            erase(by, by.viewer.person_id, "Maya Okafor")
        start_import(by, [GivenFile("a.eml", [b"From: a@b.example"])], lived_in.house.files_folder)
        with pytest.raises(Conflict, match="import"):
            erase(by, zoe, "Zoe Mark02name")
    assert lived_in.zoe() == zoe


def test_by_hand_they_are_not_written_down_again(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    with in_workspace(lived_in.by.viewer.workspace_id):
        with pytest.raises(Conflict, match="asked to be erased"):
            add_person(lived_in.by, "Zoe", email=ZOE)
        bob = Handle.objects.get(value="bob@moss.example").person_id
        with pytest.raises(Conflict, match="asked to be erased"):
            add_handle(lived_in.by, bob, "email", ZOE.upper())


def test_who_wants_to_be_known_again_is_somebody_new(lived_in: Home, erased: Callable[[], None]) -> None:
    erased()
    with in_workspace(lived_in.by.viewer.workspace_id):
        with pytest.raises(NotFound):
            let_come_back(lived_in.by, "email", "nobody@else.example")
        let_come_back(lived_in.by, "email", ZOE)
        add_person(lived_in.by, "Zoe", email=ZOE)
    assert erase_again(lived_in.house.path, lived_in.house.files_folder) == 0
    assert lived_in.zoe() is not None


def test_a_colleague_who_left_is_erased_with_their_account(lived_in: Home) -> None:
    by = lived_in.by
    with in_workspace(by.viewer.workspace_id):
        workspace = Workspace.objects.get(id=by.viewer.workspace_id)
        place = make_home_person("Ali Mark40reza", "ali@fernhill.example", Organization.objects.get(is_home=True), NOW)
        user = User.objects.create_user("ali@fernhill.example", name="Ali Mark40reza")
        joined = join(workspace, user, place.id, Role.MEMBER, NOW)
    lived_in.read({"a.eml": letter("a", "Ali Mark40reza <ali@fernhill.example>", f"{B}, {M}", "Hello", "mark40words")})
    with in_workspace(by.viewer.workspace_id):
        Membership.objects.filter(id=joined.id).update(ended_at=NOW)
        erase(by, place.id, "Ali Mark40reza")
    go_on(by.viewer.workspace_id, lived_in.house.path, lived_in.house.files_folder)
    told = lived_in.everything()
    assert "mark40" not in told
    assert "ali@fernhill.example" not in told
    with in_workspace(by.viewer.workspace_id):
        bob = Handle.objects.get(value="bob@moss.example").person_id
        assert Participant.objects.filter(person_id=bob).count() == 8


def test_somebody_of_the_same_name_is_another(lived_in: Home, erased: Callable[[], None]) -> None:
    lived_in.read(
        {"other.eml": letter("o", "Zoe Mark02name <zoe@other.example>", M, "Hello", "From another Zoe Mark02name.")}
    )
    erased()
    with in_workspace(lived_in.by.viewer.workspace_id):
        assert Handle.objects.get(value="zoe@other.example").person.name == "Zoe Mark02name"
        assert Message.objects.filter(text="From another Zoe Mark02name.").exists()
