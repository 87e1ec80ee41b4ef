"""Rounds of the worker: what fails is tried again later, and keeps nothing else waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.doors import worker
from rapport.interactions.imports import GivenFile, start_import
from rapport.kit import clock


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
