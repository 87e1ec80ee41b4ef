"""What came by an address that stays with another: whose it is, told by the names beside the address.

It stands with whom the address reaches, though either may have written it, or both stand in it: so its bytes are asked.
Where they name neither of the two it is the one's who stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import ask
from rapport.channels.models import RawItem
from rapport.channels.raw import bytes_of

from ..changes import note_pair_changes
from ..parts import BEGINS, STRONGEST_FIRST
from .mailboxes import Mailbox, mailboxes_of
from .seeing_to import TOOK_PART, WROTE
from .sought import Sought

_SOME = 500  # raw items looked at together
_ROWS = """
SELECT p.id, p.interaction_id, p.person_id, p.address, p.part, m.raw_item_id FROM participant p
LEFT JOIN (SELECT interaction_id, raw_item_id FROM message
  UNION SELECT interaction_id, raw_item_id FROM import_item) AS m
  ON m.interaction_id = p.interaction_id AND m.raw_item_id IS NOT NULL
WHERE p.person_id = ANY(%(people)s) OR (p.person_id = ANY(%(heirs)s) AND p.address = ANY(%(addresses)s)) ORDER BY p.id
"""
_PASSING = "unnest(%(ids)s::uuid[], %(heirs)s::uuid[], %(parts)s::text[], %(addresses)s::text[])"
# Who is in it already by an address of their own keeps the stronger part, as where two are joined.
_STRONGER = f"""
UPDATE participant h SET part = u.part, address = u.address
FROM {_PASSING} AS u(id, heir, part, address) JOIN participant p ON p.id = u.id
WHERE h.interaction_id = p.interaction_id AND h.person_id = u.heir AND h.id <> p.id
  AND array_position(%(order)s::text[], u.part) < coalesce(array_position(%(order)s::text[], h.part), 99)
"""  # noqa: S608 (constants)
_TWICE = f"""
DELETE FROM participant p USING {_PASSING} AS u(id, heir, part, address), participant h
WHERE p.id = u.id AND h.interaction_id = p.interaction_id AND h.person_id = u.heir AND h.id <> p.id
"""  # noqa: S608 (constants)
_PASS = f"""
UPDATE participant p SET person_id = u.heir, part = u.part, address = u.address
FROM {_PASSING} AS u(id, heir, part, address) WHERE p.id = u.id
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Passing:
    """A participant who is the heir of the address from now on, or was before, with the part they have in it; and what
    whoever is erased was to it: "wrote", "took-part", or empty where nothing of theirs is in it.
    """

    participant: UUID
    interaction: UUID
    heir: UUID
    part: str
    address: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Part:
    """A participant as they stand until then."""

    participant: UUID
    interaction: UUID
    person: UUID
    address: str
    part: str


def heads_of(people: Collection[UUID], heirs: Mapping[str, UUID], files_folder: Path) -> dict[Part, list[Mailbox]]:
    """Whoever stands in what these ids took part in, or the heirs by these addresses."""
    if not heirs:
        return {}
    given = {"people": list(people), "heirs": list(heirs.values()), "addresses": list(heirs)}
    raws: dict[Part, list[UUID]] = defaultdict(list)
    for *row, raw in ask(_ROWS, given):
        raws[Part(*row)] += [raw] if raw else []
    heads = dict(_heads({one for some in raws.values() for one in some}, files_folder))
    return {part: [box for raw in some for box in heads.get(raw, ())] for part, some in raws.items()}


def passing_of(heads: Mapping[Part, Sequence[Mailbox]], sought: Sought, heirs: Mapping[str, UUID]) -> list[Passing]:
    """What of these is the heirs', or is seen to beside them."""
    told = [_passing(part, boxes, sought, heirs) for part, boxes in heads.items()]
    return [one for one in told if one is not None]


def pass_on(passing: Sequence[Passing]) -> None:
    """Let the heirs take part in these, once each."""
    given: dict[str, list[Any]] = {
        "ids": [one.participant for one in passing],
        "heirs": [one.heir for one in passing],
        "parts": [one.part for one in passing],
        "addresses": [one.address for one in passing],
        "order": list(STRONGEST_FIRST),
    }
    with connection.cursor() as cursor:
        for statement in (_STRONGER, _TWICE, _PASS):
            cursor.execute(statement, given)
    note_pair_changes([one.interaction for one in passing], even_if_no_contact=True)


def to_see_to(passing: Sequence[Passing]) -> dict[UUID, str]:
    """The interactions of the heirs that whoever is erased wrote, or took part in."""
    told = sorted(passing, key=lambda one: one.theirs == WROTE)
    return {one.interaction: one.theirs for one in told if one.theirs}


def _passing(row: Part, boxes: Sequence[Mailbox], sought: Sought, heirs: Mapping[str, UUID]) -> Passing | None:
    """None where it is all theirs, or is the heir's and does not name them."""
    theirs = [one for one in boxes if sought.is_theirs(one.called, one.address)]
    others = [one for one in boxes if one.part and one.address in heirs and one not in theirs]
    is_heirs = row.person == heirs.get(row.address)
    if is_heirs and not theirs:
        return None
    if not is_heirs and not others and (theirs or row.address not in heirs):
        return None
    told = min(others, key=lambda one: STRONGEST_FIRST.index(one.part), default=Mailbox(row.part, "", row.address))
    wrote = any(one.part in BEGINS for one in theirs)
    what = (WROTE if wrote else TOOK_PART) if theirs else ""
    return Passing(row.participant, row.interaction, heirs[told.address], told.part, told.address, what)


def _heads(raws: Collection[UUID], files_folder: Path) -> Iterator[tuple[UUID, Sequence[Mailbox]]]:
    ids = sorted(raws)
    for at in range(0, len(ids), _SOME):
        for raw in RawItem.objects.filter(id__in=ids[at : at + _SOME]):
            try:
                yield raw.id, mailboxes_of(bytes_of(raw, files_folder), raw.format)
            except OSError:  # its file is gone, as `rapport check` tells
                continue
