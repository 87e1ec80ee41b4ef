"""Whose an import is: its owner stops it and takes it back; of others', whoever manages the workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.channels.files import let_go
from rapport.channels.models import Import, ImportFile
from rapport.doors.web.joining import accept_invitation
from rapport.interactions.imports import (
    GivenFile,
    cancel,
    pause,
    resume,
    run_import,
    start_import,
    undo_import,
    unfinished,
)
from rapport.interactions.models import Interaction, Participant
from rapport.interactions.opening import raw_bytes
from rapport.interactions.quarantine import leave_out, quarantine_of
from rapport.interactions.undoing import take_back
from rapport.kit.pages import cursor_of
from rapport.kit.trouble import NotAllowed
from rapport.people.colleagues import invite_colleague
from rapport.people.models import Handle
from rapport.relationships.refresh import read_on
from tests.conftest import signed_in

from ..people.people import membered, somebody

pytestmark = pytest.mark.django_db
MAIL = b"""From: Priya Raman <priya@solace.example>
To: maya@fernhill.example
Date: Thu, 19 Nov 2026 10:00:00 +0000
Message-ID: <1@solace.example>

The rota works.
"""


@pytest.fixture
def import_id(by: By, workspace: Workspace, tmp_path: Path) -> UUID:
    """Maya's import of one mail, read."""
    started = start_import(by, [GivenFile("priya.eml", [MAIL])], tmp_path)
    run_import(workspace.id, started.import_id, tmp_path, read_on)
    return started.import_id


@pytest.fixture
def ali(by: By, workspace: Workspace, now: datetime) -> By:
    """Ali, a member beside Maya."""
    person = somebody(by, "Ali Reza", email="ali@fernhill.example")
    return By(viewer_of(membered(person.id, "ali@fernhill.example", workspace, now)), "web", now)


@pytest.mark.parametrize("change", [undo_import, pause, resume, cancel])
def test_a_colleague_leaves_it_as_it_is(ali: By, import_id: UUID, change: Callable[[By, UUID], Any]) -> None:
    with pytest.raises(NotAllowed):
        change(ali, import_id)
    assert Interaction.objects.count() == 1


def test_only_who_may_take_it_back_is_offered_to(ali: By, import_id: UUID, client_maya: Client) -> None:
    colleague = signed_in(User.objects.get(id=ali.viewer.user_id))
    for address in ("/import", f"/import/{import_id}"):
        assert "Undo this import" in client_maya.get(address).text
        assert "priya.eml" in colleague.get(address).text
        assert "Undo this import" not in colleague.get(address).text


def test_whoever_manages_the_workspace_may_take_it_back(ali: By, import_id: UUID) -> None:
    undo_import(replace(ali, viewer=replace(ali.viewer, role=Role.ADMIN)), import_id)
    assert Interaction.objects.count() == 0


def test_a_page_mark_of_somebody_else_is_no_fault(by: By, import_id: UUID) -> None:
    assert quarantine_of(by.viewer, import_id, cursor_of(["x"])).rows == ()


def test_while_it_is_taken_back_no_other_import_meets_its_people(import_id: UUID, now: datetime) -> None:
    take_back(import_id, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] >= 1


def test_one_whose_file_is_gone_stops_and_says_so(by: By, workspace: Workspace, tmp_path: Path) -> None:
    lost = start_import(by, [GivenFile("priya.eml", [MAIL])], tmp_path).import_id
    let_go(tmp_path, [ImportFile.objects.get(run_id=lost).stored_as])
    assert run_import(workspace.id, lost, tmp_path, read_on)
    stopped = Import.objects.get(id=lost)
    assert (stopped.state, unfinished(workspace.id)) == ("stopped", [])
    assert "cannot be read" in stopped.sentence
    start_import(by, [GivenFile("priya.eml", [MAIL])], tmp_path)  # the same bytes, handed over again
    resume(by, lost)
    run_import(workspace.id, lost, tmp_path, read_on)
    assert Import.objects.get(id=lost).state == "done"


def test_a_copy_written_by_hand_opens_nobodys_mail(
    import_id: UUID, ali: By, workspace: Workspace, tmp_path: Path
) -> None:
    address = "ali@elsewhere.example"  # his own, as far as anybody can tell
    forged = MAIL.replace(b"To: maya@fernhill.example", b"To: maya@fernhill.example, " + address.encode())
    started = start_import(ali, [GivenFile("forged.eml", [forged])], tmp_path, [address])
    run_import(workspace.id, started.import_id, tmp_path, read_on)
    assert Interaction.objects.count() == 1
    assert not Participant.objects.filter(person_id=ali.viewer.person_id).exists()


def test_each_has_the_bytes_of_their_own_copy(by: By, ali: By, workspace: Workspace, tmp_path: Path) -> None:
    """What was sent names the blind-copied; whoever received it is not told by that."""
    sent = MAIL.replace(b"To: maya@fernhill.example", b"To: ali@fernhill.example\nBcc: boss@fernhill.example")
    sent = sent.replace(b"From: Priya Raman <priya@solace.example>", b"From: maya@fernhill.example")
    assert b"Bcc" in sent
    run_import(workspace.id, start_import(by, [GivenFile("sent.eml", [sent])], tmp_path).import_id, tmp_path, read_on)
    mail = Interaction.objects.get()
    assert raw_bytes(by.viewer, mail.id) == sent
    with pytest.raises(NotAllowed, match="a colleague’s mailbox"):
        raw_bytes(ali.viewer, mail.id)
    received = sent.replace(b"\nBcc: boss@fernhill.example", b"")
    own = start_import(ali, [GivenFile("inbox.eml", [received])], tmp_path, ["ali@fernhill.example"])
    run_import(workspace.id, own.import_id, tmp_path, read_on)
    assert Interaction.objects.count() == 1
    assert raw_bytes(ali.viewer, mail.id) == received
    assert raw_bytes(by.viewer, mail.id) == sent


def test_what_a_manager_left_out_of_anothers_import_stays_so_when_they_manage_no_more(
    by: By, ali: By, workspace: Workspace, tmp_path: Path
) -> None:
    started = start_import(by, [GivenFile("odd.eml", [b"\x00\x01 nonsense"])], tmp_path)
    run_import(workspace.id, started.import_id, tmp_path, read_on)
    (item,) = quarantine_of(by.viewer, started.import_id).rows
    admin = replace(ali, viewer=replace(ali.viewer, role=Role.ADMIN))
    entry = leave_out(admin, item.id)
    with pytest.raises(NotAllowed):
        undo(ali.viewer, entry, ali.now)
    undo(admin.viewer, entry, ali.now)
    assert len(quarantine_of(by.viewer, started.import_id).rows) == 1


def test_who_joined_since_keeps_the_address_an_undone_import_brought(
    by: By, ali: By, workspace: Workspace, maya_membership: Membership, tmp_path: Path, now: datetime
) -> None:
    """It would be free for whoever brought it."""
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Carl Roe\r\nEMAIL:carl@work.example\r\nEND:VCARD\r\n"
    started = start_import(ali, [GivenFile("carl.vcf", [card])], tmp_path)
    run_import(workspace.id, started.import_id, tmp_path, read_on)
    token = invite_colleague(by, maya_membership, "carl@work.example", Role.MEMBER)
    user, _workspace = accept_invitation(token, None, "Carl Roe", "a long enough secret", now)
    undo_import(ali, started.import_id)
    carl = Membership.objects.get(user=user).person_id
    assert Handle.objects.get(value="carl@work.example").person_id == carl
