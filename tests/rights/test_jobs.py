"""What works by itself is told which workspace, and then finds nothing of another, whatever id it is given."""

from __future__ import annotations

import contextlib
from uuid import UUID

import pytest
from django.conf import settings

from rapport.accounts.acting import By
from rapport.accounts.rows import enter, in_workspace
from rapport.doors.operations.catalogue import call
from rapport.doors.worker import ROUNDS
from rapport.interactions.imports import run_import
from rapport.interactions.quarantine import retry_item
from rapport.kit.trouble import NotFound
from rapport.relationships.refresh import read_on

from .asking import logical_hash
from .cast import Cast

RUNS = {  # by round, whether it is given an id of something; a new round is declared here, and asked with a foreign one
    "import": "import_id",
    "judge": "",
    "look": "",
    "today": "",
    "tidy": "",
    "erase": "",
    "ties": "",
}


def test_every_round_is_declared() -> None:
    assert RUNS.keys() == ROUNDS.keys()


def test_a_round_with_an_id_from_next_door_does_nothing(cast: Cast) -> None:
    theirs = {name: UUID(id_) for one in cast.things if one.state == "next door" and one.kind in ("import", "item")
              for name, id_ in one.ids.items()}  # fmt: skip
    here, before = cast.workspaces["here"], logical_hash(cast)
    with contextlib.suppress(NotFound):
        run_import(here, theirs["import_id"], settings.HOUSE.files_folder, read_on)
    assert logical_hash(cast) == before
    with in_workspace(here), pytest.raises(NotFound):
        retry_item(By(cast.viewers["owner"], "web", cast.now), theirs["item_id"], settings.HOUSE.files_folder)
    assert logical_hash(cast) == before


@pytest.mark.parametrize("kind", [name for name, given in RUNS.items() if not given])
def test_a_round_of_one_workspace_leaves_the_other_as_it_is(cast: Cast, kind: str) -> None:
    before = {table: told for table, told in logical_hash(cast).items() if table.endswith(" next door")}
    agenda = "agenda next door"
    ROUNDS[kind](cast.workspaces["here"], lambda: None)
    after = {table: told for table, told in logical_hash(cast).items() if table.endswith(" next door")}
    shared = {f"{name} next door" for name in ("agenda", "outgoing_mail", "one_time_link")}
    assert agenda in after
    assert {table for table in after if after[table] != before[table]} <= shared


def test_a_viewer_of_one_workspace_finds_nothing_while_another_is_entered(cast: Cast) -> None:
    enter(cast.workspaces["next door"])
    for name, ids in (("people.get", "person"), ("interactions.get", "interaction")):
        here = next(one for one in cast.of(ids) if one.state.startswith(("met by all", "with all")))
        given = {key: id_ for key, id_ in here.ids.items() if key.endswith("_id")}
        with pytest.raises(NotFound):
            call(name, cast.viewers["owner"], "api", given)
    enter(cast.workspaces["here"])
