"""Find or do: people first, then what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from .shell import Bond, Face


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person found."""

    face: Face
    note: str
    address: str
    bond: Bond | None


@dataclass(frozen=True, slots=True)
class FoundAction:
    """Something to do, with its key."""

    icon: str
    label: str
    address: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindPage:
    """What was found for the words typed; `add_address` adds them as somebody new.

    `acts_first`: a command begins so, and nobody's name does.
    """

    q: str
    people: tuple[FoundPerson, ...]
    actions: tuple[FoundAction, ...]
    did_you_mean: tuple[FoundPerson, ...] = ()
    add_address: str = "/people/new"
    acts_first: bool = False
