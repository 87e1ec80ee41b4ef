"""What somebody asked of us: not to be contacted, not to be scored; who wrote it down, when and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.rows import current_workspace
from rapport.kit.ids import new_ids
from rapport.kit.text import db_text
from rapport.kit.trouble import Trouble

from .members import member_name
from .models import Person, Wish

WishKind = Literal["do-not-contact", "do-not-score"]
KINDS: tuple[WishKind, ...] = get_args(WishKind)
COLUMNS: dict[WishKind, str] = {"do-not-contact": "do_not_contact", "do-not-score": "do_not_score"}
LONGEST = 2_000
OnCard = tuple[UUID, WishKind, str, datetime]  # who, what, why and when it was noted
_ON_CARDS = """
INSERT INTO wish (workspace_id, id, person_id, kind, why, noted_at, import_id)
SELECT %s, u.id, u.person, u.kind, u.why, u.at, %s
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::timestamptz[]) AS u(id, person, kind, why, at)
ON CONFLICT (workspace_id, person_id, kind) DO UPDATE SET why = excluded.why, noted_at = excluded.noted_at
WHERE wish.import_id IS NOT NULL
  AND (length(wish.why), wish.why COLLATE "C") < (length(excluded.why), excluded.why COLLATE "C")
"""


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish as it is shown: what, why, who wrote it down and when."""

    kind: str
    why: str
    noted_by: str
    noted_at: datetime


def keep_wish(person_id: UUID, kind: WishKind, why: str, noted_by: UUID | None, now: datetime) -> None:
    """Write a wish down; another reason takes the place of the first."""
    said = {"why": db_text(why.strip(), LONGEST), "noted_by_id": noted_by, "noted_at": now, "import_id": None}
    Wish.objects.update_or_create(workspace_id=current_workspace(), person_id=person_id, kind=kind, defaults=said)
    Person.objects.filter(id=person_id).update(**{COLUMNS[kind]: True})


def drop_wish(person_id: UUID, kind: WishKind) -> None:
    """It is wished no more."""
    Wish.objects.filter(person_id=person_id, kind=kind).delete()
    Person.objects.filter(id=person_id).update(**{COLUMNS[kind]: False})


def keep_wishes_on_cards(wishes: Collection[OnCard], import_id: UUID | None) -> None:
    """Write down what stands on cards that were read. What was said by hand stays as it was said; of two reasons that
    were read always the same stays, whichever was read first.
    """
    if not wishes:
        return
    columns = [list(column) for column in zip(*wishes, strict=True)]
    ids = new_ids(len(wishes))
    with connection.cursor() as cursor:
        cursor.execute(_ON_CARDS, [current_workspace(), import_id, ids, *columns])
    for kind, column in COLUMNS.items():
        people = [person for person, said, *_ in wishes if said == kind]
        Person.objects.filter(id__in=people).update(**{column: True})


def wish_of(person_id: UUID, kind: WishKind) -> Wish | None:
    """The wish as a row."""
    return Wish.objects.filter(person_id=person_id, kind=kind).first()


def wishes_of(person_id: UUID) -> tuple[Wished, ...]:
    """What somebody asked of us."""
    rows = Wish.objects.filter(person_id=person_id).order_by("kind").annotate(who=member_name("noted_by"))
    return tuple(Wished(*row) for row in rows.values_list("kind", "why", "who", "noted_at"))


def kind_of(said: str) -> WishKind:
    """What is meant; Trouble that lists what can be asked."""
    for kind in KINDS:
        if said == kind:
            return kind
    raise Trouble(_("Say what they asked for: %(kinds)s.") % {"kinds": ", ".join(KINDS)}, code="bad-wish", field="kind")
