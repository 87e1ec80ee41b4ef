"""Organizations: the list with whom of ours knows somebody there; and one, with who knows whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .person import Moment
from .shell import Bond, Choice, Face, Field


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """Something that is asked, and the list without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One row: what it is called, how many are there, the strongest tie and whose it is, when anybody was in touch."""

    name: str
    address: str
    domain: str
    people: str  # "12 people", "more than 1,000 people"
    tie: str  # "Jon Bell and Priya Raman"; empty where nobody is known there
    bond: Bond | None  # None where none of us has been in touch
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class OrganizationsPage:
    """The list as filtered by the address; `more` is the address of the next rows."""

    rows: tuple[OrganizationRow, ...]
    q: str = ""
    sort: str = "name"
    sorts: tuple[Choice, ...] = ()
    strengths: tuple[Choice, ...] = ()
    whose: tuple[Choice, ...] = ()
    quiet: tuple[Choice, ...] = ()
    known: tuple[Choice, ...] = ()
    active: tuple[ActiveFilter, ...] = ()
    clear_address: str = "/organizations"
    more: str | None = None


@dataclass(frozen=True, slots=True)
class TieLine:
    """One of ours and how they stand with somebody there."""

    face: Face
    address: str
    bond: Bond
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class TheirLine:
    """Somebody who is there; no ties where nobody of ours knows them, `unscored` where they asked not to be scored."""

    face: Face
    address: str
    title: str
    ties: tuple[TieLine, ...]
    asked: tuple[str, ...] = ()  # what they asked of us: "do not contact"
    unscored: Bond | None = None


@dataclass(frozen=True, slots=True)
class LeftLine:
    """Somebody who was there, until when, and where they are now."""

    face: Face
    address: str
    note: str
    now_at: str = ""
    now_at_address: str = ""


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A mail domain that speaks for it; `remove_address` is posted to."""

    domain: str
    remove_address: str | None = None


@dataclass(frozen=True, slots=True)
class NamesakeLine:
    """Another organization called the same, and where one looks whether to join the two."""

    name: str
    domain: str
    address: str
    join_address: str


@dataclass(frozen=True, slots=True)
class JoinedLine:
    """An organization that became this one; `part_address` is posted to."""

    name: str
    on: date
    part_address: str


@dataclass(frozen=True, slots=True)
class Strand:
    """A line of the picture, between the place of one of ours and the place of one of theirs."""

    ours: int
    theirs: int
    bond: Bond


@dataclass(frozen=True, slots=True)
class Picture:
    """Our people, theirs, and the lines between; whom nobody knows stands last, without a line."""

    ours: tuple[Face, ...]
    theirs: tuple[Face, ...]
    strands: tuple[Strand, ...]


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """One organization."""

    name: str
    address: str
    people: str
    people_address: str
    summary: str  # "3 of us know 9 of them. Nobody knows 4."
    picture: Picture | None
    theirs: tuple[TheirLine, ...]
    left: tuple[LeftLine, ...] = ()
    lately: tuple[Moment, ...] = ()
    domains: tuple[DomainLine, ...] = ()
    joined: tuple[JoinedLine, ...] = ()
    namesakes: tuple[NamesakeLine, ...] = ()
    is_home: bool = False
    may_write: bool = False
    called: Field = field(default_factory=Field)
    domain: Field = field(default_factory=Field)
    is_open: bool = False  # whether the form to correct it is open


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """An organization that may be the same."""

    id: str
    name: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Which organization is the same one; `other` once it was chosen."""

    name: str
    address: str
    q: str
    candidates: tuple[PlaceCandidate, ...]
    other: PlaceCandidate | None = None
    together: tuple[str, ...] = ()  # what the joined one would have, in sentences, before `other` is posted
