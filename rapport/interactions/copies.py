"""Copies of one message from several mailboxes: what each adds to what the others said. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from rapport.channels.sightings import EVER, Party, Response, Sighting

from .limits import MOST_ADDRESSES
from .parts import STRONGEST_FIRST

LIST: Final = "list"


Version = tuple[int, datetime, bool]


@dataclass(frozen=True, slots=True)
class Stored:
    """What an interaction that was read before says so far, and the addresses that are in it."""

    id: UUID
    automatic: str
    list_address: str
    is_cancelled: bool
    group_size: int
    addresses: frozenset[str] = frozenset()
    is_anothers: bool = False  # of another member than whose source is read
    version: Version = (0, EVER, False)
    is_guess: bool = False  # the list is one by what is known of its address; no head of a mail said so here
    has_part: bool = False  # the member whose source is read took part in it
    owner_addresses: frozenset[str] = frozenset()  # of the other member


@dataclass(frozen=True, slots=True)
class Aside:
    """A party of an interaction behind whose address nobody stands."""

    party: Party
    is_list: bool


def joined(copies: Sequence[Sighting]) -> Sighting:
    """One sighting of all its copies, whichever was read first: everybody any of them names, human if any is. Of a
    meeting that was changed, its last version.
    """
    if len(copies) == 1:
        return copies[0]
    latest = max(one.version for one in copies)
    of_revision = [one for one in copies if one.revision == latest[0]]
    last = [one for one in of_revision if one.version == latest]
    first, *_others = sorted(last, key=_fullest)
    return replace(
        first,
        parties=_parties(of_revision),
        cancelled=any(one.cancelled for one in last),
        location=max((one.location for one in last), key=lambda place: (len(place), place)),
    )


def _fullest(one: Sighting) -> tuple[object, ...]:
    """In whichever order they were read, the same comes first."""
    return one.automatic, one.list_address == "", -len(one.text), one.text, one.subject, one.at


def completed(stored: Stored, copy: Sighting) -> Stored:
    """What is known once another copy was read: human if any is, called off if any is, through a list if any is. Of two
    versions of a meeting, the later says when it is and whether it is called off.
    """
    if is_outdated(stored, copy):
        return stored
    is_called_off = copy.cancelled or (stored.is_cancelled and copy.version == stored.version)
    return replace(
        stored,
        automatic=stored.automatic and copy.automatic,
        list_address=_list_of(stored, copy),
        is_guess=stored.is_guess and is_guess(copy),
        is_cancelled=stored.is_cancelled if copy.version < stored.version else is_called_off,
        group_size=group_size(copy) if replaces(stored, copy) else max(stored.group_size, group_size(copy)),
        version=max(stored.version, copy.version),
    )


def version_of(revision: int | None, revised_at: datetime | None, is_told_alone: bool) -> Version:
    """The version of what is stored; anything with a version is later than what has none."""
    return revision or 0, revised_at or EVER, is_told_alone


def is_outdated(stored: Stored, copy: Sighting) -> bool:
    """Whether a later revision was read, which this one changes nothing in."""
    return copy.revision < stored.version[0]


def may_tell(stored: Stored, copy: Sighting) -> bool:
    """Whether this copy of a meeting says anything of what is stored: of a colleague's, where they took part in it, for
    anybody can write a calendar. What a guest answered belongs to whoever tells of the meeting itself.
    """
    return not stored.is_anothers or stored.has_part or stored.version[0] < 0 <= copy.revision


def is_of_both(stored: Stored, copy: Sighting) -> bool:
    """Whether its owner is in the copy, if that is a colleague's, and so may read what it adds."""
    return not stored.is_anothers or names_any(copy, stored.owner_addresses)


def names_any(copy: Sighting, addresses: Collection[str]) -> bool:
    """Whether any of these addresses is in it."""
    return any(party.address.value in addresses for party in copy.parties)


def replaces(stored: Stored, copy: Sighting) -> bool:
    """Whether only those are in it whom this version names."""
    return copy.revision > stored.version[0]


def newcomers(stored: Stored, copy: Sighting) -> Sighting:
    """The copy with only the parties no copy named before; nobody whom a later version does without."""
    if is_outdated(stored, copy):
        return replace(copy, parties=())
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
    """What the head of any copy says; else the first of the addresses known as lists.

    A copy from somebody else's source does not say it: through a list, whoever is answered reads the words.
    """
    if stored.is_anothers or (stored.list_address and not stored.is_guess):
        return stored.list_address
    if copy.list_address and not is_guess(copy):
        return copy.list_address
    return min(filter(None, (stored.list_address, copy.list_address)), default="")


def _parties(copies: Sequence[Sighting]) -> tuple[Party, ...]:
    best: dict[str, Party] = {}
    responses: dict[str, Response] = {}
    for party in (party for one in sorted(copies, key=lambda one: one.version) for party in one.parties):
        before = best.get(party.address.value)
        responses[party.address.value] = party.response or responses.get(party.address.value, "")
        if before is None or _rank(party) < _rank(before):
            best[party.address.value] = party
    return tuple(replace(party, response=responses[address]) for address, party in best.items())


def _rank(party: Party) -> tuple[int, int, str]:
    """A list is a list in whichever copy says so; else the stronger part, and the fuller name."""
    part = -1 if party.part == LIST else STRONGEST_FIRST.index(party.part)
    return part, -len(party.address.name), party.address.name
