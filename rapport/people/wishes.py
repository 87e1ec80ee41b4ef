"""What somebody asked of us: not to be contacted, not to be scored; who wrote it down, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.rows import current_workspace
from rapport.kit.text import db_text
from rapport.kit.trouble import Trouble

from .models import Person, Wish

WishKind = Literal["do-not-contact", "do-not-score"]
KINDS: tuple[WishKind, ...] = get_args(WishKind)
COLUMNS: dict[WishKind, str] = {"do-not-contact": "do_not_contact", "do-not-score": "do_not_score"}
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish as it is shown: what, why, who wrote it down and when."""

    kind: str
    why: str
    noted_by: str
    noted_at: datetime


def keep_wish(person_id: UUID, kind: WishKind, why: str, noted_by: UUID | None, now: datetime) -> None:
    """Write a wish down; another reason takes the place of the first."""
    said = {"why": db_text(why.strip(), LONGEST), "noted_by_id": noted_by, "noted_at": now}
    Wish.objects.update_or_create(workspace_id=current_workspace(), person_id=person_id, kind=kind, defaults=said)
    Person.objects.filter(id=person_id).update(**{COLUMNS[kind]: True})


def drop_wish(person_id: UUID, kind: WishKind) -> None:
    """It is wished no more."""
    Wish.objects.filter(person_id=person_id, kind=kind).delete()
    Person.objects.filter(id=person_id).update(**{COLUMNS[kind]: False})


def wish_of(person_id: UUID, kind: WishKind) -> Wish | None:
    """The wish as a row."""
    return Wish.objects.filter(person_id=person_id, kind=kind).first()


def wishes_of(person_id: UUID) -> tuple[Wished, ...]:
    """What somebody asked of us."""
    rows = Wish.objects.filter(person_id=person_id).select_related("noted_by__user").order_by("kind")
    return tuple(Wished(one.kind, one.why, _called(one), one.noted_at) for one in rows)


def _called(wish: Wish) -> str:
    return (wish.noted_by.user.name or wish.noted_by.user.email) if wish.noted_by else ""


def kind_of(said: str) -> WishKind:
    """What is meant; Trouble that lists what can be asked."""
    for kind in KINDS:
        if said == kind:
            return kind
    raise Trouble(_("Say what they asked for: %(kinds)s.") % {"kinds": ", ".join(KINDS)}, code="bad-wish", field="kind")
