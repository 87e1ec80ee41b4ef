"""An import that meets a fault: one bad piece waits alone; what nothing can be done about stops it, visibly."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, OperationalError
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.models import Workspace
from rapport.care.days import list_of
from rapport.channels.models import Import, ImportItem
from rapport.channels.reading import Piece
from rapport.doors import worker
from rapport.interactions import importing, imports
from rapport.interactions.imports import GivenFile, resume, run_import, start_import, unfinished
from rapport.interactions.incoming import Belonging, Incoming
from rapport.kit.logs import Wordless
from rapport.relationships.refresh import read_on
from tests.channels.mails import mail

pytestmark = pytest.mark.django_db
SECRET = "the rota of the night shift"
Stumbling = Callable[[Exception], None]


def mailbox(n: int) -> bytes:
    return b"".join(
        b"From ana@x.org Tue Mar  3 09:00:00 2026\n" + mail().replace(b"<one@", b"<%d@" % number) + b"\n\n"
        for number in range(n)
    )


@pytest.fixture
def started(by: By, tmp_path: Path) -> UUID:
    return start_import(by, [GivenFile("maya.mbox", [mailbox(5)])], tmp_path).import_id


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> Stumbling:
    """Taking in the third mail raises this."""

    def set_up(fault: Exception) -> None:
        take_in = importing.take_in

        def stumble(incoming: Collection[Incoming], belonging: Belonging, now: datetime) -> Any:
            if any(one.sighting.message_id.startswith("2@") for one in incoming):
                raise fault
            return take_in(incoming, belonging, now)

        monkeypatch.setattr(importing, "take_in", stumble)

    return set_up


@pytest.mark.parametrize(
    ("fault", "reason"), [(KeyError(SECRET), "not-taken-in"), (DataError("a NUL"), "refused-by-database")]
)
def test_what_cannot_be_placed_waits_alone(
    started: UUID, workspace: Workspace, tmp_path: Path, stumbling: Stumbling, fault: Exception, reason: str
) -> None:
    stumbling(fault)
    assert run_import(workspace.id, started, tmp_path, read_on)
    assert Import.objects.get(id=started).state == "done"
    found = ImportItem.objects.filter(run_id=started)
    assert Counter(found.values_list("outcome", "reason")) == {("stored", ""): 4, ("quarantined", reason): 1}
    waiting = found.get(outcome="quarantined")
    assert waiting.raw_item is not None
    assert SECRET not in waiting.detail


@pytest.mark.parametrize("fault", [MemoryError(), OSError(28, "No space left on device")])
def test_a_fault_of_this_machine_blames_no_mail(
    started: UUID, workspace: Workspace, tmp_path: Path, stumbling: Stumbling, fault: Exception
) -> None:
    stumbling(fault)
    assert run_import(workspace.id, started, tmp_path, read_on)
    assert Import.objects.get(id=started).state == "stopped"
    assert not ImportItem.objects.filter(run_id=started).exists()


def test_a_database_that_went_away_stops_nothing(
    started: UUID, workspace: Workspace, tmp_path: Path, stumbling: Stumbling
) -> None:
    stumbling(OperationalError("the connection is closed"))
    with pytest.raises(OperationalError):
        run_import(workspace.id, started, tmp_path, read_on)
    assert Import.objects.get(id=started).state == "reading"
    assert not ImportItem.objects.filter(run_id=started).exists()


def test_what_nobody_expected_stops_it_with_a_sentence_and_goes_on_when_asked(
    by: By, started: UUID, workspace: Workspace, tmp_path: Path, client_maya: Client,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fail(*_: object) -> bool:
        raise ValueError(SECRET)

    with monkeypatch.context() as while_broken, caplog.at_level(logging.ERROR):
        while_broken.setattr(imports, "read_files", fail)
        assert run_import(workspace.id, started, tmp_path, read_on)
    logged = "\n".join(Wordless().format(record) for record in caplog.records)
    assert "ValueError" in logged
    assert "in fail" in logged
    assert SECRET not in logged
    stopped = Import.objects.get(id=started)
    assert (stopped.state, unfinished(workspace.id)) == ("stopped", [])
    assert "Let it go on" in stopped.sentence
    assert SECRET not in stopped.sentence
    told = client_maya.get(f"/import/{started}").content.decode()
    assert "at something we did not expect" in told
    assert f"/import/{started}/resume" in told
    resume(by, started)
    assert run_import(workspace.id, started, tmp_path, read_on)
    done = Import.objects.get(id=started)
    assert (done.state, done.sentence) == ("done", "")


def test_it_is_held_while_its_first_piece_is_long_in_coming(
    by: By, started: UUID, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces_of, held = importing.pieces_of, list[datetime | None]()

    def slowly(*asked: Any, **more: Any) -> Iterator[Piece]:
        time.sleep(0.5)
        yield from pieces_of(*asked, **more)

    def told() -> None:
        held.append(Import.objects.get(id=started).lease_until)

    monkeypatch.setattr(importing, "LEASE", 0.3)
    monkeypatch.setattr(importing, "pieces_of", slowly)
    assert run_import(workspace.id, started, tmp_path, read_on, told)
    assert Import.objects.get(id=started).state == "done"
    assert len(set(held[:3])) == 3


def test_a_damaged_file_keeps_nobody_from_their_today(
    by: By, started: UUID, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise ValueError

    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setattr(imports, "read_files", fail)
    assert worker.import_round(by.viewer.workspace_id, lambda: None) is None
    assert by.viewer.person_id is not None
    assert not list_of(by.viewer.person_id, now.date(), now + timedelta(minutes=1)).is_reading
