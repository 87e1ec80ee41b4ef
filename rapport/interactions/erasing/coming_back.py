"""After a restore: whoever was erased since the backup was made is erased again, before anybody looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from rapport.accounts.models import Membership, Workspace
from rapport.accounts.rows import current_workspace, in_workspace
from rapport.kit import clock
from rapport.people.matching import HandleKey
from rapport.people.models import Handle, Person, Tombstone
from rapport.people.reaching import sharing
from rapport.people.tombstones import key_mark, marks_of, put_marks
from rapport.people.two_people import spelt
from rapport.people.visible import now_called

from . import ledger
from .beginning import begin
from .going_on import go_on


def erase_again(house: Path, files_folder: Path) -> int:
    """Erase whom the ledger of this home names and the database knows; how many. Twice is once."""
    lines = ledger.lines_in(house)
    again = 0
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        theirs = [line for line in lines if line.workspace == str(workspace_id)]
        with in_workspace(workspace_id):
            for line in theirs:
                at = datetime.fromisoformat(line.at)
                put_marks(workspace_id, line.marks, UUID(line.erasure), at)
            for person in _known_by({mark for line in theirs for mark in line.marks}):
                begin(person, clock.now())
                again += 1
        go_on(workspace_id, house, files_folder)
    return again


def lacks_the_key(house: Path) -> bool:
    """Whether the database holds marks made with a key that is not in this home: they would keep nobody out."""
    for workspace_id in Workspace.objects.values_list("id", flat=True):
        with in_workspace(workspace_id):
            if Tombstone.objects.exclude(key_mark=key_mark()).exists():
                return True
    return any(line.key != key_mark() for line in ledger.lines_in(house))


def _known_by(marks: Collection[str]) -> list[Person]:
    """The people an address of whom has one of these marks; a member who signs in stays, and is told of."""
    if not marks:
        return []
    theirs = list(_by_key())
    marked = marks_of({key for key, _person in theirs})
    people = {now_called(person) for key, person in theirs if marked[key] in marks}
    members = Membership.objects.filter(workspace_id=current_workspace(), ended_at=None, person_id__in=people)
    return list(Person.objects.filter(id__in=people - set(members.values_list("person_id", flat=True))))


def _by_key() -> Iterator[tuple[HandleKey, UUID]]:
    """All addresses with whom they reach, those of mail also with each name they were given with."""
    handles = Handle.objects.values_list("kind", "value", "person_id", "called", "person__name")
    for kind, value, person, called, name in handles.iterator():
        key = kind, value
        yield key, person
        if kind == "email":
            yield from ((sharing(key, one), person) for one in {*called, spelt(name)} - {""})
