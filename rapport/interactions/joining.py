"""Merging two people and taking them apart: their rows move, and their pairs are looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, may
from rapport.accounts.acting import By
from rapport.accounts.journal import close, open_again, undoes
from rapport.kit.failpoints import failpoint
from rapport.kit.trouble import Conflict, NotFound
from rapport.people.belongings import Table
from rapport.people.done import Done
from rapport.people.gathering import hold_people_still
from rapport.people.merging import join, join_again, must_be_two, part, signs_in, since
from rapport.people.models import Handle, Merge, Person
from rapport.people.visible import now_called, person_of

from .changes import note_person_changes
from .models import Participant
from .parts import STRONGEST_FIRST


def merge(by: By, kept_id: UUID, gone_id: UUID) -> Done:
    """Make one person of two: the kept one has everything from now on. `unmerge` restores both."""
    by.may("merge")
    hold_people_still()
    kept, gone = joinable(by, kept_id, gone_id)
    merged = _merge(kept, gone, by.now)
    journal_id = by.note(
        "person.merge",
        subject_id=kept.id,
        subject_name=kept.name,
        values={"gone": gone.name},
        way_back={"merge_id": str(merged.id)},
    )
    return Done(kept.id, journal_id)


def joinable(by: By, kept_id: UUID, gone_id: UUID) -> tuple[Person, Person]:
    """The two, where one may be made of them by somebody who may merge. NotAllowed, NotFound, Conflict where not."""
    kept, gone = person_of(by.viewer, kept_id), person_of(by.viewer, gone_id)
    _may_touch(by, kept.id, gone.id)
    must_be_two(kept, gone)
    return kept, gone


def unmerge(by: By, merge_id: UUID) -> Done:
    """Take two people apart who were merged, exactly as they were; what came since stays where its address says."""
    by.may("merge")
    merged = Merge.objects.filter(id=merge_id).select_related("kept", "gone").first()
    if merged is None:
        raise NotFound(_("These two were not merged here."))
    person_of(by.viewer, merged.kept_id)
    _may_touch(by, now_called(merged.kept_id))
    _unmerge(merge_id, by.now)
    close(by.viewer, "person.merge", merged.kept_id, by.now, merge_id=str(merge_id))
    journal_id = by.note(
        "person.unmerge",
        subject_id=merged.kept_id,
        subject_name=merged.kept.name,
        values={"gone": merged.gone.name},
        way_back={"kept_id": str(merged.kept_id), "gone_id": str(merged.gone_id), "merge_id": str(merge_id)},
    )
    return Done(merged.kept_id, journal_id)


def _may_touch(by: By, *people: UUID) -> None:
    """Who signs in as somebody reads what that person took part in: joining them gives a colleague's mail away."""
    if signs_in(people):
        by.may("manage")


def _may_undo_merge(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    """One of them may have joined since."""
    if may(viewer, "manage"):
        return True
    merged = Merge.objects.filter(id=way_back["merge_id"]).first()
    return merged is None or not signs_in([now_called(merged.kept_id)])


def _may_undo_unmerge(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    """As above."""
    return may(viewer, "manage") or not signs_in([now_called(UUID(way_back[one])) for one in ("kept_id", "gone_id")])


@undoes("person.merge", allowed=_may_undo_merge)
def _undo_merge(way_back: dict[str, Any], now: datetime) -> None:
    _unmerge(UUID(way_back["merge_id"]), now)


@undoes("person.unmerge", allowed=_may_undo_unmerge)
def _undo_unmerge(way_back: dict[str, Any], now: datetime) -> None:
    hold_people_still()
    kept, gone = (Person.objects.get(id=now_called(UUID(way_back[one]))) for one in ("kept_id", "gone_id"))
    merged = _merge(kept, gone, now)
    if was := way_back.get("merge_id"):
        open_again("person.merge", UUID(way_back["kept_id"]), {"merge_id": was}, {"merge_id": str(merged.id)})


def _merge(kept: Person, gone: Person, now: datetime) -> Merge:
    both = (kept.id, gone.id)
    note_person_changes(both)
    failpoint("merge.after_marks")
    merged = join(kept, gone, now, _weaker_parts(*both))
    note_person_changes(both)
    return merged


def _unmerge(merge_id: UUID, now: datetime) -> None:
    """Merges that rest on this one are parted before it and joined again after it."""
    hold_people_still()
    merged = Merge.objects.get(id=merge_id)
    if not Merge.objects.filter(id=merge_id, undone_at=None).update(undone_at=now):
        raise Conflict(_("These two were taken apart already."), code="unmerged-already")
    failpoint("unmerge.after_claim")
    later = since(merged)
    people = {person for one in (merged, *later) for person in (one.kept_id, one.gone_id)}
    note_person_changes(people)
    for one in (*reversed(later), merged):
        part(one)
        _follow_addresses(one)
        failpoint("unmerge.after_parting")
    for one in later:
        join_again(one, _weaker_parts(one.kept_id, one.gone_id))
    note_person_changes(people)


def _weaker_parts(kept_id: UUID, gone_id: UUID) -> dict[Table, list[UUID]]:
    """Where both took part in one interaction the stronger part stays: who wrote it is not a mere reader."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.id FROM participant k JOIN participant g ON g.interaction_id = k.interaction_id "
            "WHERE k.person_id = %s AND g.person_id = %s "
            "AND array_position(%s::text[], g.part) < coalesce(array_position(%s::text[], k.part), 99)",
            [kept_id, gone_id, list(STRONGEST_FIRST), list(STRONGEST_FIRST)],
        )
        return {Participant: [row[0] for row in cursor.fetchall()]}


def _follow_addresses(merged: Merge) -> None:
    """What came after the merge, to an address that is theirs again, is theirs too."""
    addresses = list(Handle.objects.filter(person_id=merged.gone_id).values_list("value", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participant p SET person_id = %s FROM interaction i "
            "WHERE i.id = p.interaction_id AND i.made_at > %s AND p.person_id = %s AND p.address = ANY(%s) "
            "AND NOT EXISTS (SELECT 1 FROM participant q WHERE q.interaction_id = i.id AND q.person_id = %s)",
            [merged.gone_id, merged.at, merged.kept_id, addresses, merged.gone_id],
        )
