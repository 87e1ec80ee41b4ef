"""Joining two people who are one human, and parting them again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.accounts.access import require
from rapport.interactions.joining import joinable
from rapport.interactions.joining import merge as join
from rapport.interactions.joining import unmerge as part
from rapport.kit.ids import as_id
from rapport.kit.trouble import NotFound
from rapport.people.alike import alike, chosen_by
from rapport.people.visible import person_of
from rapport.relationships.refresh import read_on

from ..answering import go_to, page
from ..around import shell
from ..entering import Visit, WebRequest
from ..faces import face_of
from ..knowing import known
from ..pages.person import MergeCandidate, MergePage
from ..telling_apart import addresses_of
from .together import together

MOST_CANDIDATES = 8


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Who may be the same human; with one chosen, what would come together; posted, the two are joined."""
    visit = request.visit
    require(visit.viewer, "merge")
    if request.method != "POST":
        chosen = as_id(request.GET.get("other"))
        value = _page(visit, person_id, request.GET.get("q", "").strip(), chosen)
        return page("merge.html", shell(request, "people"), value)
    other = as_id(request.POST.get("other"))
    if other is None:
        raise NotFound(_("Choose whom to join them with."))
    done = join(visit.by, person_id, other)
    read_on(visit.now)
    return go_to(request, f"/people/{done.person_id}", _("They are joined."), done.journal_id)


@require_POST
def unmerge(request: WebRequest, person_id: UUID, merge_id: UUID) -> HttpResponse:
    """Part two people again."""
    done = part(request.visit.by, merge_id)
    read_on(request.visit.now)
    return go_to(request, f"/people/{done.person_id}", _("They are two again."), done.journal_id)


def _page(visit: Visit, person_id: UUID, q: str, chosen: UUID | None) -> MergePage:
    """Whoever the words find by name or address; without words, who shares an address or may be called so. With one
    chosen, only them."""
    viewer, other = visit.viewer, None
    if chosen:
        person, other = joinable(visit.by, person_id, chosen)
    else:
        person = person_of(viewer, person_id)
    if other:
        found = [other.id]
    else:
        found = chosen_by(viewer, person, q, MOST_CANDIDATES) if q else alike(viewer, person, MOST_CANDIDATES)
    people = known(visit, found)
    addresses = addresses_of(viewer, people)
    candidates = tuple(
        MergeCandidate(
            id=str(one),
            face=people[one].face,
            note=" · ".join(part for part in (people[one].role, addresses.get(one, "")) if part),
            address=people[one].address,
        )
        for one in found
        if one in people
    )
    return MergePage(
        person=face_of(person.id, person.name, person.portrait),
        person_address=f"/people/{person.id}",
        q=q,
        candidates=() if other else candidates,
        other=candidates[0] if other else None,
        together=together(viewer, person, other) if other else (),
    )
