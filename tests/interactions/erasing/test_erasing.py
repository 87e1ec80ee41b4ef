"""Somebody who asked to be erased is gone from the dump and the store, stays gone, and others keep what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rapport.accounts.rows import in_workspace
from rapport.channels.models import ImportItem
from rapport.doors.keeping.checking import check
from rapport.interactions.imports import progress_of, undo_import
from rapport.interactions.models import Erasure, Interaction, Message, Participant
from rapport.people.models import Handle, Person, Tombstone

from .conftest import FILES, MARKS, NOW, Home


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
    again = lived_in.read({name.replace("mk25file-Zoe Mk02name", "x"): body for name, body in FILES.items()})
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
        assert kept.counts["alone"] >= 5
        assert all(len(mark) == 64 for mark in Tombstone.objects.values_list("mark", flat=True))
    ledger = Path(lived_in.house.path / "keys" / "erasures").read_text()
    assert str(kept.id) in ledger
    assert NOW.isoformat() in ledger
