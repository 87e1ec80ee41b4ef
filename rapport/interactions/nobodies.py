"""Behind which addresses nobody stands: asked of every batch, and answered the same in whichever order it was read.

An address that only looked like a human's stops being one when it shows as a list; one that only looked like a desk's
becomes a human's when somebody signs there, with all it took part in until then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.channels.sightings import Party, Sighting
from rapport.people.gathering import Seen, gather, owners_of
from rapport.people.matching import Named, best_named
from rapport.people.shared_addresses import Evidence, names_a_human, reaches_a_human, shared_by, signed_name

from .changes import note_pair_changes
from .coming import seen_at
from .copies import LIST
from .lists import known_lists, reckon_again, unmake_people_of
from .parts import BEGINS, SAID_OF_AN_ADDRESS
from .storing import insert_participants


@dataclass(frozen=True, slots=True)
class Row:
    """An address's part in an interaction read before."""

    interaction: UUID
    address: str
    name: str
    part: str
    response: str
    at: datetime
    kind: str


def named_by_signature(sighting: Sighting) -> Sighting:
    """The same, with the name under the mail beside an address that many share and that has none."""
    parties = tuple(_signed(party, sighting) for party in sighting.parties)
    return sighting if parties == sighting.parties else replace(sighting, parties=parties)


def nobodies_among(
    sightings: Sequence[Sighting], import_id: UUID | None, now: datetime
) -> tuple[dict[str, bool], list[UUID]]:
    """The addresses behind which nobody stands, and whether each is a list; the interactions read before to which this
    is new. Call `hold_people_still()` first.
    """
    here = {one.list_address for one in sightings} - {""}
    touched = unmake_people_of(here)
    parties = list(human_parties(sightings))
    named = {party.address.value for party in parties}
    lists = here | known_lists(named - here)
    doubtful = {address for address in named if address in lists or shared_by(address)}
    if not doubtful:
        return {}, touched
    known = {value for _kind, value in owners_of([("email", value) for value in doubtful])}
    rows = read_before(doubtful)
    evidence = _evidence(doubtful, lists, parties, rows)
    humans = known | {address for address in doubtful if reaches_a_human(shared_by(address), evidence[address])}
    touched += _find([row for row in rows if row.address in humans], import_id, now)
    return {one: one in lists or shared_by(one) == "list" for one in doubtful - humans}, touched


def let_take_their_parts(rows: Sequence[Row], import_id: UUID | None, now: datetime) -> None:
    """Who are known by these addresses from elsewhere, an address book, take part in what was read before they were."""
    note_pair_changes(_find(rows, import_id, now), even_if_no_contact=True)


def _signed(party: Party, sighting: Sighting) -> Party:
    if party.part != "from" or party.address.name or not sighting.signature or not shared_by(party.address.value):
        return party
    return replace(party, address=replace(party.address, name=signed_name(sighting.signature)))


def human_parties(sightings: Iterable[Sighting]) -> Iterable[Party]:
    """The parties with an e-mail address of those that no robot wrote."""
    for sighting in sightings:
        if not sighting.automatic:
            yield from (one for one in sighting.parties if one.part != LIST and one.address.kind == "email")


def read_before(addresses: Collection[str]) -> list[Row]:
    """What these addresses took part in while nobody stood behind them."""
    if not addresses:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.interaction_id, a.address, a.name, a.part, a.response, a.at, i.kind FROM address_part a "
            "JOIN interaction i ON i.id = a.interaction_id WHERE a.address = ANY(%s) AND a.part <> ALL(%s)",
            [list(addresses), list(SAID_OF_AN_ADDRESS)],
        )
        return [Row(*row) for row in cursor.fetchall()]


def _evidence(
    doubtful: Collection[str], lists: Collection[str], parties: Iterable[Party], rows: Iterable[Row]
) -> dict[str, Evidence]:
    said = [(one.address.value, one.address.name, str(one.part)) for one in parties if one.address.value in doubtful]
    said += [(row.address, row.name, row.part) for row in rows]
    named = {address for address, name, _ in set(said) if name and names_a_human(name, address)}
    wrote = {address for address, _, part in said if part in BEGINS}
    return {one: Evidence(one in lists, one in named, one in wrote) for one in doubtful}


def _find(rows: Sequence[Row], import_id: UUID | None, now: datetime) -> list[UUID]:
    """Let those who stand behind these addresses take the parts these had; the interactions they are in."""
    if not rows:
        return []
    addresses = {row.address for row in rows}
    times = {one: [(row.at, seen_at(row.kind, row.at, now)) for row in rows if row.address == one] for one in addresses}
    names = best_named(("email", row.address, row.name) for row in rows)
    people = gather([_seen(name, times[key[1]]) for key, name in names.items()], "mail", import_id, now)
    insert_participants(
        {(row.interaction, people["email", row.address]): (row.part, row.response, row.address, row.at) for row in rows}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM address_part WHERE address = ANY(%s) AND part <> ALL(%s)",
            [list(addresses), list(SAID_OF_AN_ADDRESS)],
        )
    found = [row.interaction for row in rows]
    reckon_again(found, 1, addresses)
    return found


def _seen(named: Named, times: Sequence[tuple[datetime, datetime | None]]) -> Seen:
    return Seen(named, min(at for at, _ in times), max((last for _, last in times if last), default=None))
