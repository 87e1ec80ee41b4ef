"""The verbs of an import: start, watch, pause, go on, cancel, undo, and try again what was quarantined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, is_theirs, may
from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.journal import close, undoes
from rapport.accounts.rows import current_workspace, in_workspace
from rapport.channels.files import Laid, adopt, keep
from rapport.channels.models import Import, ImportFile, Source
from rapport.channels.packing import packed
from rapport.channels.sightings import UNKNOWN_COLUMNS, ReadingOptions
from rapport.channels.wording import READ_IN_PART
from rapport.kit import clock
from rapport.kit.collecting import seldom_collected
from rapport.kit.failpoints import failpoint
from rapport.kit.pages import Page, moment_cursor, moment_key
from rapport.kit.text import db_text
from rapport.kit.trouble import Conflict, NotFound, Trouble
from rapport.people.addresses import own_emails
from rapport.people.home import claim_addresses
from rapport.people.models import Handle

from .changes import note_person_changes
from .counting import Ending, endings_of
from .importing import ALREADY, QUARANTINED, SKIPPED, STORED, LaidDown, LostLease, Turn, begin, read_files
from .rereading import belonging_of
from .stopping import STOPPED, passes_by_itself, stop
from .tidying import RESTS_AT_MOST
from .undoing import take_back

WAITING, READING, PAUSED, JUDGING, DONE = "waiting", "reading", "paused", "judging", "done"
CANCELLED, UNDOING, UNDONE = "cancelled", "undoing", "undone"
UNDONE_AT_ONCE = 1_000  # items; what shares a mail with another import is read again, and nobody waits for minutes
MOST_APART = 20  # files of one import that are kept each by itself
AT_WORK = (WAITING, READING, PAUSED, JUDGING)
_BESIDE = ("source", "started_by__user")


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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. found = stored + already + skipped + quarantined, for what has been read so far."""

    id: UUID
    name: str
    state: str
    sentence: str
    made_at: datetime
    ended_at: datetime | None
    files: int
    bytes_total: int
    bytes_read: int
    found: int
    stored: int
    already: int
    skipped: int
    quarantined: int
    rules: tuple[tuple[str, int], ...]  # why items were skipped, and how many
    automatic: tuple[tuple[str, int], ...]  # stored, but known for a robot's: kept out of people
    in_part: int  # stored or here before, but some fields could not be read
    tables_in_part: int  # that have columns we do not know
    people: int
    seconds: float
    by: str  # who began it; empty where they have left
    owner_id: UUID | None  # of whose source it is: their membership

    @property
    def share(self) -> float:
        """How much of the bytes was read, 0 to 1."""
        return min(1.0, self.bytes_read / self.bytes_total) if self.bytes_total else 1.0

    @property
    def rate(self) -> float | None:
        """Items a second while working."""
        return self.found / self.seconds if self.seconds > 0.5 and self.found else None

    @property
    def seconds_left(self) -> float | None:
        """At this rate; None while nothing can be said."""
        if self.state not in (READING, WAITING) or self.share < 0.02 or self.seconds < 1:
            return None
        return self.seconds * (1 - self.share) / self.share


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


def progress_of(viewer: Viewer, import_id: UUID) -> Progress:
    """How far one import is, in three queries."""
    return _progress([import_of(viewer, import_id)])[0]


def list_imports(viewer: Viewer, most: int = 20) -> list[Progress]:
    """The latest imports, newest first, in three queries. Guests have none."""
    return list(page_of_imports(viewer, limit=most).rows)


def page_of_imports(
    viewer: Viewer, cursor: str | None = None, limit: int = 20, with_aside: bool = False
) -> Page[Progress]:
    """Imports, newest first, in three queries; or only those that have set something aside. Guests have none."""
    if viewer.is_guest:
        return Page((), None)
    runs = Import.objects.select_related(*_BESIDE).order_by("-made_at", "-id")
    if with_aside:
        runs = runs.filter(id__in=ImportFile.objects.filter(counts__has_key=QUARANTINED).values("run_id"))
    if cursor:
        made_at, last = moment_key(cursor)
        runs = runs.filter(Q(made_at__lt=made_at) | Q(made_at=made_at, id__lt=last))
    found = list(runs[: limit + 1])
    shown = found[:limit]
    more = moment_cursor(shown[-1].made_at, shown[-1].id) if len(found) > limit else None
    return Page(tuple(_progress(shown)), more)


def _progress(runs: Iterable[Import]) -> list[Progress]:
    by_id = {run.id: run for run in runs}
    files: dict[UUID, list[ImportFile]] = {one: [] for one in by_id}
    for file in ImportFile.objects.filter(run_id__in=by_id).only("run_id", "size", "bytes_read", "counts"):
        files[file.run_id].append(file)
    people = _people_brought(by_id)
    return [_one_progress(run, files[run.id], people.get(run.id, 0)) for run in by_id.values()]


def _one_progress(run: Import, files: Sequence[ImportFile], people: int) -> Progress:
    counts: Counter[Ending] = Counter()
    for file in files:
        counts.update(endings_of(file))
    tables = counts.pop((SKIPPED, UNKNOWN_COLUMNS), 0)  # their rows are counted, they are no rows themselves
    return Progress(
        id=run.id, name=run.source.name, state=run.state, sentence=run.sentence, made_at=run.made_at,
        ended_at=run.ended_at, files=len(files), bytes_total=sum(one.size for one in files),
        bytes_read=sum(one.bytes_read for one in files), found=counts.total(), stored=_sum(counts, STORED),
        already=_sum(counts, ALREADY), skipped=_sum(counts, SKIPPED), quarantined=_sum(counts, QUARANTINED),
        rules=_by_reason(counts, SKIPPED),
        automatic=tuple(one for one in _by_reason(counts, STORED) if one[0] not in READ_IN_PART),
        in_part=sum(counts[outcome, reason] for outcome in (STORED, ALREADY) for reason in READ_IN_PART),
        tables_in_part=tables, people=people, seconds=run.worked_seconds,
        by=run.started_by.user.name if run.started_by else "", owner_id=run.source.owner_id,
    )  # fmt: skip


def _people_brought(imports: Iterable[UUID]) -> dict[UUID, int]:
    """How many people these imports brought first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT import_id, count(*) FROM person WHERE import_id = ANY(%s) AND merged_into_id IS NULL"
            " GROUP BY import_id",
            [list(imports)],
        )
        return dict(cursor.fetchall())


def _sum(counts: Mapping[Ending, int], outcome: str) -> int:
    return sum(count for (one, _reason), count in counts.items() if one == outcome)


def _by_reason(counts: Mapping[Ending, int], outcome: str) -> tuple[tuple[str, int], ...]:
    found = [(reason, count) for (one, reason), count in counts.items() if one == outcome and reason]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


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


@undoes("import.start", is_large=True)
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


def import_of(viewer: Viewer, import_id: UUID) -> Import:
    """The import with this id; NotFound where there is none for this viewer."""
    run = None if viewer.is_guest else Import.objects.select_related(*_BESIDE).filter(id=import_id).first()
    if run is None:
        raise NotFound(_("There is no such import."))
    return run


def may_change(viewer: Viewer, one: Progress) -> bool:
    """Whether `own_import` lets them."""
    return may(viewer, "import") and is_theirs(viewer, one.owner_id)


def own_import(by: By, import_id: UUID) -> Import:
    """An import to be changed: one's own; another's, by whoever manages the workspace, as with every undo."""
    by.may("import")
    run = import_of(by.viewer, import_id)
    if run.source.owner_id != by.viewer.membership_id:
        by.may("manage")
    return run
