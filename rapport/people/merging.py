"""Two persons found to be one, and taken apart again.

Who is gone stays as a row that says whom they are now. The verbs are in the room where participants live: pairs change
with them (`rapport.interactions.joining`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.models import Membership
from rapport.accounts.rows import current_workspace
from rapport.kit.failpoints import failpoint
from rapport.kit.trouble import Conflict

from .belongings import Table, move_all, move_back
from .models import Merge, Person
from .moving import settle_ends
from .naming import BY_HAND

Changed = dict[str, dict[str, list[Any]]]  # person to field to what it was and became


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody this person was merged with, and the merge that can be taken apart."""

    merge_id: UUID
    person_id: UUID
    name: str
    at: datetime


def signs_in(people: Collection[UUID], but: UUID | None = None) -> bool:
    """Whether one of these people is a member here, by another account than `but`."""
    members = Membership.objects.filter(workspace_id=current_workspace(), person_id__in=people, ended_at=None)
    return (members.exclude(user_id=but) if but else members).exists()


def must_be_two(kept: Person, gone: Person) -> None:
    """Conflict where both are the same, or both sign in: one cannot be made of them."""
    if kept.id == gone.id:
        raise Conflict(_("This is one and the same person already."), code="same-person")
    members = Membership.objects.filter(workspace_id=current_workspace(), person_id__in=(kept.id, gone.id))
    if members.values("person_id").distinct().count() > 1:
        raise Conflict(_("Both of them sign in here, so they are two people."), code="two-members")


def join(kept: Person, gone: Person, now: datetime, give_way: Mapping[Table, Collection[UUID]]) -> Merge:
    """Make one person of two, in the current transaction. `give_way` as in `move_all`."""
    merge = Merge(workspace_id=current_workspace(), kept=kept, gone=gone, at=now, moved={})
    _join(merge, kept, gone, give_way)
    merge.save(force_insert=True)
    failpoint("merge.after_row")
    return merge


def part(merge: Merge) -> None:
    """Take a merge apart: everything stands as before it, and what came since stays with the person kept."""
    move_back(merge.moved, merge.gone_id, merge.kept_id)
    failpoint("unmerge.after_moving")
    _change_back(merge.moved["changed"])
    failpoint("unmerge.after_changes")
    if merge.moved["member"]:
        _members(merge.kept_id).filter(id=merge.moved["member"]).update(person_id=merge.gone_id)
    settle_ends([merge.kept_id, merge.gone_id])


def join_again(merge: Merge, give_way: Mapping[Table, Collection[UUID]]) -> None:
    """Do once more a merge that was parted only to take an earlier one apart."""
    _join(merge, Person.objects.get(id=merge.kept_id), Person.objects.get(id=merge.gone_id), give_way)
    Merge.objects.filter(id=merge.id).update(moved=merge.moved)


def since(merge: Merge) -> list[Merge]:
    """Merges that rest on this one, oldest first: made later, with somebody this one has made."""
    people = {merge.kept_id, merge.gone_id}
    resting = []
    for later in Merge.objects.filter(undone_at=None, id__gt=merge.id).order_by("id"):
        if people & {later.kept_id, later.gone_id}:
            people |= {later.kept_id, later.gone_id}
            resting.append(later)
    return resting


def _join(merge: Merge, kept: Person, gone: Person, give_way: Mapping[Table, Collection[UUID]]) -> None:
    must_be_two(kept, gone)
    member = _move_member(kept, gone)
    failpoint("merge.after_member")
    moved = move_all(gone.id, kept.id, give_way)
    failpoint("merge.after_moving")
    changed = {
        str(kept.id): _completed(kept, gone),
        str(gone.id): _change(gone, merged_into_id=kept.id, touched_by_hand=True),
    }
    failpoint("merge.after_changes")
    merge.moved = {**moved, "changed": changed, "member": member}
    settle_ends([kept.id])


def _move_member(kept: Person, gone: Person) -> str | None:
    """Who signs in as the person gone is the person kept from now on."""
    theirs = _members(gone.id).values_list("id", flat=True).first()
    if theirs is None:
        return None
    _members(gone.id).update(person_id=kept.id)
    return str(theirs)


def _members(person_id: UUID) -> Any:
    return Membership.objects.filter(workspace_id=current_workspace(), person_id=person_id)


def _completed(kept: Person, gone: Person) -> dict[str, list[Any]]:
    return _change(kept, touched_by_hand=True, **taken_over(kept, gone))


def taken_over(kept: Person, gone: Person) -> dict[str, Any]:
    """What the person kept takes over where they lack it, or where it comes from a better source. Changes nothing."""
    takes: dict[str, Any] = {
        name: getattr(gone, name)
        for name in ("said", "listed_as", "pronouns", "time_zone", "language", "portrait")
        if getattr(gone, name) and not getattr(kept, name)
    }
    if kept.birthday_month is None and gone.birthday_month is not None:
        born = ("birthday_month", "birthday_day", "birthday_year", "birthday_revised")
        takes |= {name: getattr(gone, name) for name in born}
    if gone.name_rank > kept.name_rank and kept.name_rank < BY_HAND:
        takes |= {name: getattr(gone, name) for name in ("name", "sort_name", "filed_as", "name_rank")}
    takes |= {name: True for name in ("is_home", "do_not_contact", "do_not_score") if getattr(gone, name)}
    return takes


def _change(person: Person, **values: Any) -> dict[str, list[Any]]:
    changed = {name: [_plain(getattr(person, name)), _plain(value)] for name, value in values.items()}
    Person.objects.filter(id=person.id).update(**values)
    return {name: both for name, both in changed.items() if both[0] != both[1]}


def _change_back(changed: Changed) -> None:
    """Only what nobody has changed since."""
    for person_id, fields in changed.items():
        for name, (before, after) in fields.items():
            Person.objects.filter(id=person_id, **{name: after}).update(**{name: before})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | datetime) else value
