"""Raw items that were read before, read again: parsing is a derivation that can run again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from rapport.channels.models import Import, RawItem
from rapport.channels.raw import Kept, bytes_of
from rapport.channels.reading import Piece
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import Parsed, ReadingOptions
from rapport.people.models import Handle

from .importing import BYTES_AT_A_TIME, PIECES_AT_A_TIME
from .incoming import Belonging

_PLACES = """
SELECT DISTINCT r.made_at, i.import_id, f.ordinal, i.file_id, i.ordinal,
  coalesce(nullif(i.name, ''), f.name), i.prefix, i.raw_item_id
FROM import_item i JOIN import_file f ON f.id = i.file_id JOIN import r ON r.id = i.import_id
WHERE i.import_id <> %s AND i.raw_item_id IS NOT NULL
  AND (i.interaction_id = ANY(%s) OR i.person_id = ANY(%s))
ORDER BY r.made_at, i.import_id, f.ordinal, i.file_id, i.ordinal
"""


@dataclass(frozen=True, slots=True)
class Reread:
    """A piece of an import as it reads now; its bytes are let go of."""

    import_id: UUID
    file_id: UUID
    piece: Piece
    raw: Kept
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a raw item was found."""

    import_id: UUID
    file_id: UUID
    ordinal: int
    name: str
    prefix: bytes
    raw_item_id: UUID


def places_of(interactions: Collection[UUID], people: Collection[UUID], but: UUID) -> list[Place]:
    """Where these interactions, and the cards of these people, were found by other imports than one; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [but, list(interactions), list(people)])
        return [Place(row[1], row[3], row[4], row[5], bytes(row[6] or b""), row[7]) for row in cursor.fetchall()]


def read_again(places: Sequence[Place], files_folder: Path, now: datetime) -> Iterator[Reread]:
    """These raw items, parsed, one after the other; those that cannot be read now are left out.

    What is given has no bytes any more: they are needed for parsing alone, and a mailbox of them would not fit.
    """
    if not places:
        return
    zones = {run: belonging_of(run)[1] for run in {place.import_id for place in places}}
    with ParsingPool(workers=1) as pool:
        for some in _batches(places):
            raws = {raw.id: raw for raw in RawItem.objects.filter(id__in={place.raw_item_id for place in some})}
            pieces = [(place, piece) for place in some if (piece := _piece(place, raws, files_folder))]
            asked = [
                (piece.format, piece.body, piece.options(ReadingOptions(time_zone=zones[place.import_id], now=now)))
                for place, piece in pieces
            ]
            parsed = pool.parse(asked)
            bodiless = [(place, replace(piece, body=b"")) for place, piece in pieces]
            del raws, pieces, asked  # what is given next may be held for long
            for (place, piece), one in zip(bodiless, parsed, strict=True):
                if one.failure is None:
                    yield Reread(place.import_id, place.file_id, piece, Kept(place.raw_item_id, False), one)


def _batches(places: Sequence[Place]) -> Iterator[list[Place]]:
    """As many at a time as an import reads, and as few bytes."""
    some, size = list[Place](), 0
    for start in range(0, len(places), PIECES_AT_A_TIME):
        stretch = places[start : start + PIECES_AT_A_TIME]
        raws = RawItem.objects.filter(id__in={place.raw_item_id for place in stretch})
        sizes: dict[UUID, int] = dict(raws.values_list("id", "size"))
        for place in stretch:
            some.append(place)
            size += sizes[place.raw_item_id]
            if len(some) >= PIECES_AT_A_TIME or size > BYTES_AT_A_TIME:
                yield some
                some, size = [], 0
    if some:
        yield some


def belonging_of(import_id: UUID) -> tuple[Belonging, str]:
    """Whose what an import brings is, and the time zone it is read in: that of whoever began it, then."""
    run = Import.objects.select_related("source", "source__owner").get(id=import_id)
    owner = run.source.owner
    handles = Handle.objects.filter(kind="email", value__in=run.home_addresses)
    people = [owner.person_id] if owner and owner.person_id else list(handles.values_list("person_id", flat=True))
    belonging = Belonging(run.source_id, owner.id if owner else None, run.id, tuple(people[:1]))
    return belonging, run.time_zone


def _piece(place: Place, raws: Mapping[UUID, RawItem], files_folder: Path) -> Piece | None:
    raw = raws[place.raw_item_id]
    try:
        return Piece(raw.format, place.name, place.ordinal, place.prefix, bytes_of(raw, files_folder), 0)
    except OSError:  # its file is gone, as `rapport check` tells
        return None
