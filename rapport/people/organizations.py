"""Organizations as they are looked at: which ones a viewer may know of, and one of them opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Func, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer
from rapport.accounts.models import JournalEntry
from rapport.kit.text import fold
from rapport.kit.trouble import NotFound

from .legal_forms import bare_name, longest_stretch
from .models import Affiliation, Organization
from .searching import spelling_of
from .visible import visible_to

MOST_NAMESAKES = 3
MOST_LOOKED_AT = 1000  # of those with the same longest word
SHORTEST_WITHIN = 3
MOST_COUNTED = 1000  # more people than these at one place are not counted, only said to be more


@dataclass(frozen=True, slots=True)
class FoundOrganization:
    """An organization that is called so; `people` are there now whom the viewer may see, at most `MOST_COUNTED` + 1."""

    id: UUID
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class JoinedOrganization:
    """An organization that became this one; undoing `entry` parts them again."""

    entry: UUID
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another organization that is called the same: perhaps this one, met by another domain."""

    id: UUID
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class OrganizationSheet:
    """An organization, opened. `domains` begins with the one it is known by."""

    id: UUID
    name: str
    domains: tuple[str, ...]
    is_home: bool
    made_at: datetime
    joined: tuple[JoinedOrganization, ...]
    namesakes: tuple[Namesake, ...]


def organizations_for(viewer: Viewer) -> QuerySet[Organization]:
    """The organizations this viewer may know of: members all, a guest those where somebody is whom they may see."""
    everywhere = Organization.objects.filter(merged_into=None)
    if not viewer.is_guest:
        return everywhere
    there = Affiliation.objects.filter(until=None, person__in=visible_to(viewer))
    return everywhere.filter(id__in=there.values("organization_id"))


def find_organizations(viewer: Viewer, words: str, limit: int) -> tuple[FoundOrganization, ...]:
    """Organizations by what somebody typed, not our own: whose name begins so, then of whose name a word does, and from
    the third letter on those who have it anywhere in their name or domain. In one query.
    """
    part = fold(words.strip()[:200])
    if not part:
        return ()
    begins, within = Q(sort_name__startswith=part), Q(sort_name__contains=f" {part}")
    called = named(words) if len(part) >= SHORTEST_WITHIN else begins | within
    found = organizations_for(viewer).filter(called, is_home=False).annotate(people=_how_many(viewer))
    ordered = found.order_by(Case(When(begins, then=0), When(within, then=1), default=2), "sort_name", "id")
    return tuple(FoundOrganization(*row) for row in ordered.values_list("id", "name", "people")[:limit])


def _how_many(viewer: Viewer) -> Func:
    there = Affiliation.objects.filter(organization_id=OuterRef("id"), until=None)
    if viewer.is_guest:
        there = there.filter(person__in=visible_to(viewer))
    some = ArraySubquery(there.values("id")[: MOST_COUNTED + 1])
    return Func(some, function="cardinality", output_field=IntegerField())


def organization_of(viewer: Viewer, organization_id: UUID) -> Organization:
    """The organization with this id, or the one it was joined into; NotFound where there is none for this viewer."""
    now = Organization.objects.filter(id=organization_id).values_list("merged_into_id", flat=True).first()
    found = organizations_for(viewer).filter(id=now or organization_id).first()
    if found is None:
        raise NotFound(_("There is no organization here with this address. It may have been removed."))
    return found


def open_organization(viewer: Viewer, organization_id: UUID) -> OrganizationSheet:
    """What this viewer may know about an organization beside its people, in five queries."""
    one = organization_of(viewer, organization_id)
    others = Organization.objects.filter(merged_into=one, domain__isnull=False).order_by("domain")
    also = [] if viewer.is_guest else list(others.values_list("domain", flat=True))
    own = [one.domain] if one.domain else []
    return OrganizationSheet(
        id=one.id,
        name=one.name,
        domains=tuple(str(domain) for domain in own + also),
        is_home=one.is_home,
        made_at=one.made_at,
        joined=() if viewer.is_guest else _joined(one.id),
        namesakes=() if viewer.is_guest or one.is_home else _namesakes(one),
    )


def _namesakes(one: Organization) -> tuple[Namesake, ...]:
    """Who is called the same but for a legal form and punctuation: perhaps one, perhaps two that share a name."""
    bare, stretch = bare_name(one.name), longest_stretch(one.name)
    if not bare:
        return ()
    others = Organization.objects.filter(sort_name__contains=stretch, merged_into=None, is_home=False)
    rows = others.exclude(id=one.id).order_by("id").values_list("id", "name", "domain")[:MOST_LOOKED_AT]
    alike = (Namesake(other, name, domain or "") for other, name, domain in rows if bare_name(name) == bare)
    return tuple(islice(alike, MOST_NAMESAKES))


def named(words: str) -> Q:
    """Organizations with these words in their name, however it is spelt, or in one of their domains."""
    part, spelt = fold(words.strip()[:200]), spelling_of(words)
    so_called = Q(sort_name__contains=part) | Q(domain__contains=part)
    if spelt:
        so_called |= Q(id__in=RawSQL("SELECT organizations_spelt(%s, %s)", [part, spelt]))
    also = Organization.objects.filter(so_called, merged_into__isnull=False)
    return so_called | Q(id__in=also.values("merged_into"))


def _joined(organization_id: UUID) -> tuple[JoinedOrganization, ...]:
    entries = JournalEntry.objects.filter(subject_id=organization_id, verb="organization.merge", undone_at=None)
    return tuple(JoinedOrganization(one.id, one.values.get("gone", ""), one.at) for one in entries.order_by("-at"))
