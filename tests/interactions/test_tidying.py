"""Files that were handed over leave the disk once nothing needs them, and not a moment before."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Agenda, Role, User, Workspace
from rapport.accounts.rows import enter
from rapport.channels.files import let_go_all, names_in
from rapport.channels.models import Import, ImportFile, RawItem
from rapport.channels.raw import bytes_of
from rapport.doors.worker import ROUNDS
from rapport.interactions.imports import GivenFile, cancel, pause, resume, run_import, start_import, undo_import
from rapport.interactions.tidying import sweep, tidy
from rapport.people.home import claim_addresses, found_home, make_home_person
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def letter(number: int, lines: int = 1) -> bytes:
    text = "The rota works, and that is all.\n" * lines
    return (
        f"From: Priya Raman <priya@solace.example>\nTo: maya@fernhill.example\nSubject: {number}\n"
        f"Date: Thu, 19 Nov 2026 10:00:00 +0000\nMessage-ID: <{number}@solace.example>\n\n{text}"
    ).encode()


LARGE = letter(1, lines=50_000)


def stored(by: By, folder: Path) -> list[str]:
    """What this workspace has on the disk, as if it had all been there for long."""
    names = sorted(names_in(folder, by.viewer.workspace_id.hex))
    for name in names:
        os.utime(folder / name.replace("/", f"/{name[33:35]}/"), (LONG_AGO, LONG_AGO))
    return names


def handed(by: By, folder: Path, *files: bytes) -> UUID:
    given = [GivenFile(f"{number}.eml", [body]) for number, body in enumerate(files)]
    return start_import(by, given, folder).import_id


def read(by: By, folder: Path, *files: bytes) -> UUID:
    import_id = handed(by, folder, *files)
    run_import(by.viewer.workspace_id, import_id, folder, read_on)
    return import_id


def tidied(by: By, folder: Path, now: datetime) -> list[str]:
    """What is left after a round."""
    stored(by, folder)
    tidy(by.viewer.workspace_id, folder, now)
    enter(by.viewer.workspace_id)
    return stored(by, folder)


def test_a_mailbox_that_was_read_goes_and_its_letters_stay(by: By, tmp_path: Path, now: datetime) -> None:
    read(by, tmp_path, letter(2), letter(3), LARGE)
    assert len(stored(by, tmp_path)) == 3
    large = RawItem.objects.exclude(stored_as="").get()
    assert tidied(by, tmp_path, now) == [large.stored_as]
    assert set(ImportFile.objects.values_list("stored_as", flat=True)) == {""}
    assert {bytes_of(one, tmp_path) for one in RawItem.objects.all()} == {letter(2), letter(3), LARGE}


def test_what_was_taken_back_goes_but_not_what_another_import_brought_too(
    by: By, tmp_path: Path, now: datetime
) -> None:
    first, second = read(by, tmp_path, LARGE), read(by, tmp_path, letter(2), LARGE)
    undo_import(by, first)
    assert len(tidied(by, tmp_path, now)) == 1
    assert bytes_of(RawItem.objects.exclude(stored_as="").get(), tmp_path) == LARGE
    undo_import(by, second)
    assert tidied(by, tmp_path, now) == []


@pytest.mark.parametrize("rests", [lambda by, one: None, pause])
def test_what_is_still_to_be_read_stays(
    by: By, tmp_path: Path, now: datetime, rests: Callable[[By, UUID], None]
) -> None:
    import_id = handed(by, tmp_path, LARGE)
    rests(by, import_id)
    assert len(tidied(by, tmp_path, now)) == 1
    if rests is pause:
        resume(by, import_id)
    run_import(by.viewer.workspace_id, import_id, tmp_path, read_on)
    assert Import.objects.get(id=import_id).state == "done"


def test_what_was_cancelled_goes_and_what_rested_for_a_month(by: By, tmp_path: Path, now: datetime) -> None:
    cancel(by, handed(by, tmp_path, letter(2)))
    resting = handed(by, tmp_path, letter(3))
    pause(by, resting)
    assert len(tidied(by, tmp_path, now)) == 1
    assert tidied(by, tmp_path, now + timedelta(days=31)) == []
    assert "Hand them over again" in Import.objects.get(id=resting).sentence


def test_bytes_that_are_just_coming_in_are_left(by: By, tmp_path: Path, now: datetime) -> None:
    cancel(by, handed(by, tmp_path, LARGE))  # its row may be on its way for all we know
    young = next(tmp_path.glob("*/??/*"))
    os.utime(young, (now.timestamp(), now.timestamp()))
    again = tidy(by.viewer.workspace_id, tmp_path, now)
    assert (young.exists(), again) == (True, now + timedelta(hours=1))
    tidy(by.viewer.workspace_id, tmp_path, again + timedelta(minutes=1))
    assert not young.exists()


@pytest.mark.parametrize("ends", [cancel, undo_import])
def test_the_worker_is_asked_to_tidy(by: By, tmp_path: Path, now: datetime, ends: Callable[[By, UUID], Any]) -> None:
    ends(by, handed(by, tmp_path, letter(2)))
    assert Agenda.objects.get(workspace_id=by.viewer.workspace_id, kind="tidy").due_at == now
    assert "tidy" in ROUNDS


def neighbour(now: datetime) -> By:
    """Nora, in a workspace of her own; entered."""
    workspace = found_workspace("Neighbours", "UTC", now)
    enter(workspace.id)
    nora = make_home_person("Nora", "nora@next.example", found_home("Neighbours", now), now)
    claim_addresses(nora.id, ["nora@next.example"], now)
    user = User.objects.create_user("nora@next.example", "a long enough secret")
    return By(viewer_of(join(workspace, user, nora.id, Role.OWNER, now)), "web", now)


def test_two_workspaces_with_the_same_file_do_not_share_it(by: By, tmp_path: Path, now: datetime) -> None:
    mine = read(by, tmp_path, LARGE)
    nora = neighbour(now)
    read(nora, tmp_path, LARGE)
    enter(by.viewer.workspace_id)
    undo_import(by, mine)
    assert tidied(by, tmp_path, now) == []
    enter(nora.viewer.workspace_id)
    assert len(tidied(nora, tmp_path, now)) == 1
    assert bytes_of(RawItem.objects.get(), tmp_path) == LARGE


def test_a_workspace_that_ended_leaves_no_bytes(by: By, tmp_path: Path, now: datetime) -> None:
    read(by, tmp_path, LARGE)
    nora = neighbour(now)
    read(nora, tmp_path, LARGE)
    Workspace.objects.filter(id=nora.viewer.workspace_id).delete()
    let_go_all(tmp_path, nora.viewer.workspace_id)
    assert stored(nora, tmp_path) == []
    enter(by.viewer.workspace_id)
    assert len(tidied(by, tmp_path, now)) == 1


def test_what_is_left_of_a_workspace_goes_within_the_hour_and_drafts_after_two_days(
    by: By, tmp_path: Path, now: datetime
) -> None:
    draft, upload, ended = tmp_path / ".draft-1", tmp_path / "tmp1.upload.mbox", tmp_path / ("ab" * 16)
    draft.write_bytes(b"x")
    upload.write_bytes(b"x")
    (ended / "ab").mkdir(parents=True)
    read(by, tmp_path, LARGE)
    for path in (draft, upload, ended, tmp_path / by.viewer.workspace_id.hex):
        os.utime(path, (now.timestamp(), now.timestamp()))
    sweep(tmp_path, now + timedelta(minutes=30))
    assert all(path.exists() for path in (draft, upload, ended))
    sweep(tmp_path, now + timedelta(hours=2))
    assert [path.exists() for path in (draft, upload, ended)] == [True, True, False]
    sweep(tmp_path, now + timedelta(days=3))
    assert not any(path.exists() for path in (draft, upload, ended))
    enter(by.viewer.workspace_id)
    assert bytes_of(RawItem.objects.get(), tmp_path) == LARGE
