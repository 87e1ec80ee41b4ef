"""Find or do: people first, then where they are, then what can be done; and a search in all that was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .shell import Bond, Face


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person found."""

    face: Face
    note: str
    address: str
    bond: Bond | None


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """An organization found, and how many people are there."""

    name: str
    people: str
    address: str


@dataclass(frozen=True, slots=True)
class FoundAction:
    """Something to do, with its key."""

    icon: str
    label: str
    address: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class FoundMoment:
    """Something that happened in which the words stand: headline, a stretch of its text, its place, names of files."""

    address: str
    at: datetime
    icon: str
    headline: tuple[Words, ...]
    aside: str
    text: tuple[Words, ...] = ()
    files: tuple[tuple[Words, ...], ...] = ()
    by: str = "neither"
    place: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of what was found in mail and notes; `trouble` says what to ask instead, `more` leads on."""

    q: str
    rows: tuple[FoundMoment, ...] = ()
    trouble: str = ""
    more: str | None = None


@dataclass(frozen=True, slots=True)
class FindPage:
    """What was found for the words typed; `add_address` adds them as somebody new, `search_address` looks for them in
    all that was written, the newest of which is `moments`.

    `acts_first`: a command begins so, and no name does. `places_first`: an organization's name does, and nobody's.
    """

    q: str
    people: tuple[FoundPerson, ...]
    actions: tuple[FoundAction, ...]
    did_you_mean: tuple[FoundPerson, ...] = ()
    add_address: str = "/people/new"
    acts_first: bool = False
    moments: tuple[FoundMoment, ...] = ()
    search_address: str = "/search"
    places: tuple[FoundPlace, ...] = ()
    places_first: bool = False
