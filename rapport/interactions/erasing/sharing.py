"""Of two who share an address of mail one is erased: it stays with the other, and so does what names only them.

Whoever is erased is known at such an address by their name there. What came through it stands with whom it reaches,
though either may have written it: so its bytes are asked whose name stands beside it. What names neither cannot be told
apart, and is the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.kit import clock
from rapport.people.gathering import place_where_known
from rapport.people.matching import CARD, SHARED
from rapport.people.models import Handle, Person
from rapport.people.reaching import beside, sharing
from rapport.people.tombstones import buried
from rapport.people.two_people import full_name

from .finding import keys_of
from .passing import Passing, pass_on, passing_of
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


def passing_by(
    people: Collection[UUID], sought: Sought, shared: Sequence[SharedAddress], files_folder: Path
) -> list[Passing]:
    """What came by these addresses and stays with the others, or is seen to beside them."""
    return passing_of(people, sought, {one.address: one.person_id for one in shared}, files_folder)


def leave(people: Collection[UUID], shared: Sequence[SharedAddress], passing: Sequence[Passing]) -> None:
    """Let the others have their addresses, and their part in what came by them."""
    pass_on(passing)
    for one in shared:
        _give(people, one)


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
