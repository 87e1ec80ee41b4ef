"""Writing down what somebody asked of us, and that they ask it no more; their pairs are looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from rapport.accounts.acting import By
from rapport.accounts.agenda import put_down
from rapport.accounts.journal import undoes
from rapport.people.belongings import written_down
from rapport.people.done import Done
from rapport.people.visible import keep_by_hand, now_called, person_of
from rapport.people.wishes import KINDS, drop_wish, keep_wish, kind_of, wish_of
from rapport.people.withdrawing import say_again, withdraw

from .changes import note_person_changes


def ask_not(by: By, person_id: UUID, kind: str, why: str = "") -> Done:
    """Write down that they asked not to be contacted, or not to be scored. Another reason replaces the first."""
    by.may("write")
    person, wished = person_of(by.viewer, person_id), kind_of(kind)
    before = wish_of(person.id, wished)
    keep_wish(person.id, wished, why, by.viewer.membership_id, by.now)
    say_again(person.id, "wish", wished)
    keep_by_hand(person.id)
    _look_again(person.id, by.now)
    way_back = {"person_id": str(person.id), "kind": wished, "before": written_down(before) if before else None}
    journal_id = by.note(f"wish.{wished}", subject_id=person.id, subject_name=person.name, way_back=way_back)
    return Done(person.id, journal_id)


def lift(by: By, person_id: UUID, kind: str) -> Done:
    """They ask for it no more."""
    by.may("write")
    person, wished = person_of(by.viewer, person_id), kind_of(kind)
    before = wish_of(person.id, wished)
    drop_wish(person.id, wished)
    withdraw(person.id, "wish", wished, by.now)
    _look_again(person.id, by.now)
    way_back = {"row": written_down(before)} if before else None
    journal_id = by.note(f"wish.lift-{wished}", subject_id=person.id, subject_name=person.name, way_back=way_back)
    return Done(person.id, journal_id)


def _undo_ask(way_back: dict[str, Any], now: datetime) -> None:
    person_id = now_called(UUID(way_back["person_id"]))
    drop_wish(person_id, way_back["kind"])
    if way_back["before"] is not None:
        _put_back(way_back["before"])
    _look_again(person_id, now)


def _ask_again(way_back: dict[str, Any], now: datetime) -> None:
    _put_back(way_back["row"])
    say_again(now_called(UUID(way_back["row"]["person_id"])), "wish", way_back["row"]["kind"])
    _look_again(now_called(UUID(way_back["row"]["person_id"])), now)


for _kind in KINDS:
    undoes(f"wish.{_kind}")(_undo_ask)
    undoes(f"wish.lift-{_kind}")(_ask_again)


def _put_back(row: dict[str, Any]) -> None:
    noted_by = UUID(row["noted_by_id"]) if row["noted_by_id"] else None
    at = datetime.fromisoformat(row["noted_at"])
    keep_wish(now_called(UUID(row["person_id"])), kind_of(row["kind"]), row["why"], noted_by, at)


def _look_again(person_id: UUID, now: datetime) -> None:
    note_person_changes([person_id])
    put_down("today", now)
