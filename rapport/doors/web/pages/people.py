"""People: the list with its filters, and adding one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .organizations import ActiveFilter
from .shell import Bond, Choice, Face, Field, Rhythm

COLUMNS = ("tags", "bond", "rhythm", "last")  # what a list shows beside names


@dataclass(frozen=True, slots=True)
class Question:
    """A select behind *More filters*: `any_of` is what it says while nothing is asked."""

    name: str
    label: str
    any_of: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list under a name; `by` is whose it is where it is another's. `change_address` is posted to."""

    name: str
    address: str
    is_on: bool = False
    is_shared: bool = False
    by: str = ""
    change_address: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: who, where, how things stand, when last in touch."""

    face: Face
    address: str
    note: str  # what they are
    bond: Bond | None  # of the viewer with themselves there is none
    last_contact: date | None
    rhythm: Rhythm | None
    tags: tuple[str, ...] = ()
    is_unscored: bool = False
    asked: tuple[str, ...] = ()  # what they asked of us: "do not contact"
    organization: str = ""
    organization_address: str = ""
    beside: str = ""  # an address, where what they are and where tells nobody apart


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list as filtered by the address; `more` is the address of the next rows."""

    rows: tuple[PersonRow, ...]
    everybody: int
    counted: str = ""  # "12 of 340"
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
    questions: tuple[Question, ...] = ()
    active: tuple[ActiveFilter, ...] = ()
    columns: tuple[str, ...] = COLUMNS
    column_choices: tuple[Choice, ...] = ()
    lists: tuple[KeptList, ...] = ()
    lit: KeptList | None = None  # the list one looks at, where the viewer may change it
    asked: tuple[tuple[str, str], ...] = ()
    said: str = ""  # the same as one string, as the address has it
    may_choose: bool = False
    picked: Picked | None = None  # what could not be done with those chosen: they stay chosen


@dataclass(frozen=True, slots=True)
class Picked:
    """Who is chosen, and what was to be done with them."""

    people: tuple[str, ...]
    is_all: bool
    act: str
    words: Field

    def elsewhere(self, rows: Sequence[PersonRow]) -> tuple[str, ...]:
        """Those of them who stand on a later page of the list."""
        here = {row.face.seed for row in rows}
        return tuple(one for one in self.people if one not in here)


@dataclass(frozen=True, slots=True)
class KnownAlready:
    """Somebody who may be the one that is to be added."""

    name: str
    address: str
    note: str = ""  # where they are


@dataclass(frozen=True, slots=True)
class NewPersonPage:
    """The form for one person. `last_said` is the last thing they said, for a first way in. `known` may be meant;
    `namesakes`: only by the name, so that somebody else may be added all the same."""

    name: Field = field(default_factory=Field)
    email: Field = field(default_factory=Field)
    phone: Field = field(default_factory=Field)
    organization: Field = field(default_factory=Field)
    title: Field = field(default_factory=Field)
    last_said: Field = field(default_factory=Field)
    known: tuple[KnownAlready, ...] = ()
    namesakes: bool = False
