"""The addresses of the list and of somebody new."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rapport.accounts.access import require
from rapport.doors.operations.shapes import people_named
from rapport.kit.text import fold, one_line
from rapport.kit.trouble import Trouble
from rapport.people.editing import add_person
from rapport.people.visible import visible_to

from ..answering import fragment, go_to, page, wants_fragment
from ..around import part_shell, shell
from ..entering import WebRequest
from ..pages.people import KnownAlready, NewPersonPage
from ..pages.shell import Field
from ..sending import sent_once
from .filtering import Filter, more_people, people_page

MOST_NAMED = 5
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
    if "anyway" not in request.POST and (namesakes := _called_so(request, said["name"])):
        return _form(request, said, {}, 409, known=namesakes, namesakes=True)
    try:
        done = add_person(request.visit.by, **said)
    except Trouble as trouble:
        wrong = str(trouble.fields.get("field") or ("email" if said["email"] else "phone"))
        known = _known(request, [UUID(owner)]) if (owner := str(trouble.fields.get("person_id") or "")) else ()
        errors = {wrong if wrong in FIELDS else "name": trouble.sentence}
        return _form(request, said, errors, trouble.status, known=known, namesakes=False)
    return go_to(
        request, f"/people/{done.person_id}", _("%(name)s is here now.") % {"name": said["name"]}, done.journal_id
    )


def _called_so(request: WebRequest, name: str) -> tuple[KnownAlready, ...]:
    """Who is called so already, a few of them."""
    called = visible_to(request.visit.viewer).filter(sort_name=fold(one_line(name, 300)))
    return (
        _known(request, list(called.order_by("id").values_list("id", flat=True)[:MOST_NAMED])) if name.strip() else ()
    )


def _known(request: WebRequest, people: list[UUID]) -> tuple[KnownAlready, ...]:
    found = people_named(request.visit.viewer, people)
    return tuple(KnownAlready(one.name, f"/people/{one.id}", one.organization) for one in found.values())


def _form(
    request: WebRequest,
    said: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
    known: tuple[KnownAlready, ...] = (),
    namesakes: bool = False,
) -> HttpResponse:
    fields = {name: Field(said.get(name, ""), errors.get(name, "")) for name in FIELDS}
    return page(
        "new_person.html", shell(request, "people"), NewPersonPage(**fields, known=known, namesakes=namesakes), status
    )
