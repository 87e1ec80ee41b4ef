"""People: the list with its filters, and adding one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .shell import Bond, Choice, Face, Field, Rhythm


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: who, where, how things stand, when last in touch."""

    face: Face
    address: str
    note: str  # what they are and where, an address where that tells nobody apart
    bond: Bond | None  # of the viewer with themselves there is none
    last_contact: date | None
    rhythm: Rhythm | None
    tags: tuple[str, ...] = ()
    is_unscored: bool = False
    asked: tuple[str, ...] = ()  # what they asked of us: "do not contact"


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list as filtered by the address; `more` is the address of the next rows."""

    rows: tuple[PersonRow, ...]
    total: int
    everybody: int
    q: str = ""
    tag: str = ""
    organization: str = ""
    often: bool = False
    sort: str = "name"
    sorts: tuple[Choice, ...] = ()
    tags: tuple[Choice, ...] = ()
    organizations: tuple[Choice, ...] = ()
    often_address: str = ""
    clear_address: str = "/people"
    more: str | None = None


@dataclass(frozen=True, slots=True)
class NewPersonPage:
    """The form for one person. `last_said` is the last thing they said, for a first way in."""

    name: Field = field(default_factory=Field)
    email: Field = field(default_factory=Field)
    phone: Field = field(default_factory=Field)
    organization: Field = field(default_factory=Field)
    title: Field = field(default_factory=Field)
    last_said: Field = field(default_factory=Field)
