"""What erasing somebody would take away and what would stay, counted beforehand. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, require
from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry
from rapport.channels.models import ImportItem
from rapport.kit.trouble import NotFound
from rapport.kit.zones import country_in
from rapport.people.addresses import handle_key
from rapport.people.matching import CARD
from rapport.people.members import member_name
from rapport.people.models import Affiliation, Fact, Organization, Person, Tombstone
from rapport.people.tombstones import buried_by
from rapport.people.visible import person_of

from ..models import Erasure, ErasureItem
from . import ledger
from .finding import PARTS, also_known_as, parts_of
from .passing import Passing, to_see_to
from .sharing import SharedAddress, told_of

_COUNTED = f"SELECT part, count(*) FROM ({PARTS}) AS found GROUP BY part"  # noqa: S608 (a constant)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of each; `alone` go whole, the three after it stay without the person's words or names.

    `addresses` are all they have or had; `shared` are those that stay with others, and with them the mail that names
    no such person there; `left_empty` are organizations where nobody else is known.
    """

    person_id: UUID
    name: str
    addresses: tuple[str, ...]
    shared: tuple[SharedAddress, ...]
    facts: int
    changes: int
    cards: int
    alone: int
    wrote: int
    about: int
    took_part: int
    left_empty: tuple[str, ...]
    is_colleague: bool


def plan_of(viewer: Viewer, person_id: UUID) -> Plan:
    """What an erasure would do, for who may ask for one."""
    _may_look(viewer)
    person = person_of(viewer, person_id)
    people = also_known_as(person.id)
    told = told_of(people, settings.HOUSE.files_folder)
    parts = _parts(people, told.passing)
    places = Affiliation.objects.filter(person_id__in=people).values("organization_id")
    others = Affiliation.objects.exclude(person_id__in=people).values("organization_id")
    empty = Organization.objects.filter(id__in=places, is_home=False, touched_by_hand=False).exclude(id__in=others)
    return Plan(
        person_id=person.id,
        name=person.name,
        addresses=tuple(sorted(value for kind, value in told.sought.keys if kind != CARD)),
        shared=told.shared,
        facts=Fact.objects.filter(person_id__in=people).count(),
        changes=JournalEntry.objects.filter(subject_id__in=people).count(),
        cards=ImportItem.objects.filter(person_id__in=people).count(),
        alone=parts["alone"],
        wrote=parts["wrote"],
        about=parts["about"],
        took_part=parts["took-part"],
        left_empty=tuple(empty.order_by("name").values_list("name", flat=True)),
        is_colleague=Person.objects.filter(id__in=people, is_home=True).exists(),
    )


def _parts(people: Collection[UUID], passing: Sequence[Passing]) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, parts_of(people, [one.interaction for one in passing]))
        return Counter(dict(cursor.fetchall())) + Counter(to_see_to(passing).values())


@dataclass(frozen=True, slots=True)
class Recent:
    """An erasure, who asked for it here, and how many things nobody else was in are still to go."""

    erasure: Erasure
    who: str
    still: int


def erasures(viewer: Viewer, most: int = 50) -> list[Recent]:
    """The latest erasures, newest first; `who` is empty where a restore asked, or they have left.

    Of whom, nobody knows.
    """
    _may_look(viewer)
    alone = ErasureItem.objects.filter(erasure=OuterRef("id"), part="alone").order_by()
    still = Subquery(alone.values("part").annotate(n=Count("id")).values("n"))
    found = Erasure.objects.annotate(who=member_name("asked_by"), still=still).order_by("-asked_at")[:most]
    return [Recent(one, one.who, one.still or 0) for one in found]


def _may_look(viewer: Viewer) -> None:
    """Whoever owns the workspace, also by a key that only reads."""
    require(replace(viewer, may_write=True, may_manage=True), "own")


def let_come_back(by: By, kind: str, value: str) -> UUID:
    """Somebody who was erased wants to be known again: the addresses of that erasure may be written down again.

    Nothing comes back by it.
    """
    by.may("own")
    key = handle_key(kind, value, country_in(by.viewer.time_zone))
    erasure_id = buried_by(key)
    if erasure_id is None:
        raise NotFound(_("Nobody with this address was erased here, so it can be written down."))
    Tombstone.objects.filter(erasure_id=erasure_id).delete()
    ledger.lift(settings.HOUSE.path, erasure_id)
    return by.note("person.let-come-back", subject_id=erasure_id)
