"""What somebody asked of us: not to be contacted, not to be scored; who wrote it down, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import db_text
from rapport.kit.trouble import Trouble

from .belongings import put_back, written_down
from .done import Done
from .models import Person, Wish
from .visible import keep_by_hand, person_of

WishKind = Literal["do-not-contact", "do-not-score"]
KINDS: tuple[WishKind, ...] = get_args(WishKind)
COLUMNS = {"do-not-contact": "do_not_contact", "do-not-score": "do_not_score"}
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish as it is shown: what, why, who wrote it down and when."""

    kind: str
    why: str
    noted_by: str
    noted_at: datetime


def ask_not(by: By, person_id: UUID, kind: str, why: str = "") -> Done:
    """Write down that they asked for it. Twice is once; another reason takes the place of the first."""
    by.may("write")
    person, column = person_of(by.viewer, person_id), _column(kind)
    before = Wish.objects.filter(person_id=person.id, kind=kind).first()
    said = {"why": db_text(why.strip(), LONGEST), "noted_by_id": by.viewer.membership_id, "noted_at": by.now}
    Wish.objects.update_or_create(workspace_id=current_workspace(), person_id=person.id, kind=kind, defaults=said)
    _set(person.id, column, True)
    keep_by_hand(person.id)
    way_back = {"person_id": str(person.id), "kind": kind, "before": written_down(before) if before else None}
    return Done(
        person.id,
        by.note(f"wish.{kind}", subject_id=person.id, subject_name=person.name, way_back=way_back),
    )


def lift(by: By, person_id: UUID, kind: str) -> Done:
    """They do not ask for it any more."""
    by.may("write")
    person, column = person_of(by.viewer, person_id), _column(kind)
    wish = Wish.objects.filter(person_id=person.id, kind=kind).first()
    Wish.objects.filter(person_id=person.id, kind=kind).delete()
    _set(person.id, column, False)
    way_back = {"row": written_down(wish)} if wish else None
    return Done(
        person.id,
        by.note("wish.lift", subject_id=person.id, subject_name=person.name, values={"kind": kind}, way_back=way_back),
    )


def wishes_of(person_id: UUID) -> tuple[Wished, ...]:
    """What somebody asked of us."""
    rows = Wish.objects.filter(person_id=person_id).select_related("noted_by__user").order_by("kind")
    return tuple(
        Wished(one.kind, one.why, one.noted_by.user.name if one.noted_by else "", one.noted_at) for one in rows
    )


def _undo_ask(way_back: dict[str, Any], now: datetime) -> None:
    person_id, kind = UUID(way_back["person_id"]), way_back["kind"]
    Wish.objects.filter(person_id=person_id, kind=kind).delete()
    if way_back["before"] is not None:
        put_back(way_back["before"])
    _set(person_id, _column(kind), way_back["before"] is not None)


for _kind in KINDS:
    undoes(f"wish.{_kind}")(_undo_ask)


@undoes("wish.lift")
def _ask_again(way_back: dict[str, Any], now: datetime) -> None:
    put_back(way_back["row"])
    _set(UUID(way_back["row"]["person_id"]), _column(way_back["row"]["kind"]), True)


def _set(person_id: UUID, column: str, value: bool) -> None:
    Person.objects.filter(id=person_id).update(**{column: value})


def _column(kind: str) -> str:
    column = COLUMNS.get(kind)
    if column is None:
        raise Trouble(
            _("Say what they asked for: %(kinds)s.") % {"kinds": ", ".join(KINDS)}, code="bad-wish", field="kind"
        )
    return column
