"""Joining two organizations that are one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rapport.accounts.access import require
from rapport.kit.ids import as_id
from rapport.kit.trouble import NotFound
from rapport.people.joining_organizations import merge_organizations, must_be_joinable
from rapport.people.models import Affiliation
from rapport.people.organizations import OrganizationSheet, open_organization, organization_of
from rapport.relationships.organizations import OrganizationFilter, list_organizations

from ..answering import go_to, page
from ..around import shell
from ..entering import Visit, WebRequest
from ..pages.organizations import JoinPage, PlaceCandidate
from .filtering import people_words
from .now import told_as_of_now

MOST_CANDIDATES = 8


@require_http_methods(["GET", "HEAD", "POST"])
@told_as_of_now
def join(request: WebRequest, organization_id: UUID) -> HttpResponse:
    """Which may be the same organization; with one chosen, what would come together; posted, the two are joined."""
    visit = request.visit
    require(visit.viewer, "merge")
    if request.method != "POST":
        other = as_id(request.GET.get("other"))
        q = request.GET.get("q", "").strip()
        value = _chosen(visit, organization_id, other) if other else _candidates(visit, organization_id, q)
        return page("organization_join.html", shell(request, "organizations"), value)
    other = as_id(request.POST.get("other"))
    if other is None:
        raise NotFound(_("Choose which organization to join it with."))
    done = merge_organizations(visit.by, organization_id, other)
    return go_to(request, _address(done.organization_id), _("They are joined."), done.journal_id)


def _candidates(visit: Visit, organization_id: UUID, q: str) -> JoinPage:
    """Whatever the words find; without words, what begins with the same word."""
    one = organization_of(visit.viewer, organization_id)
    words = q or next(iter(one.name.split()), one.name)
    found = list_organizations(visit.viewer, visit.now, OrganizationFilter(q=words), limit=MOST_CANDIDATES + 1)
    return JoinPage(
        name=one.name,
        address=_address(one.id),
        q=q,
        candidates=tuple(
            PlaceCandidate(
                id=str(line.id),
                name=line.name,
                address=_address(line.id),
                note=" · ".join(part for part in (line.domain, people_words(line.people)) if part),
            )
            for line in found.rows
            if line.id != one.id
        )[:MOST_CANDIDATES],
    )


def _chosen(visit: Visit, organization_id: UUID, other_id: UUID) -> JoinPage:
    must_be_joinable(organization_of(visit.viewer, organization_id), organization_of(visit.viewer, other_id))
    one, other = open_organization(visit.viewer, organization_id), open_organization(visit.viewer, other_id)
    chosen = PlaceCandidate(str(other.id), other.name, _address(other.id), ", ".join(other.domains))
    return JoinPage(one.name, _address(one.id), "", (), chosen, tuple(_together(one, other)))


def _together(one: OrganizationSheet, other: OrganizationSheet) -> Iterator[str]:
    """What the joined one would have, in sentences."""
    told = {"name": one.name, "other": other.name}
    yield _("Called %(name)s. What names %(other)s leads here, too.") % told
    if domains := one.domains + other.domains:
        yield _("Reached by addresses of %(domains)s.") % {"domains": ", ".join(domains)}
    there = Affiliation.objects.filter(organization_id__in=(one.id, other.id)).values("person_id")
    at_either, at_both = there.distinct().count(), there.annotate(places=Count("id")).filter(places__gt=1).count()
    yield ngettext("%(n)d person is or was there.", "%(n)d people are or were there.", at_either) % {"n": at_either}
    if at_both:
        sentence = ngettext(
            "%(n)d of them is at both: with the title at %(name)s, where there is one.",
            "%(n)d of them are at both: with their title at %(name)s, where there is one.",
            at_both,
        )
        yield sentence % {"n": at_both, "name": one.name}


def _address(organization_id: UUID) -> str:
    return f"/organizations/{organization_id}"
