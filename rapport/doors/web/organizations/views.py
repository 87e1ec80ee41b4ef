"""The addresses of organizations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapport.kit.trouble import Trouble
from rapport.people.organizing import add_domain, remove_domain, rename_organization

from ..answering import fragment, go_to, page, wants_fragment
from ..around import part_shell, shell
from ..entering import WebRequest
from ..pages.shell import Field
from .filtering import Asked, more_organizations, organizations_page
from .now import told_as_of_now
from .opening import organization_page


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


def _again(request: WebRequest, organization_id: UUID, trouble: Trouble, **said: str) -> HttpResponse:
    """The form as it was filled in, with what to mend beside the field."""
    edit = {name: Field(value, trouble.sentence) for name, value in said.items()}
    value = organization_page(request.visit, organization_id, edit)
    return page("organization.html", shell(request, "organizations"), value, trouble.status)


def _address(organization_id: UUID) -> str:
    return f"/organizations/{organization_id}"
