"""One person's rights: what we know about them, what they asked of us, and that they are erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from rapport.doors.known.asking import whole_for_them
from rapport.doors.known.everything import everything_about
from rapport.doors.known.files import told
from rapport.interactions.erasing.beginning import erase
from rapport.interactions.erasing.plan import erasures, let_come_back, plan_of
from rapport.interactions.wishing import ask_not, lift
from rapport.relationships.refresh import read_on

from .answers import Answer
from .catalogue import Asked, operation
from .editing import done
from .given import Given, Nothing, OfPerson, Text
from .shapes import Done

WishKind = Literal["do-not-contact", "do-not-score"]


class Known(Answer):
    """Everything about somebody, by source: the rows of each as plain values. Words one may not read are empty."""

    person_id: UUID
    name: str
    made_at: datetime
    is_whole: bool
    sections: dict[str, list[dict[str, Any]]]
    originals: list[str] = Field(description="Names of the copies as they came, in the file of a page or command.")


@operation(
    "people.known", "GET", "/people/{person_id}/known", "Read everything we know about somebody",
    right="read", takes=OfPerson, gives=Known,
)  # fmt: skip
def known(asked: Asked, given: OfPerson) -> Known:
    """By source, as far as you may read it."""
    return Known(**told(everything_about(asked.viewer, given.person_id, asked.now)))


class AskedForAll(OfPerson):
    """Whose request it is."""

    why: Text = Field(min_length=1, max_length=2000, examples=["She asked for it by letter of 3 November."])


@operation(
    "people.known-whole", "POST", "/people/{person_id}/known", "Make the whole file somebody asked for",
    right="own", takes=AskedForAll, gives=Known,
)  # fmt: skip
def known_whole(asked: Asked, given: AskedForAll) -> Known:
    """Also the words of what they took part in. The journal says who made it and why."""
    return Known(**told(whole_for_them(asked.by, given.person_id, given.why)))


class AskNot(OfPerson):
    """What they asked of us, and why."""

    kind: WishKind
    why: Text = Field("", max_length=2000, examples=["She asked by phone."])


@operation(
    "people.ask-not", "POST", "/people/{person_id}/wishes", "Write down that they ask not to be contacted or scored",
    right="write", takes=AskNot, gives=Done,
)  # fmt: skip
def asked_not(asked: Asked, given: AskNot) -> Done:
    """From now on: no figure, or no suggestion and no way in."""
    changed = ask_not(asked.by, given.person_id, given.kind, given.why)
    read_on(asked.now)
    return done(changed)


class LiftWish(OfPerson):
    """Which wish they have no more."""

    kind: WishKind


@operation(
    "people.lift", "DELETE", "/people/{person_id}/wishes", "Write down that they ask for it no more",
    right="write", takes=LiftWish, gives=Done,
)  # fmt: skip
def lifted(asked: Asked, given: LiftWish) -> Done:
    """Their pairs are judged again."""
    changed = lift(asked.by, given.person_id, given.kind)
    read_on(asked.now)
    return done(changed)


class SharedAddress(Answer):
    """An address that another person shares and keeps; `told` says so."""

    address: str
    person_id: UUID
    name: str
    told: str


class ErasurePlan(Answer):
    """What erasing would do. `alone` go whole; `wrote`, `about` and `took_part` stay without their words or names;
    `shared` are addresses that stay with others."""

    person_id: UUID
    name: str
    addresses: list[str]
    shared: list[SharedAddress]
    facts: int
    changes: int
    cards: int
    alone: int
    wrote: int
    about: int
    took_part: int
    left_empty: list[str]
    is_colleague: bool


@operation(
    "people.erasure-plan", "GET", "/people/{person_id}/erasure", "See what erasing somebody would take away",
    right="read", takes=OfPerson, gives=ErasurePlan,
)  # fmt: skip
def planned(asked: Asked, given: OfPerson) -> ErasurePlan:
    """For who owns the workspace. Changes nothing."""
    return ErasurePlan.of(plan_of(asked.viewer, given.person_id))


class ErasePerson(OfPerson):
    """Whom, and their name once more: it cannot be undone."""

    name: Text = Field(min_length=1, max_length=300, examples=["Priya Raman"])


class ErasureBegun(Answer):
    """The erasure; `GET /erasures` says how far it is."""

    id: UUID


@operation(
    "people.erase", "POST", "/people/{person_id}/erasure", "Erase somebody for good, as they asked",
    right="own", takes=ErasePerson, gives=ErasureBegun, status=202,
)  # fmt: skip
def erased(asked: Asked, given: ErasePerson) -> ErasureBegun:
    """They are gone at once; copies and words of others follow within minutes. It cannot be undone."""
    return ErasureBegun(id=erase(asked.by, given.person_id, given.name))


class Erasure(Answer):
    """An erasure: when, by whom, how far. Of whom nobody knows any more."""

    id: UUID
    asked_at: datetime
    asked_by: str
    stage: str
    ended_at: datetime | None
    counts: dict[str, int]


class Erasures(Answer):
    """The latest fifty, newest first."""

    rows: list[Erasure]


@operation("erasures.list", "GET", "/erasures", "See how far erasures are", right="read", takes=Nothing, gives=Erasures)
def listed(asked: Asked, given: Nothing) -> Erasures:
    """The latest fifty, newest first; for who owns the workspace."""
    rows = [
        Erasure(
            id=one.erasure.id, asked_at=one.erasure.asked_at, asked_by=one.who, stage=one.erasure.stage,
            ended_at=one.erasure.ended_at, counts=one.erasure.counts,
        )
        for one in erasures(asked.viewer)
    ]  # fmt: skip
    return Erasures(rows=rows)


class ComeBack(Given):
    """An address of whoever wants to be known again."""

    kind: Text = Field("email", max_length=20)
    value: Text = Field(min_length=1, max_length=320, examples=["priya@northwind.example"])


@operation(
    "erasures.let-come-back", "POST", "/erasures/let-come-back", "Let somebody who was erased be written down again",
    right="own", takes=ComeBack, gives=ErasureBegun,
)  # fmt: skip
def come_back(asked: Asked, given: ComeBack) -> ErasureBegun:
    """Nothing comes back by it."""
    return ErasureBegun(id=let_come_back(asked.by, given.kind, given.value))
