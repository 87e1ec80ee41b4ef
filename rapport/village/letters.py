"""One mail as a plain value, before it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1

from rapport.village.cast import Hand, Villager
from rapport.village.values import Colleague

HOME_HAND = Hand("both", "utf-8", "top", "Apple Mail (2.3774)")


@dataclass(frozen=True, slots=True)
class Seat:
    """A name and an address, as they stand in a header."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `words` are the writer's own; `quoted` is what stands under them, already marked as quoted.

    `enclosed` names a file sent along; `bounced` is the address a mail system could not reach.
    """

    id: str
    at: datetime
    sender: Seat
    to: tuple[Seat, ...]
    subject: str
    words: str
    cc: tuple[Seat, ...] = ()
    signature: str = ""
    quoted: str = ""
    answers: tuple[str, ...] = ()
    hand: Hand = HOME_HAND
    headers: tuple[tuple[str, str], ...] = ()
    enclosed: str = ""
    html: str = ""
    bounced: str = ""

    @property
    def everyone(self) -> tuple[Seat, ...]:
        """The sender and everyone it went to."""
        return (self.sender, *self.to, *self.cc)


def letter_id(domain: str, *told: object) -> str:
    """A Message-ID that is the same whenever the same is told, and different otherwise."""
    digest = sha1("|".join(map(str, told)).encode(), usedforsecurity=False).hexdigest()
    return f"<{digest[:20]}@{domain}>"


def seat_of(colleague: Colleague) -> Seat:
    """How a colleague stands in a header."""
    return Seat(colleague.name, colleague.email)


def seat_on(villager: Villager, at: datetime) -> Seat:
    """How a villager stands in a header that day, with the address of that day's job."""
    return Seat(villager.name.full, villager.post_on(at.date()).address)


def home_signature(colleague: Colleague) -> str:
    """What stands under a colleague's mail."""
    lines = (colleague.name, f"{colleague.title}, Fernhill", colleague.phone)
    return "-- \n" + "\n".join(line for line in lines if line)


def signature_on(villager: Villager, at: datetime) -> str:
    """What stands under a villager's mail that day; people on free mail sign with nothing more than their name."""
    post = villager.post_on(at.date())
    if post.organization is None:
        return ""
    lines = (villager.name.full, f"{post.title} | {post.organization.name}", villager.phone)
    block = "\n".join(line for line in lines if line)
    return block if villager.hand.quoting == "outlook" else f"-- \n{block}"


def quote(letter: Letter, heading: str, style: str) -> str:
    """The earlier letter as it stands under an answer; what it quoted itself is kept one level deep."""
    if style == "none":
        return ""
    inner = "" if letter.quoted.count("\n> >") else letter.quoted
    body = "\n\n".join(part for part in (letter.words, inner) if part)
    if style == "outlook":
        to = "; ".join(seat.name for seat in letter.to)
        top = f"From: {letter.sender.name} <{letter.sender.address}>\nSent: {letter.at:%A, %d %B %Y %H:%M}\nTo: {to}"
        return f"-----Original Message-----\n{top}\nSubject: {letter.subject}\n\n{letter.words}"
    return heading + "\n" + "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
