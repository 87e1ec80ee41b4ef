"""Rounds of the worker: what fails is tried again later, and keeps nothing else waiting."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.channels.models import Import, ImportItem
from rapport.doors import worker
from rapport.interactions.importing import LaidDown
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.kit import clock
from rapport.kit.mail_server import MailServer
from rapport.relationships.refresh import read_far_on


def test_a_fault_in_one_import_keeps_no_other_from_being_read(
    by: By, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty, good = (
        start_import(by, [GivenFile("a.mbox", [b"From "])], tmp_path, home_addresses=[]).import_id for _ in "ab"
    )
    read: list[UUID] = []

    def run(workspace_id: UUID, import_id: UUID, *others: object) -> bool:
        if import_id == faulty:
            raise ValueError("a fault of ours")
        read.append(import_id)
        return True

    monkeypatch.setattr(worker, "run_import", run)
    with clock.stopped_at(now):
        again = worker.import_round(by.viewer.workspace_id, lambda: None)
    assert read == [good]
    assert again == now + timedelta(minutes=1)


def _waiting(by: By, folder: Path, mails: int) -> UUID:
    box = b"".join(
        b"From - Thu Nov 19 08:00:00 2026\nFrom: p%d@n.example\nTo: maya@fernhill.example\n"
        b"Date: Thu, 19 Nov 2026 08:00:00 +0000\nMessage-ID: <%d@n.example>\nSubject: Hi\n\nHello\n\n" % (one, one)
        for one in range(mails)
    )
    return start_import(by, [GivenFile("a.mbox", [box])], folder, home_addresses=[]).import_id


def test_an_import_rests_when_the_worker_is_asked_to_stop_and_goes_on_where_it_stood(by: By, tmp_path: Path) -> None:
    import_id, workspace_id = _waiting(by, tmp_path, 900), by.viewer.workspace_id

    def stop() -> None:
        # On a busy machine it is asked before anything is read.
        if ImportItem.objects.filter(run_id=import_id).exists():
            raise LaidDown

    with pytest.raises(LaidDown):
        run_import(workspace_id, import_id, tmp_path, read_far_on, stop)
    rests = Import.objects.get(id=import_id)
    assert (rests.state, rests.lease_until) == ("reading", None)
    assert 0 < ImportItem.objects.filter(run=rests).count() < 900
    assert run_import(workspace_id, import_id, tmp_path, read_far_on)
    assert Import.objects.get(id=import_id).state == "done"
    assert ImportItem.objects.filter(run=rests).count() == 900


def test_nobodys_today_waits_for_an_import() -> None:
    assert worker.QUICK.isdisjoint(worker.IMPORTING)
    assert set(worker.ROUNDS) == worker.QUICK | worker.IMPORTING
    assert {"judge", "look", "today"} <= worker.QUICK


def test_mail_is_sent_one_after_the_other_and_a_fault_in_one_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, tried = threading.Event(), iter([True, ValueError("a fault of ours"), True, False])

    def send(server: MailServer, now: datetime) -> bool:
        one = next(tried)
        if isinstance(one, ValueError):
            raise one
        if not one:
            asked.set()
        return one

    monkeypatch.setattr(worker, "send_next", send)
    monkeypatch.setattr(worker, "BETWEEN_MAILS", 0)
    worker.post(MailServer("localhost", 25, "none", "rapport@fernhill.example"), asked)
    assert next(tried, None) is None
