"""The journal of who did what, and its register of undo: each room registers how to undo its own verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from rapport.kit.failpoints import failpoint
from rapport.kit.ids import new_id
from rapport.kit.text import one_line
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble

from .access import Viewer, is_theirs, may, require
from .models import JournalEntry

MOST_TRIED = 50  # entries that stay done are passed over, not without end
# A file was made and nothing changed, or something was undone already: there is nothing to take back, nor to say so.
NOTHING_TO_UNDO = ("people.export", "person.known", "import.undo")

_WRITE = (
    "INSERT INTO journal_entry (workspace_id, id, at, membership_id, door, verb, subject_id, subject_name,"
    ' "values", way_back) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb)'
)

Undo = Callable[[dict[str, Any], datetime], None]  # the way back of an entry, and now
Allowed = Callable[[Viewer, dict[str, Any]], bool]  # whether somebody may go this way back
# Whether to ask before an entry is undone; told, too, whether it was come upon by passing over what stays done.
AskedAbout = Callable[[JournalEntry, bool], bool]
_ways_back: dict[str, Undo] = {}
_allowed: dict[str, Allowed] = {}


class StaysDone(Conflict):
    """What an entry did is not taken back: because of what came since, because what it was about is gone, because it
    never can be, or because this viewer may not.
    """

    def __init__(self, entry: JournalEntry, refused: Exception) -> None:
        why = refused.sentence if isinstance(refused, Trouble) else _("What it was about is no longer here.")
        code = refused.code if isinstance(refused, Trouble) else "gone"
        super().__init__(why, code=code, entry=str(entry.id), verb=entry.verb, subject=entry.subject_name)
        self.entry = entry


class MustAsk(Conflict):
    """What would be taken back next is so much, or so unexpected, that whoever does it is asked before; `stay` are the
    newer entries that were passed over."""

    def __init__(self, entry: JournalEntry, stay: Sequence[StaysDone]) -> None:
        fields = {"entry": str(entry.id), "verb": entry.verb, "subject": entry.subject_name}
        super().__init__(_("Say first that you are sure."), code="must-ask", **fields)
        self.entry, self.stay = entry, tuple(stay)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The entry that was undone, and newer ones that stay done with the reason of each."""

    entry: JournalEntry
    stay: tuple[StaysDone, ...] = ()


def _nothing_is(entry: JournalEntry, is_come_upon: bool) -> bool:
    return False


def undoes(verb: str, allowed: Allowed | None = None) -> Callable[[Undo], Undo]:
    """Register the function that takes this verb back, and who may; by default whoever may write.

    Where the verb asks for more than to write, so must its undo: since it was done they may manage no more, or the
    person it was about may have joined.
    """

    def register(undo: Undo) -> Undo:
        _ways_back[verb] = undo
        if allowed is not None:
            _allowed[verb] = allowed
        return undo

    return register


def note(
    viewer: Viewer,
    door: str,
    verb: str,
    now: datetime,
    *,
    subject_id: UUID | None = None,
    subject_name: str = "",
    values: dict[str, Any] | None = None,
    way_back: dict[str, Any] | None = None,
) -> UUID:
    """Write down what was done, in the transaction that did it; the entry's id is what undoing asks for."""
    entry_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            [viewer.workspace_id, entry_id, now, viewer.membership_id, door, verb, subject_id,
             one_line(subject_name, 300), _json(values or {}), None if way_back is None else _json(way_back)],
        )  # fmt: skip
    failpoint("journal.after_note")
    return entry_id


def _json(values: dict[str, Any]) -> str:
    return msgspec.json.encode(values).decode()


def undo(viewer: Viewer, entry_id: UUID, now: datetime) -> JournalEntry:
    """Take back what an entry did. Once; twice is a Conflict. Raises StaysDone where what came since forbids it."""
    require(viewer, "write")
    entry = JournalEntry.objects.filter(id=entry_id).first()
    if entry is None:
        raise NotFound(_("There is nothing to undo."))
    way_back = _way_back_of(viewer, entry)
    with transaction.atomic():
        _claim(viewer, entry, now)
        failpoint("journal.after_claim")
        try:
            take_back(entry.verb, way_back, now)
        except (Conflict, ObjectDoesNotExist) as refused:
            raise StaysDone(entry, refused) from refused
    failpoint("journal.after_way_back")
    entry.refresh_from_db()
    return entry


def undo_latest(viewer: Viewer, now: datetime, is_asked_about: AskedAbout = _nothing_is) -> TakenBack:
    """Take back the viewer's latest change that can be; those after it that are passed over are said, each with why.
    Raises MustAsk before one that `is_asked_about`.
    """
    require(viewer, "write")
    stay, is_refused = list[StaysDone](), False
    for entry in _own(viewer):
        try:
            _way_back_of(viewer, entry)
        except (Conflict, NotAllowed) as barred:
            stay.append(StaysDone(entry, barred))
            continue
        if is_asked_about(entry, is_refused):
            raise MustAsk(entry, stay)
        try:
            return TakenBack(undo(viewer, entry.id, now), tuple(stay))
        except StaysDone as refused:
            stay.append(refused)
            is_refused = True
    if stay:
        raise stay[0]
    raise NotFound(_("There is nothing to undo."))


def take_back(verb: str, way_back: dict[str, Any], now: datetime) -> None:
    """Do the way back of a verb."""
    _ways_back[verb](way_back, now)


def close(viewer: Viewer, verb: str, subject_id: UUID, now: datetime, **way_back: str) -> None:
    """Say that what this verb did to its subject, where it has this way back, was taken back in another way."""
    entries = JournalEntry.objects.filter(verb=verb, subject_id=subject_id, undone_at=None, way_back__contains=way_back)
    entries.update(undone_at=now, undone_by=viewer.membership_id)


def open_again(verb: str, subject_id: UUID, was: dict[str, Any], way_back: dict[str, Any]) -> None:
    """Say that what this verb did is so again after it was closed, and has another way back now."""
    closed = JournalEntry.objects.filter(verb=verb, subject_id=subject_id, way_back=was)
    closed.update(undone_at=None, undone_by=None, way_back=way_back)


def may_take_back(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether this viewer may undo this entry: their own; another's, where they manage the workspace."""
    if not may(viewer, "write") or not is_theirs(viewer, entry.membership_id):
        return False
    return entry.way_back is None or may_go_back(viewer, entry.verb, entry.way_back)


def by_managers(viewer: Viewer, way_back: Any) -> bool:
    """`allowed` of verbs that take the right to manage."""
    return may(viewer, "manage")


def may_go_back(viewer: Viewer, verb: str, way_back: dict[str, Any]) -> bool:
    """Whether this viewer may now do the way back of a verb, whoever did it."""
    allowed = _allowed.get(verb)
    return allowed is None or allowed(viewer, way_back)


def _way_back_of(viewer: Viewer, entry: JournalEntry) -> dict[str, Any]:
    """Raises NotAllowed where it is not theirs to go, Conflict where there is none."""
    if not may_take_back(viewer, entry):
        require(viewer, "manage")
        require(viewer, "own")
    if entry.way_back is None or entry.verb not in _ways_back:
        raise Conflict(_("This cannot be undone."), code="no-way-back")
    way_back: dict[str, Any] = entry.way_back
    return way_back


def _claim(viewer: Viewer, entry: JournalEntry, now: datetime) -> None:
    """So that of two who undo at the same moment one does."""
    untouched = JournalEntry.objects.filter(id=entry.id, undone_at=None)
    if not untouched.update(undone_at=now, undone_by=viewer.membership_id):
        raise Conflict(_("This was undone already."), code="undone-already")


def _own(viewer: Viewer) -> list[JournalEntry]:
    """What one may try to take back, the newest first; among it what never can be, as far as one did it since one last
    undid something: it is said to be passed over once."""
    own = JournalEntry.objects.filter(membership_id=viewer.membership_id)
    open_ones = own.filter(undone_at=None).exclude(verb__in=NOTHING_TO_UNDO).order_by("-at", "-id")
    undone = own.aggregate(last=Max("undone_at"))["last"]
    since = Q() if undone is None else Q(at__gt=undone)
    tried = [
        *open_ones.filter(way_back__isnull=False)[:MOST_TRIED],
        *open_ones.filter(since, way_back__isnull=True)[:MOST_TRIED],
    ]
    return sorted(tried, key=lambda one: (one.at, one.id), reverse=True)
