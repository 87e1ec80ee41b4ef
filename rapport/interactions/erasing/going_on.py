"""An erasure goes on, a step in a transaction each, until nothing of the person is left. It may stop anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import be_patient, in_workspace
from rapport.channels.files import let_go, let_go_unnamed
from rapport.channels.models import ImportFile, RawItem
from rapport.kit import clock
from rapport.kit.failpoints import failpoint
from rapport.people.models import Tombstone
from rapport.people.tombstones import key_mark

from ..models import Erasure
from . import ledger
from .beginning import LEDGER, hold_imports_off
from .scrubbing import scrub
from .seeing_to import see_to_some
from .sought import Sought
from .sweeping import sweep_some

INTERACTIONS, SWEEP, REST, FILES, DONE = "interactions", "sweep", "rest", "files", "done"
JUST_HANDED_OVER = timedelta(minutes=5)  # bytes are in the store a transaction before the row that names them


def go_on(
    workspace_id: UUID, house: Path, files_folder: Path, told: Callable[[], None] = lambda: None
) -> datetime | None:
    """Bring all erasures of a workspace that are under way to their end. Twice is once.

    When to come again, where a file is too young to be told from one that is just being handed over.
    """
    with in_workspace(workspace_id):
        waiting = list(Erasure.objects.exclude(stage=DONE).order_by("asked_at").values_list("id", flat=True))
    for erasure_id in waiting:
        while step(workspace_id, erasure_id, house, files_folder):
            told()
    with in_workspace(workspace_id):
        return clock.now() + JUST_HANDED_OVER if Erasure.objects.exclude(stage=DONE).exists() else None


def step(workspace_id: UUID, erasure_id: UUID, house: Path, files_folder: Path) -> bool:
    """Do the next step of an erasure in a transaction of its own; False when it is done, or has to wait."""
    with in_workspace(workspace_id):
        be_patient(60)
        erasure = Erasure.objects.select_for_update().get(id=erasure_id)
        if erasure.stage == DONE:
            return False
        stage = erasure.stage
        failpoint(f"erase.before_{stage}")
        hold_imports_off()
        _STEPS[stage](erasure, house, files_folder)
        erasure.save()
        failpoint(f"erase.within_{stage}")
    failpoint(f"erase.after_{stage}")
    return erasure.stage != DONE and (stage != FILES)


def _to_ledger(erasure: Erasure, house: Path, files_folder: Path) -> None:
    """First of all: a backup from before may be restored while the rest is still going on."""
    marks = sorted(Tombstone.objects.filter(erasure_id=erasure.id).values_list("mark", flat=True))
    ledger.write(house, erasure.id, erasure.workspace_id, erasure.asked_at.isoformat(), key_mark(), marks)
    erasure.stage = INTERACTIONS


def _interactions(erasure: Erasure, house: Path, files_folder: Path) -> None:
    if not see_to_some(erasure, _sought(erasure), files_folder):
        erasure.stage = SWEEP


def _sweep(erasure: Erasure, house: Path, files_folder: Path) -> None:
    erasure.position = sweep_some(erasure, _sought(erasure), files_folder)
    if erasure.position is None:
        erasure.stage = REST


def _rest(erasure: Erasure, house: Path, files_folder: Path) -> None:
    scrub(erasure, _sought(erasure))
    put_down("judge", clock.now())
    put_down("today", clock.now())
    erasure.stage = FILES


def _sought(erasure: Erasure) -> Sought:
    assert erasure.sought is not None  # until it is done
    return Sought.from_json(erasure.sought)


def _files(erasure: Erasure, house: Path, files_folder: Path) -> None:
    """When the rows are gone for good: a file is named by its bytes, and others may name the same.

    Also what imports read from that are over: it may be theirs, and nothing names it any more.
    """
    named = set(RawItem.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    named |= set(ImportFile.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    let_go(files_folder, [name for name in erasure.leaving if name not in named])
    erasure.leaving = []
    if let_go_unnamed(files_folder, erasure.workspace_id, named, clock.now() - JUST_HANDED_OVER):
        return
    erasure.sought, erasure.stage, erasure.ended_at = None, DONE, clock.now()


_STEPS: dict[str, Callable[[Erasure, Path, Path], None]] = {
    LEDGER: _to_ledger,
    INTERACTIONS: _interactions,
    SWEEP: _sweep,
    REST: _rest,
    FILES: _files,
}
