"""Copies of one message from several mailboxes: what each adds to what the others said. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from rapport.channels.sightings import Party, Sighting

from .limits import MOST_ADDRESSES
from .parts import STRONGEST_FIRST

LIST: Final = "list"


@dataclass(frozen=True, slots=True)
class Stored:
    """What an interaction that was read before says so far, and the addresses that are in it."""

    id: UUID
    automatic: str
    list_address: str
    is_cancelled: bool
    group_size: int
    addresses: frozenset[str] = frozenset()
    owner_id: UUID | None = None
    is_guess: bool = False  # the list is one by what is known of its address; no head of a mail said so here


@dataclass(frozen=True, slots=True)
class Aside:
    """A party of an interaction behind whose address nobody stands."""

    party: Party
    is_list: bool


def joined(copies: Sequence[Sighting]) -> Sighting:
    """One sighting of all its copies, whichever was read first: everybody any of them names, human if any is."""
    if len(copies) == 1:
        return copies[0]
    first, *_others = sorted(copies, key=lambda one: (one.automatic, one.list_address == "", -len(one.text), one.text))
    return replace(first, parties=_parties(copies), cancelled=any(one.cancelled for one in copies))


def completed(stored: Stored, copy: Sighting) -> Stored:
    """What is known once another copy was read: human if any is, called off if any is, through a list if any is."""
    return replace(
        stored,
        automatic=stored.automatic and copy.automatic,
        list_address=_list_of(stored, copy),
        is_guess=stored.is_guess and is_guess(copy),
        is_cancelled=stored.is_cancelled or copy.cancelled,
        group_size=max(stored.group_size, group_size(copy)),
    )


def newcomers(stored: Stored, copy: Sighting) -> Sighting:
    """The copy with only the parties no copy named before."""
    return replace(copy, parties=tuple(one for one in copy.parties if one.address.value not in stored.addresses))


def counts_as_contact(automatic: str, is_cancelled: bool, size: int) -> bool:
    """Whether it says anything about two people: robots, crowds and what did not take place do not."""
    return not (automatic or is_cancelled or size > MOST_ADDRESSES)


def group_size(sighting: Sighting) -> int:
    """How many addresses took part, lists aside."""
    return len({party.address.value for party in sighting.parties if party.part != LIST})


def set_aside(sighting: Sighting, nobodies: Mapping[str, bool]) -> tuple[Sighting, tuple[Aside, ...]]:
    """The same with humans alone, and the parties behind whose addresses (address: whether a list) nobody stands."""
    aside = tuple(
        Aside(party, nobodies[party.address.value])
        for party in sighting.parties
        if party.part != LIST and party.address.value in nobodies
    )
    if not aside:
        return sighting, ()
    gone = {one.party.address.value for one in aside}
    through = min((one.party.address.value for one in aside if one.is_list), default="")
    parties = tuple(party for party in sighting.parties if party.part == LIST or party.address.value not in gone)
    return replace(sighting, parties=parties, list_address=sighting.list_address or through), aside


def is_guess(sighting: Sighting) -> bool:
    """Whether its list is one by what is known of the address alone; a list that a head names is a party."""
    return sighting.list_address not in {party.address.value for party in sighting.parties if party.part == LIST}


def _list_of(stored: Stored, copy: Sighting) -> str:
    """What the head of any copy says; else the first of the addresses known as lists."""
    if stored.list_address and not stored.is_guess:
        return stored.list_address
    if copy.list_address and not is_guess(copy):
        return copy.list_address
    return min(filter(None, (stored.list_address, copy.list_address)), default="")


def _parties(copies: Sequence[Sighting]) -> tuple[Party, ...]:
    best: dict[str, Party] = {}
    for party in (party for one in copies for party in one.parties):
        before = best.get(party.address.value)
        if before is None or _rank(party) < _rank(before):
            best[party.address.value] = party
    return tuple(best.values())


def _rank(party: Party) -> tuple[int, int, str]:
    """A list is a list in whichever copy says so; else the stronger part, and the fuller name."""
    part = -1 if party.part == LIST else STRONGEST_FIRST.index(party.part)
    return part, -len(party.address.name), party.address.name
