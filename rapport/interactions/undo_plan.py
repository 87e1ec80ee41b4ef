"""What taking an import back would do, said before it is done: what goes, and what stays though it brought it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.accounts.journal import AskedAbout, TakenBack, undo, undo_latest
from rapport.accounts.models import JournalEntry
from rapport.accounts.rows import ask

from .import_progress import UNDOING, UNDONE, Progress, progress_of
from .imports import UNDONE_AT_ONCE
from .written_about import BY_HANDS, anything_rests_on

MANY = 20  # people, from which on it is asked about
COUNTED_AT_ONCE = 20_000  # items; of more, numbers are those that were counted as it was read
_PEOPLE = f"""
SELECT count(*), count(*) FILTER (WHERE {BY_HANDS}), count(*) FILTER (WHERE NOT {BY_HANDS} AND (
  EXISTS (SELECT 1 FROM membership m WHERE m.workspace_id = p.workspace_id AND m.person_id = p.id)
  OR EXISTS (SELECT 1 FROM import_item o WHERE o.person_id = p.id AND o.import_id <> %(run)s)
  OR EXISTS (SELECT 1 FROM fact f WHERE f.person_id = p.id AND f.import_id IS DISTINCT FROM %(run)s)
  OR EXISTS (SELECT 1 FROM participant x WHERE x.person_id = p.id AND (
    NOT EXISTS (SELECT 1 FROM import_item i WHERE i.interaction_id = x.interaction_id AND i.import_id = %(run)s)
    OR EXISTS (SELECT 1 FROM import_item o WHERE o.interaction_id = x.interaction_id AND o.import_id <> %(run)s)))))
FROM person p WHERE p.import_id = %(run)s AND p.merged_into_id IS NULL
"""  # noqa: S608 - only what is ours is put in
_HAPPENED = """
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM import_item o WHERE o.interaction_id = i.interaction_id AND o.import_id <> %(run)s))
FROM (SELECT DISTINCT interaction_id FROM import_item
      WHERE import_id = %(run)s AND interaction_id IS NOT NULL) AS i
"""


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """How much goes and how much stays. `is_exact` is false where so much came that it was not looked at one by one:
    then nothing is said to stay, though some may.
    """

    progress: Progress
    people: int
    changed_by_hand: int
    known_otherwise: int
    interactions: int
    brought_twice: int
    is_exact: bool

    @property
    def people_going(self) -> int:
        """People nobody knows of any more then."""
        return self.people - self.changed_by_hand - self.known_otherwise

    @property
    def interactions_going(self) -> int:
        """Mails and meetings that nothing else brought."""
        return self.interactions - self.brought_twice


def undo_plan(viewer: Viewer, import_id: UUID) -> UndoPlan:
    """What taking it back would do."""
    progress = progress_of(viewer, import_id)
    if progress.found > COUNTED_AT_ONCE:
        return UndoPlan(progress, progress.people, 0, 0, progress.stored, 0, is_exact=False)
    [(people, by_hand, otherwise)] = ask(_PEOPLE, {"run": import_id})
    [(happened, twice)] = ask(_HAPPENED, {"run": import_id})
    return UndoPlan(progress, people, by_hand, otherwise, happened, twice, is_exact=True)


def is_large(progress: Progress) -> bool:
    """Whether so much would go that somebody should know before."""
    if progress.state in (UNDOING, UNDONE):
        return False
    return progress.people >= MANY or progress.found > UNDONE_AT_ONCE


def is_asked_about(progress: Progress) -> bool:
    """Whether so much would go, or anything written by hand since rests on it, that somebody should know before."""
    if progress.state in (UNDOING, UNDONE):
        return False
    return is_large(progress) or anything_rests_on(progress.id)


def import_to_ask_about(viewer: Viewer, entry_id: UUID) -> UUID | None:
    """The import that undoing this change would take back, where that is asked about."""
    entry = JournalEntry.objects.filter(id=entry_id).first()
    return entry.subject_id if entry and _asking(viewer)(entry, False) else None


def import_begun_by(entry_id: UUID) -> UUID:
    """The import whose begin this entry tells."""
    way_back: dict[str, str] = JournalEntry.objects.get(id=entry_id, verb="import.start").way_back or {}
    return UUID(way_back["import"])


def undo_change(viewer: Viewer, entry_id: UUID | None, now: datetime, *, is_sure: bool = False) -> TakenBack:
    """Take back this change; one's latest where none is named. Raises MustAsk before a latest that is asked about, but
    of whoever is sure.
    """
    if entry_id is not None:
        return TakenBack(undo(viewer, entry_id, now))
    return undo_latest(viewer, now) if is_sure else undo_latest(viewer, now, _asking(viewer))


def _asking(viewer: Viewer) -> AskedAbout:
    """What is asked about before somebody undoes it: an import that brought many or on which something rests,
    and any that is come upon behind what stays done."""

    def is_asked(entry: JournalEntry, is_come_upon: bool) -> bool:
        if viewer.is_guest or entry.verb != "import.start" or entry.undone_at or entry.subject_id is None:
            return False
        progress = progress_of(viewer, entry.subject_id)
        return is_asked_about(progress) or (is_come_upon and progress.state not in (UNDOING, UNDONE))

    return is_asked
