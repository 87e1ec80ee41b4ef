"""The verbs of an import: start, read on, pause, go on, cancel, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.journal import close, undoes
from rapport.accounts.rows import current_workspace, in_workspace
from rapport.channels.files import Laid, adopt, keep
from rapport.channels.models import Import, ImportFile, Source
from rapport.channels.packing import packed
from rapport.channels.sightings import ReadingOptions
from rapport.kit import clock
from rapport.kit.collecting import seldom_collected
from rapport.kit.failpoints import failpoint
from rapport.kit.text import db_text
from rapport.kit.trouble import Conflict, Trouble
from rapport.people.addresses import own_emails
from rapport.people.home import claim_addresses
from rapport.people.models import Handle

from .changes import note_person_changes
from .counting import endings_of
from .import_progress import AT_WORK, CANCELLED, DONE, JUDGING, PAUSED, READING, UNDOING, UNDONE, WAITING, own_import
from .importing import LaidDown, LostLease, Turn, begin, read_files
from .rereading import belonging_of
from .stopping import STOPPED, passes_by_itself, stop
from .tidying import RESTS_AT_MOST
from .undoing import take_back

UNDONE_AT_ONCE = 1_000  # items; what shares a mail with another import is read again, and nobody waits for minutes
MOST_APART = 20  # files of one import that are kept each by itself


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was handed over: its name (with folders, where a folder was) and its bytes.

    `kept` is what `keep` gave, where its bytes lie in the store already: copying gigabytes is not for a transaction.
    """

    name: str
    chunks: Iterable[bytes] = ()
    kept: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """An import that waits to be read, and the journal entry that undoes it."""

    import_id: UUID
    journal_id: UUID


def start_import(by: By, files: Sequence[GivenFile], files_folder: Path, home_addresses: Sequence[str] = ()) -> Started:
    """Keep these files and put them in line. `home_addresses` say whose mail it is (the viewer's own by default)."""
    by.may("import")
    if not files:
        raise Trouble(_("Choose at least one file."), code="no-files")
    addresses = own_emails(home_addresses) or own_addresses(by.viewer)
    note_person_changes(claim_addresses(by.viewer.person_id, addresses, by.now, by.viewer))
    failpoint("import.after_addresses")
    name = import_name([file.name for file in files])
    source = Source.objects.create(
        workspace_id=current_workspace(), kind="files", name=name, owner_id=by.viewer.membership_id, made_at=by.now
    )
    run = Import.objects.create(
        workspace_id=current_workspace(), source=source, started_by_id=by.viewer.membership_id,
        home_addresses=addresses, time_zone=by.viewer.time_zone, state=WAITING, made_at=by.now,
    )  # fmt: skip
    failpoint("import.after_row")
    for ordinal, file in enumerate(_together(files)):
        stored_as, size = file.kept or _kept(files_folder, file.chunks)
        ImportFile.objects.create(
            workspace_id=current_workspace(), run=run, ordinal=ordinal, name=db_text(file.name, 1000),
            stored_as=stored_as, size=size,
        )  # fmt: skip
        failpoint("import.after_file")
    put_down("import", by.now)
    put_down("tidy", by.now + RESTS_AT_MOST)
    journal_id = by.note("import.start", subject_id=run.id, subject_name=name, way_back={"import": str(run.id)})
    return Started(run.id, journal_id)


def _kept(files_folder: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """What lies on the disk already is not copied: that would hold the transaction for as long as gigabytes take."""
    workspace_id = current_workspace()
    if isinstance(chunks, Laid):
        return adopt(files_folder, workspace_id, chunks)
    return keep(files_folder, workspace_id, chunks)


def _together(files: Sequence[GivenFile]) -> Sequence[GivenFile]:
    """A few files as they are; a folder's many as one, so that they are read in batches."""
    if len(files) <= MOST_APART or any(file.kept for file in files):
        return files
    return [GivenFile(import_name([file.name for file in files]), packed((file.name, file.chunks) for file in files))]


def own_addresses(viewer: Viewer) -> list[str]:
    """The e-mail addresses that reach the viewer."""
    return list(Handle.objects.filter(person_id=viewer.person_id, kind="email").values_list("value", flat=True))


def import_name(names: Sequence[str]) -> str:
    """What an import is called: its first file, and how many more."""
    first = names[0].replace("\\", "/").rstrip("/").rpartition("/")[2] or names[0]
    return first if len(names) == 1 else _("%(first)s and %(more)d more") % {"first": first, "more": len(names) - 1}


def run_import(
    workspace_id: UUID,
    import_id: UUID,
    files_folder: Path,
    judge: Callable[[datetime], int],
    told: Callable[[], None] = lambda: None,
) -> bool:
    """Read an import on from where it stands, then judge what changed; False where another process is at it. One that
    waits to be taken back is taken back.

    `judge` is the later room's `read_on`, given by the door: this room may not know it. `told` is called after each
    batch and may raise `LaidDown` to let the import rest there.
    """
    if _take_back_in_line(workspace_id, import_id):
        return True
    token = begin(workspace_id, import_id)
    if token is None:
        return False
    try:
        with seldom_collected():
            _read_and_judge(_turn(workspace_id, import_id, token, files_folder), judge, told)
    except LostLease:
        return False
    except LaidDown:
        _let_go(workspace_id, import_id, token)
        raise
    except Exception as fault:
        if passes_by_itself(fault):
            raise
        stop(workspace_id, import_id, token, fault)  # tried again each minute, it would never end and never say why
    return True


def _read_and_judge(turn: Turn, judge: Callable[[datetime], int], told: Callable[[], None]) -> None:
    if not read_files(turn, told):
        return
    failpoint("import.after_reading")
    _pass_on(turn.workspace_id, turn.import_id, turn.token, JUDGING)
    more = True
    while more:
        with in_workspace(turn.workspace_id):
            more = bool(judge(clock.now()))
        told()
    failpoint("import.after_judging")
    _pass_on(turn.workspace_id, turn.import_id, turn.token, DONE)
    failpoint("import.after_end")
    told()


def _take_back_in_line(workspace_id: UUID, import_id: UUID) -> bool:
    """In one transaction: killed in the midst, it is in line as before. Not where another process is at it."""
    with in_workspace(workspace_id):
        waiting = Import.objects.select_for_update(skip_locked=True).filter(id=import_id, state=UNDOING)
        if not waiting.exists():
            return False
        take_back(import_id, clock.now())
    return True


def _let_go(workspace_id: UUID, import_id: UUID, token: UUID) -> None:
    with in_workspace(workspace_id):
        mine = Import.objects.filter(id=import_id, lease_token=token)
        mine.update(lease_until=None, lease_token=None)


def _turn(workspace_id: UUID, import_id: UUID, token: UUID, files_folder: Path) -> Turn:
    with in_workspace(workspace_id):
        belonging, time_zone = belonging_of(import_id)
    options = ReadingOptions(time_zone=time_zone, now=clock.now())
    return Turn(workspace_id, import_id, token, files_folder, options, belonging)


def _pass_on(workspace_id: UUID, import_id: UUID, token: UUID, state: str) -> None:
    with in_workspace(workspace_id):
        mine = Import.objects.filter(id=import_id, lease_token=token)
        if state == DONE:
            mine.update(state=DONE, ended_at=clock.now(), lease_until=None)
            put_down("tidy", clock.now())
        elif not mine.filter(state=READING).update(state=state):
            raise LostLease


def unfinished(workspace_id: UUID) -> list[UUID]:
    """Imports that wait, to be read or to be taken back, or whose reader has died."""
    with in_workspace(workspace_id), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import SET state = 'reading' WHERE state = 'judging'"
            " AND (lease_until IS NULL OR lease_until < clock_timestamp())"
        )
        cursor.execute(
            "SELECT id FROM import WHERE state IN ('waiting', 'reading', 'undoing') "
            "AND (lease_until IS NULL OR lease_until < clock_timestamp()) ORDER BY made_at"
        )
        return [row[0] for row in cursor.fetchall()]


def is_reading() -> bool:
    """Whether any import of the current workspace is still to be read to its end."""
    return Import.objects.filter(state__in=(WAITING, READING, JUDGING)).exists()


def pause(by: By, import_id: UUID) -> None:
    """Let an import rest; it goes on where it stood."""
    _change(by, import_id, (WAITING, READING), PAUSED, _("This import was over already, or rests."))


def resume(by: By, import_id: UUID) -> None:
    """Let a resting import go on."""
    _change(by, import_id, (PAUSED, STOPPED), WAITING, _("This import goes on already, or is over."))
    Import.objects.filter(id=import_id).update(sentence="")
    put_down("import", by.now)


def cancel(by: By, import_id: UUID) -> None:
    """End an import; what it has read so far stays, and can be undone."""
    _change(by, import_id, AT_WORK, CANCELLED, _("This import was over already."))
    Import.objects.filter(id=import_id).update(ended_at=by.now)
    put_down("tidy", by.now)


def _change(by: By, import_id: UUID, before: Sequence[str], after: str, otherwise: str) -> None:
    run = own_import(by, import_id)
    changed = Import.objects.filter(id=run.id, state__in=before).update(state=after, lease_until=None, lease_token=None)
    if not changed:
        raise Conflict(otherwise, code="import-ended")
    by.note(f"import.{after}", subject_id=run.id, subject_name=run.source.name)


def undo_import(by: By, import_id: UUID) -> UUID:
    """Take back everything an import brought and nothing else brought too; the journal entry that says so."""
    run = own_import(by, import_id)
    if run.state in (UNDOING, UNDONE):
        raise Conflict(_("This import was undone already."), code="undone-already")
    _take_back(run.id, by.now)
    close(by.viewer, "import.start", run.id, by.now)
    return by.note("import.undo", subject_id=run.id, subject_name=run.source.name)


@undoes("import.start")
def _undo_start(way_back: dict[str, str], now: datetime) -> None:
    run = Import.objects.get(id=way_back["import"])
    if run.state in (UNDOING, UNDONE):
        raise Conflict(_("This import was undone already."), code="undone-already")
    _take_back(run.id, now)


def _take_back(import_id: UUID, now: datetime) -> None:
    """A small one at once; a large one is put in line, and whoever reads it now stops."""
    files = ImportFile.objects.filter(run_id=import_id)
    if sum(n for file in files for n in endings_of(file).values()) <= UNDONE_AT_ONCE:
        take_back(import_id, now)
        return
    Import.objects.filter(id=import_id).update(state=UNDOING, sentence="", lease_until=None, lease_token=None)
    put_down("import", now)
