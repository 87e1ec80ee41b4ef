"""Of two who share an address of mail one is erased: it stays with the other, and so does what names only them.

Whoever is erased is known at such an address by their name there. What came through it stands with whom it reaches,
though either may have written it: so its bytes are asked whose name stands beside it. What names neither cannot be told
apart, and is the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.rows import ask
from rapport.kit import clock
from rapport.people.gathering import place_where_known
from rapport.people.matching import CARD, SHARED
from rapport.people.models import Handle, Person
from rapport.people.reaching import beside, sharing
from rapport.people.tombstones import buried
from rapport.people.two_people import full_name, spelt

from ..models import AddressPart
from .finding import keys_of
from .passing import Passing, heads_of, pass_on, passing_of
from .sought import Sought, sought_for

# Who shares what is theirs, before whom it is theirs reaches by now: the one known longest has it.
_STAYING = f"""
SELECT DISTINCT ON (found.address) found.address, p.id, p.name FROM (
  SELECT mine.value AS address, o.person_id FROM handle mine
  JOIN handle o ON o.kind = '{CARD}' AND o.value LIKE '{SHARED}%%' AND o.called[1] = mine.value
  WHERE mine.kind = 'email' AND mine.person_id = ANY(%(people)s)
  UNION ALL SELECT h.value, h.person_id FROM handle h WHERE h.kind = 'email' AND h.value = ANY(%(addresses)s)) AS found
JOIN person p ON p.id = found.person_id WHERE p.id <> ALL(%(people)s) ORDER BY found.address, p.id
"""  # noqa: S608 (constants)
_CALLED = f"""
SELECT h.value, p.name, h.called FROM handle h JOIN person p ON h.person_id IN (p.id, p.merged_into_id)
WHERE h.kind = 'email' AND h.value = ANY(%(addresses)s) AND h.person_id <> ALL(%(people)s)
UNION ALL SELECT h.called[1], p.name, ARRAY[]::text[] FROM handle h
JOIN person p ON h.person_id IN (p.id, p.merged_into_id)
WHERE h.kind = '{CARD}' AND h.value LIKE '{SHARED}%%' AND h.called[1] = ANY(%(addresses)s)
  AND h.person_id <> ALL(%(people)s)
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """An address of mail that stays, and with whom."""

    address: str
    person_id: UUID
    name: str
    unclear: tuple[str, ...] = ()  # names seen there that may be either's

    @property
    def told(self) -> str:
        """In a sentence or two."""
        told = {"address": self.address, "name": self.name, "unclear": ", ".join(self.unclear)}
        stays = _("%(address)s is shared with %(name)s and stays with them, with all mail that names nobody else.")
        either = _("Mail there that names %(unclear)s may be of either, and stays too: look through it afterwards.")
        return " ".join([stays % told, *([either % told] if self.unclear else [])])


@dataclass(frozen=True, slots=True)
class Told:
    """Whom an erasure is about, which addresses stay with others, and what came by these."""

    sought: Sought
    shared: tuple[SharedAddress, ...]
    passing: tuple[Passing, ...]


def told_of(people: Collection[UUID], files_folder: Path) -> Told:
    """All of it, of these ids; with their names as they were written beside addresses that stay with others."""
    sought, shared = sought_of(people)
    heirs = {one.address: one.person_id for one in shared}
    heads = heads_of(people, heirs, files_folder)
    seen = {(box.address, box.called) for boxes in heads.values() for box in boxes if box.address in heirs}
    seen |= set(AddressPart.objects.filter(address__in=heirs).values_list("address", "name"))
    theirs = {(address, called) for address, called in seen if sought.is_theirs(called, address)}
    unclear = {(address, called) for address, called in seen if sought.may_be_either(called)}
    return Told(
        also_called(sought, theirs),
        tuple(replace(one, unclear=_at(one.address, unclear)) for one in shared),
        tuple(passing_of(heads, sought, heirs)),
    )


def also_called(sought: Sought, theirs: Collection[tuple[str, str]]) -> Sought:
    """With these names, each beside its address. One word alone is looked for nowhere else: many are called so."""
    keys = {sharing(("email", address), spelt(called)) for address, called in theirs}
    names = {called for _address, called in theirs if " " in spelt(called)}
    return replace(
        sought,
        keys=tuple(sorted({*sought.keys, *keys})),
        names=tuple(sorted({*sought.names, *names})),
    )


def _at(address: str, unclear: Collection[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted({called for one, called in unclear if one == address}))


def sought_of(people: Collection[UUID]) -> tuple[Sought, list[SharedAddress]]:
    """All addresses and names of these ids; and those addresses of mail that others share, or that reach others by now.
    These stay, and are marked together with the names of these ids alone.
    """
    names = list(Person.objects.filter(id__in=people).values_list("name", flat=True))
    keys, shares = keys_of(people), _shares(people)
    mails = sorted(shares | {value for kind, value in keys if kind == "email"})
    shared = _staying(people, mails)
    called = {*map(spelt, names), *_called(people)} - {""}
    theirs = {one: {sharing(("email", one), name) for name in called} for one in mails}
    # After a restore the other may not be known yet: that they were erased by name there tells of them.
    before = buried({key for some in theirs.values() for key in some})
    staying = {one.address for one in shared} | {one for one, some in theirs.items() if some & before}
    keys -= {("email", one) for one in staying}
    for one in staying:
        keys |= {*theirs[one], beside(("email", one))}
    others = called_there([one.address for one in shared], people).values()
    written = [*names, *(called if staying else ())]
    return sought_for(people, keys, written, staying, set().union(*others)), shared


def called_there(addresses: Collection[str], but: Collection[UUID] = ()) -> dict[str, set[str]]:
    """What all are called who have or share these addresses of mail, but these ids; also those who were made one with
    them. Without those that nobody has."""
    given = {"addresses": list(addresses), "people": list(but)}
    found: dict[str, set[str]] = {}
    for address, name, called in ask(_CALLED, given) if addresses else ():
        found.setdefault(address, set()).update({spelt(name), *called} - {""})
    return found


def leave(people: Collection[UUID], told: Told) -> None:
    """Let the others have their addresses, and their part in what came by them."""
    pass_on(told.passing)
    for one in told.shared:
        _give(people, one)
        for part in AddressPart.objects.filter(address=one.address).exclude(name=""):
            if told.sought.is_theirs(part.name, one.address):
                AddressPart.objects.filter(id=part.id).update(name="")


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
