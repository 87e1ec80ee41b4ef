"""The addresses of the list and of somebody new."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rapport.accounts.access import require
from rapport.kit.trouble import Trouble
from rapport.people.editing import add_person

from ..answering import fragment, go_to, page, wants_fragment
from ..around import part_shell, shell
from ..entering import WebRequest
from ..pages.people import NewPersonPage
from ..pages.shell import Field
from ..sending import sent_once
from .filtering import Filter, more_people, people_page

FIELDS = ("name", "email", "phone", "organization", "title", "last_said")


@require_safe
def people(request: WebRequest) -> HttpResponse:
    """The list as its address filters it; a part of an open page gets the rows alone."""
    asked = request.visit, Filter.of(request), request.GET.get("after")
    if wants_fragment(request):
        return fragment("people.html", "rows", part_shell(request), more_people(*asked))
    return page("people.html", shell(request, "people"), people_page(*asked))


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def new_person(request: WebRequest) -> HttpResponse:
    """The form for somebody new; posted, their page."""
    require(request.visit.viewer, "write")
    if request.method != "POST":
        return _form(request, {"name": request.GET.get("name", "")}, {})
    said = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        done = add_person(request.visit.by, **said)
    except Trouble as trouble:
        wrong = str(trouble.fields.get("field") or ("email" if said["email"] else "phone"))
        return _form(request, said, {wrong if wrong in FIELDS else "name": trouble.sentence}, trouble.status)
    return go_to(
        request, f"/people/{done.person_id}", _("%(name)s is here now.") % {"name": said["name"]}, done.journal_id
    )


def _form(request: WebRequest, said: dict[str, str], errors: dict[str, str], status: int = 200) -> HttpResponse:
    fields = {name: Field(said.get(name, ""), errors.get(name, "")) for name in FIELDS}
    return page("new_person.html", shell(request, "people"), NewPersonPage(**fields), status)
