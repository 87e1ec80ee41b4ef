"""Of two who share an address of mail one is erased: it stays with the other, and so does what names only them.

Whoever is erased is known at such an address by their name there. What came through it stands with whom it reaches,
though either may have written it: so its bytes are asked whose name stands beside it. What names neither cannot be told
apart, and is the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.channels.models import RawItem
from rapport.channels.raw import bytes_of
from rapport.kit import clock
from rapport.people.gathering import place_where_known
from rapport.people.matching import CARD, SHARED
from rapport.people.models import Handle, Person
from rapport.people.reaching import beside, sharing
from rapport.people.tombstones import buried
from rapport.people.two_people import full_name

from ..changes import note_pair_changes
from ..models import Participant
from .finding import keys_of
from .redacting import meant_by
from .sought import Sought, sought_for

_SOME = 500  # raw items looked at together
# Who shares what is theirs, before whom it is theirs reaches by now: the one known longest has it.
_STAYING = f"""
SELECT DISTINCT ON (found.address) found.address, p.id, p.name FROM (
  SELECT mine.value AS address, o.person_id FROM handle mine
  JOIN handle o ON o.kind = '{CARD}' AND o.value LIKE '{SHARED}%%' AND o.called[1] = mine.value
  WHERE mine.kind = 'email' AND mine.person_id = ANY(%(people)s)
  UNION ALL SELECT h.value, h.person_id FROM handle h WHERE h.kind = 'email' AND h.value = ANY(%(addresses)s)) AS found
JOIN person p ON p.id = found.person_id WHERE p.id <> ALL(%(people)s) ORDER BY found.address, p.id
"""  # noqa: S608 (constants)
_ORIGINALS = """
SELECT p.id, p.address, m.raw_item_id FROM participant p
LEFT JOIN (SELECT interaction_id, raw_item_id FROM message
  UNION SELECT interaction_id, raw_item_id FROM import_item) AS m
  ON m.interaction_id = p.interaction_id AND m.raw_item_id IS NOT NULL
WHERE p.person_id = ANY(%s) AND p.address = ANY(%s) ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """An address of mail that stays, and with whom."""

    address: str
    person_id: UUID
    name: str

    @property
    def told(self) -> str:
        """In a sentence."""
        told = {"address": self.address, "name": self.name}
        return (
            _("%(address)s is shared with %(name)s and stays with them, with all mail that names nobody else.") % told
        )


def sought_of(people: Collection[UUID]) -> tuple[Sought, list[SharedAddress]]:
    """All addresses and names of these ids; and those addresses of mail that others share, or that reach others by now.
    These stay, and are marked together with the names of these ids alone.
    """
    names = list(Person.objects.filter(id__in=people).values_list("name", flat=True))
    keys, shares = keys_of(people), _shares(people)
    mails = sorted(shares | {value for kind, value in keys if kind == "email"})
    shared = _staying(people, mails)
    called = {*map(full_name, names), *_called(people)} - {""}
    theirs = {one: {sharing(("email", one), name) for name in called} for one in mails}
    # After a restore the other may not be known yet: that they were erased by name there tells of them.
    before = buried({key for some in theirs.values() for key in some})
    staying = {one.address for one in shared} | {one for one, some in theirs.items() if some & before}
    keys -= {("email", one) for one in staying}
    for one in staying:
        keys |= {*theirs[one], beside(("email", one))}
    return sought_for(people, keys, [*names, *(called if staying else ())], staying), shared


def of_others(
    people: Collection[UUID], sought: Sought, shared: Sequence[SharedAddress], files_folder: Path
) -> dict[UUID, UUID]:
    """Where these ids take part by a shared address without being named there: the participant, and who has the
    address from now on."""
    if not shared:
        return {}
    heirs = {one.address: one.person_id for one in shared}
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINALS, [list(people), list(heirs)])
        rows = cursor.fetchall()
    naming = set(_naming({raw for _participant, _address, raw in rows if raw}, sought, files_folder))
    theirs = {participant for participant, _address, raw in rows if raw in naming}
    return {participant: heirs[address] for participant, address, _raw in rows if participant not in theirs}


def leave(people: Collection[UUID], sought: Sought, shared: Sequence[SharedAddress], files_folder: Path) -> None:
    """Let the others have their addresses, and their part in what does not name the erased."""
    staying = of_others(people, sought, shared, files_folder)
    _hand_over(staying)
    for one in shared:
        _give(people, one)


def _hand_over(staying: Mapping[UUID, UUID]) -> None:
    parts = list(Participant.objects.filter(id__in=staying))
    for one in parts:
        if not Participant.objects.filter(interaction_id=one.interaction_id, person_id=staying[one.id]).exists():
            Participant.objects.filter(id=one.id).update(person_id=staying[one.id])
    note_pair_changes([one.interaction_id for one in parts], even_if_no_contact=True)


def _give(people: Collection[UUID], shared: SharedAddress) -> None:
    key = ("email", shared.address)
    if not Handle.objects.filter(kind="email", value=shared.address, person_id__in=people).delete()[0]:
        return  # it is theirs already
    name = full_name(shared.name)
    theirs = Handle.objects.filter(person_id=shared.person_id, kind=CARD, called=[shared.address])
    # Of two who were made one either shared it: by the other name they are met again as before.
    by_name = sorted(theirs.filter(value__startswith=SHARED), key=lambda one: one.value != sharing(key, name)[1])
    Handle.objects.filter(id__in=[one.id for one in by_name[:1]]).update(
        kind="email", value=shared.address, as_written=shared.address, called=[name] if name else []
    )
    place_where_known(shared.person_id, key, clock.now())


def _staying(people: Collection[UUID], mails: Sequence[str]) -> list[SharedAddress]:
    with connection.cursor() as cursor:
        cursor.execute(_STAYING, {"people": list(people), "addresses": list(mails)})
        return [SharedAddress(*row) for row in cursor.fetchall()]


def _shares(people: Collection[UUID]) -> set[str]:
    """Addresses that are another's, which these ids share."""
    shared = Handle.objects.filter(person_id__in=people, kind=CARD, value__startswith=SHARED)
    return {one for called in shared.values_list("called", flat=True) for one in called}


def _called(people: Collection[UUID]) -> set[str]:
    held = Handle.objects.filter(person_id__in=people, kind="email").values_list("called", flat=True)
    return {name for called in held for name in called}


def _naming(raws: Collection[UUID], sought: Sought, files_folder: Path) -> Iterator[UUID]:
    ids = sorted(raws)
    for at in range(0, len(ids), _SOME):
        for raw in RawItem.objects.filter(id__in=ids[at : at + _SOME]):
            try:
                body = bytes_of(raw, files_folder)
            except OSError:  # its file is gone, as `rapport check` tells
                continue
            if meant_by(body, sought) if raw.format == "mail" else sought.named_in(body.decode("utf-8", "replace")):
                yield raw.id
