"""What we know about a person because somebody told us or noticed, and said so here."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import db_text, one_line
from rapport.kit.trouble import NotFound, Trouble

from .belongings import put_back, written_down
from .done import Done
from .models import Fact
from .visible import keep_by_hand, person_of
from .withdrawing import fact_told, say_again, withdraw

LAST_SAID = "last_said"  # the last thing they said, as whoever added them remembers it
LEARNT = ("told", "noticed", "public", "imported")


def note_fact(by: By, person_id: UUID, kind: str, value: str, learnt: str = "told") -> Done:
    """Note one thing about somebody; noting it twice is once. `learnt`: told, noticed, public or imported."""
    by.may("write")
    person = person_of(by.viewer, person_id)
    fact_id = keep_fact(person.id, kind, value, learnt, by)
    keep_by_hand(person.id)
    journal_id = by.note(
        "fact.note",
        subject_id=person.id,
        subject_name=person.name,
        values={"kind": kind},
        way_back={"fact_id": str(fact_id)} if fact_id else None,
    )
    return Done(person.id, journal_id)


@undoes("fact.note")
def _forget(way_back: dict[str, Any], now: datetime) -> None:
    Fact.objects.filter(id=way_back["fact_id"]).delete()


def forget_fact(by: By, fact_id: UUID) -> Done:
    """Forget one thing we knew."""
    by.may("write")
    fact = Fact.objects.filter(id=fact_id).first()
    if fact is None:
        raise NotFound(_("This was forgotten already."))
    person = person_of(by.viewer, fact.person_id)
    row = written_down(fact)
    fact.delete()
    withdraw(person.id, "fact", fact_told(fact.kind, fact.value), by.now)
    journal_id = by.note(
        "fact.forget",
        subject_id=person.id,
        subject_name=person.name,
        values={"kind": fact.kind},
        way_back={"row": row},
    )
    return Done(person.id, journal_id)


@undoes("fact.forget")
def _remember(way_back: dict[str, Any], now: datetime) -> None:
    row = way_back["row"]
    say_again(row["person_id"], "fact", fact_told(row["kind"], row["value"]))
    put_back(row)


def keep_fact(person_id: UUID, kind: str, value: str, learnt: str, by: By) -> UUID | None:
    """The new fact's id; None where the same was known already."""
    kind, value = one_line(kind, 40), db_text(value.strip(), 2000)
    if not kind or not value:
        raise Trouble(_("There is nothing to note yet. Write what you know."), code="empty-fact", field="value")
    if learnt not in LEARNT:
        raise Trouble(_("Say how you learnt it: told, noticed or public."), code="bad-learnt", field="learnt")
    say_again(person_id, "fact", fact_told(kind, value))
    fact, is_new = Fact.objects.get_or_create(
        workspace_id=current_workspace(),
        person_id=person_id,
        kind=kind,
        value=value,
        defaults={"learnt": learnt, "noted_by_id": by.viewer.membership_id, "noted_at": by.now},
    )
    return fact.id if is_new else None
