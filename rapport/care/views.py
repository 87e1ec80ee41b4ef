"""Lists of people kept under a name: one's own, or shared with the team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, is_theirs, may
from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import one_line
from rapport.kit.trouble import Conflict, NotAllowed, NotFound, Trouble
from rapport.people.models import Person

from .models import SavedView

LONGEST_NAME = 80
LONGEST_WORDS = 500
MOST = 100  # views one member keeps
# What a view may keep of the address of a list.
KEPT = (
    "q", "tag", "org", "often", "strength", "state", "whose", "quiet", "kind", "coming", "sort", "cols",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """A list by its name. `asked` is what its address asks; `by` is whose it is, empty where they left."""

    id: UUID
    name: str
    asked: dict[str, str]
    is_shared: bool
    is_own: bool
    by: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class ViewDone:
    """Which view it was about, and the journal entry that undoes it."""

    view_id: UUID
    journal_id: UUID


def views_of(viewer: Viewer) -> tuple[View, ...]:
    """One's own lists and those others share, by name; in two queries."""
    rows = list(_seen(viewer).select_related("membership").order_by("name", "id"))
    makers = {row.membership.person_id for row in rows if row.membership and row.membership.person_id}
    names = dict(Person.objects.filter(id__in=makers).values_list("id", "name")) if makers else {}
    return tuple(_view(viewer, row, names) for row in sorted(rows, key=lambda one: one.name.casefold()))


def view_of(viewer: Viewer, view_id: UUID) -> View:
    """One of them; NotFound where there is none for this viewer."""
    found = next((one for one in views_of(viewer) if one.id == view_id), None)
    if found is None:
        raise NotFound(_("There is no list here by this name. It may have been removed."))
    return found


def save_view(by: By, name: str, asked: Mapping[str, str], is_shared: bool = False) -> ViewDone:
    """Keep a list under a name. Raises Conflict where one of one's own is called so."""
    _may_keep(by, is_shared)
    called = _free(by.viewer, name)
    if SavedView.objects.filter(membership_id=by.viewer.membership_id).count() >= MOST:
        raise Conflict(_("You keep %(n)d lists. Remove one first.") % {"n": MOST}, code="too-many")
    row = SavedView.objects.create(
        workspace_id=current_workspace(), membership_id=by.viewer.membership_id, name=called, asked=_kept(asked),
        is_shared=is_shared, made_at=by.now,
    )  # fmt: skip
    return _noted(by, "view.save", row, {"row": str(row.id)})


@undoes("view.save")
def _unsave(way_back: dict[str, Any], now: datetime) -> None:
    SavedView.objects.filter(id=way_back["row"]).delete()


def change_view(
    by: By,
    view_id: UUID,
    name: str | None = None,
    asked: Mapping[str, str] | None = None,
    is_shared: bool | None = None,
) -> ViewDone:
    """Rename a list, share it or not, or let it ask something else."""
    row = _own(by, view_id, bool(is_shared))
    values: dict[str, Any] = {}
    if name is not None and one_line(name, LONGEST_NAME) != row.name:
        values["name"] = _free(by.viewer, name)
    if asked is not None:
        values["asked"] = _kept(asked)
    if is_shared is not None:
        values["is_shared"] = is_shared
    before = {column: getattr(row, column) for column in values}
    SavedView.objects.filter(id=row.id).update(**values)
    way_back = {"row": str(row.id), "columns": {column: [before[column], values[column]] for column in values}}
    row.refresh_from_db()
    return _noted(by, "view.change", row, way_back)


def _may_change_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    row = SavedView.objects.filter(id=way_back["row"]).first()
    return row is None or is_theirs(viewer, row.membership_id)


@undoes("view.change", allowed=_may_change_back)
def _change_back(way_back: dict[str, Any], now: datetime) -> None:
    """Only what nobody has changed since."""
    row = SavedView.objects.get(id=way_back["row"])
    columns = {name: before for name, (before, after) in way_back["columns"].items() if getattr(row, name) == after}
    if "name" in columns and _so_called(row.membership_id, columns["name"]).exclude(id=row.id).exists():
        raise Conflict(_("Another list is called “%(name)s” since.") % {"name": columns["name"]}, code="taken-since")
    SavedView.objects.filter(id=row.id).update(**columns)


def remove_view(by: By, view_id: UUID) -> ViewDone:
    """Keep a list no longer; its people stay."""
    row = _own(by, view_id, False)
    whole = {
        "id": str(row.id), "membership_id": str(row.membership_id) if row.membership_id else None, "name": row.name,
        "asked": row.asked, "is_shared": row.is_shared, "made_at": row.made_at.isoformat(),
    }  # fmt: skip
    done = _noted(by, "view.remove", row, {"whole": whole})
    row.delete()
    return done


def _may_put_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    return is_theirs(viewer, way_back["whole"]["membership_id"])


@undoes("view.remove", allowed=_may_put_back)
def _unremove(way_back: dict[str, Any], now: datetime) -> None:
    whole = way_back["whole"]
    if _so_called(whole["membership_id"], whole["name"]).exists():
        raise Conflict(_("Another list is called “%(name)s” since.") % {"name": whole["name"]}, code="taken-since")
    SavedView.objects.create(workspace_id=current_workspace(), **whole)


def _seen(viewer: Viewer) -> QuerySet[SavedView]:
    own = Q(membership_id=viewer.membership_id)
    return SavedView.objects.filter(own if viewer.is_guest else own | Q(is_shared=True))


def _view(viewer: Viewer, row: SavedView, names: Mapping[UUID, str]) -> View:
    person_id = row.membership.person_id if row.membership else None
    is_own = row.membership_id == viewer.membership_id
    return View(
        id=row.id, name=row.name, asked={name: row.asked[name] for name in KEPT if name in row.asked},
        is_shared=row.is_shared, is_own=is_own,
        by=names.get(person_id, "") if person_id else "",
        may_change=is_own or may(viewer, "manage"),
    )  # fmt: skip


def _may_keep(by: By, is_shared: bool) -> None:
    """Whoever may write keeps lists; what is shared is for whoever sees the same people, which no guest does."""
    by.may("write")
    if is_shared and by.viewer.is_guest:
        raise NotAllowed(_("Guests keep lists for themselves."))


def _own(by: By, view_id: UUID, is_shared: bool) -> SavedView:
    """One's own; another's where it is shared and one manages the workspace."""
    _may_keep(by, is_shared)
    row = _seen(by.viewer).filter(id=view_id).first()
    if row is None:
        raise NotFound(_("There is no list here by this name. It may have been removed."))
    if row.membership_id != by.viewer.membership_id:
        by.may("manage")
    return row


def _free(viewer: Viewer, name: str) -> str:
    called = one_line(name, LONGEST_NAME)
    if not called:
        raise Trouble(_("A list needs a name. What do you call it?"), code="no-name", field="name")
    if _so_called(viewer.membership_id, called).exists():
        raise Conflict(
            _("You have a list called “%(name)s” already. Choose another name.") % {"name": called},
            code="name-taken", field="name",
        )  # fmt: skip
    return called


def _so_called(membership_id: Any, name: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(membership_id=membership_id, name__iexact=name)


def _kept(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: one_line(asked[name], LONGEST_WORDS) for name in KEPT if asked.get(name)}


def _noted(by: By, verb: str, row: SavedView, way_back: dict[str, Any]) -> ViewDone:
    entry = by.note(verb, subject_id=row.id, subject_name=row.name, way_back=way_back)
    return ViewDone(row.id, entry)
