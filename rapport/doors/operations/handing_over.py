"""Files and folders on this machine handed over and read here and now, as the command line does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.rows import in_workspace
from rapport.channels.files import CHUNK, keep
from rapport.channels.packing import packed
from rapport.interactions.import_progress import Progress, progress_of
from rapport.interactions.importing import LaidDown
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.kit import clock
from rapport.kit.trouble import Trouble
from rapport.relationships.refresh import read_far_on

LAYING_DOWN = 3.0  # seconds a batch is waited for
LOOKING = 0.5  # seconds between two looks at how far it is


def hand_over(
    viewer: Viewer, paths: Sequence[Path], home_addresses: Sequence[str], files_folder: Path
) -> tuple[UUID, UUID]:
    """Keep these files and folders for an import; its id and the journal entry that undoes it."""
    files = [_given(path, files_folder, viewer.workspace_id) for path in paths]
    with in_workspace(viewer.workspace_id):
        started = start_import(By(viewer, "cli", clock.now()), files, files_folder, home_addresses)
    return started.import_id, started.journal_id


def read_now(viewer: Viewer, import_id: UUID, files_folder: Path, told: Callable[[Progress], None]) -> Progress:
    """Read an import to its end, or watch while the worker does. Interrupted, it is laid down where it stands."""
    over = threading.Event()
    failed: list[BaseException] = []

    def lay_down_when_over() -> None:
        if over.is_set():
            raise LaidDown

    def work() -> None:
        from django.db import connection

        try:
            # Somebody else may be at it; if they fall, the lease ends and the next try takes over.
            while not over.is_set() and not run_import(
                viewer.workspace_id, import_id, files_folder, read_far_on, lay_down_when_over
            ):
                over.wait(1)
                if _progress(viewer, import_id).state not in ("waiting", "reading", "judging"):
                    return
        except LaidDown:
            pass
        except BaseException as trouble:  # handed to the caller, who waits
            failed.append(trouble)
        finally:
            connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOKING)
            told(_progress(viewer, import_id))
    finally:
        over.set()
        thread.join(LAYING_DOWN)  # after Ctrl-C, so that whoever reads on need not wait for our lease to end
    if failed:
        raise failed[0]
    return _progress(viewer, import_id)


def _progress(viewer: Viewer, import_id: UUID) -> Progress:
    with in_workspace(viewer.workspace_id):
        return progress_of(viewer, import_id)


def _given(path: Path, files_folder: Path, workspace_id: UUID) -> GivenFile:
    if path.is_dir():
        return GivenFile(path.resolve().name or "folder", kept=keep(files_folder, workspace_id, _packed(path)))
    if not path.is_file():
        raise Trouble(_("There is no file or folder at %(path)s.") % {"path": path}, code="no-such-file")
    return GivenFile(path.name, kept=keep(files_folder, workspace_id, _chunks(path)))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _packed(folder: Path) -> Iterator[bytes]:
    paths = sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return packed((str(path.relative_to(folder)), _chunks(path)) for path in paths)
