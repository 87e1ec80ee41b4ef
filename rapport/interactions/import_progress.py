"""How far imports are, and whose: what is told of one, and of all there ever were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, is_theirs, may
from rapport.accounts.acting import By
from rapport.channels.models import Import, ImportFile
from rapport.channels.sightings import UNKNOWN_COLUMNS
from rapport.channels.wording import READ_IN_PART
from rapport.kit.pages import Page, moment_cursor, moment_key
from rapport.kit.trouble import NotFound

from .counting import Ending, endings_of
from .importing import ALREADY, QUARANTINED, SKIPPED, STORED

WAITING, READING, PAUSED, JUDGING, DONE = "waiting", "reading", "paused", "judging", "done"
CANCELLED, UNDOING, UNDONE = "cancelled", "undoing", "undone"
AT_WORK = (WAITING, READING, PAUSED, JUDGING)
_BESIDE = ("source", "started_by__user")


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


def progress_of(viewer: Viewer, import_id: UUID) -> Progress:
    """How far one import is, in three queries."""
    return _progress([import_of(viewer, import_id)])[0]


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
