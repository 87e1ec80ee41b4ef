"""The addresses of organizations."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapport.accounts.access import require
from rapport.kit.ids import as_id
from rapport.kit.trouble import NotFound, Trouble
from rapport.people.joining_organizations import merge_organizations
from rapport.people.organizations import organization_of
from rapport.people.organizing import add_domain, remove_domain, rename_organization
from rapport.relationships.organizations import OrganizationFilter, list_organizations

from ..answering import fragment, go_to, page, wants_fragment
from ..around import part_shell, shell
from ..entering import Visit, WebRequest
from ..pages.organizations import JoinPage, PlaceCandidate
from ..pages.shell import Field
from .filtering import Asked, more_organizations, organizations_page, people_words
from .opening import organization_page

MOST_CANDIDATES = 8

View = Callable[..., HttpResponse]


def told_as_of_now(view: View) -> View:
    """A page that knows only today: asked of an earlier day, it says so and shows today."""

    @wraps(view)
    def serve(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.visit.as_of is not None:
            return go_to(request, request.path, _("Organizations are told as they are now, not as of another day."))
        return view(request, *args, **kwargs)

    return serve


@require_safe
@told_as_of_now
def organizations(request: WebRequest) -> HttpResponse:
    """The list as its address filters it; a part of an open page gets the rows alone."""
    asked = request.visit, Asked.of(request), request.GET.get("after")
    if wants_fragment(request):
        return fragment("organizations.html", "rows", part_shell(request), more_organizations(*asked))
    return page("organizations.html", shell(request, "organizations"), organizations_page(*asked))


@require_http_methods(["GET", "HEAD", "POST"])
@told_as_of_now
def organization(request: WebRequest, organization_id: UUID) -> HttpResponse:
    """Its page; posted, what it is called."""
    if request.method != "POST":
        edit: dict[str, Field] | None = {} if "edit" in request.GET else None
        value = organization_page(request.visit, organization_id, edit)
        return page("organization.html", shell(request, "organizations"), value)
    name = request.POST.get("name", "")
    try:
        done = rename_organization(request.visit.by, organization_id, name)
    except Trouble as trouble:
        return _again(request, organization_id, trouble, called=name)
    return go_to(request, _address(done.organization_id), _("It is called so now."), done.journal_id)


@require_POST
def domains(request: WebRequest, organization_id: UUID) -> HttpResponse:
    """One more domain of its own."""
    said = request.POST.get("domain", "")
    try:
        done = add_domain(request.visit.by, organization_id, said)
    except Trouble as trouble:
        return _again(request, organization_id, trouble, domain=said)
    return go_to(request, _address(done.organization_id), _("The domain is added."), done.journal_id)


@require_POST
def drop_domain(request: WebRequest, organization_id: UUID, domain: str) -> HttpResponse:
    """A domain that is not its own."""
    done = remove_domain(request.visit.by, organization_id, domain)
    return go_to(request, _address(done.organization_id), _("The domain is removed."), done.journal_id)


@require_http_methods(["GET", "HEAD", "POST"])
@told_as_of_now
def join(request: WebRequest, organization_id: UUID) -> HttpResponse:
    """Which may be the same organization; posted, the two are joined."""
    visit = request.visit
    require(visit.viewer, "merge")
    if request.method != "POST":
        value = _candidates(visit, organization_id, request.GET.get("q", "").strip())
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


def _again(request: WebRequest, organization_id: UUID, trouble: Trouble, **said: str) -> HttpResponse:
    """The form as it was filled in, with what to mend beside the field."""
    edit = {name: Field(value, trouble.sentence) for name, value in said.items()}
    value = organization_page(request.visit, organization_id, edit)
    return page("organization.html", shell(request, "organizations"), value, trouble.status)


def _address(organization_id: UUID) -> str:
    return f"/organizations/{organization_id}"
