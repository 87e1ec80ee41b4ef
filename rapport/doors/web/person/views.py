"""The addresses of one person: reading them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from rapport.people.opening import open_person

from ..answering import go_to, page
from ..around import shell
from ..entering import WebRequest
from .evidence import why_page
from .facing import edit_form
from .gathering import Asked, person_page


@require_safe
def person(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Their page; with `?edit` the form is open on it."""
    asked = Asked(request.GET.get("show", ""), request.GET.get("before"))
    edit = None
    if "edit" in request.GET:
        edit = replace(edit_form(open_person(request.visit.viewer, person_id)), is_open=True)
    return page("person.html", shell(request, "people"), person_page(request.visit, person_id, asked, edit))


@require_safe
def why(request: WebRequest, person_id: UUID) -> HttpResponse:
    """The figures in full and the evidence under one of their rows."""
    own = request.visit.viewer.person_id
    if person_id == own:  # nobody stands in a relationship with themselves
        return go_to(request, f"/people/{own}")
    value = why_page(request.visit, person_id, request.GET.get("row", ""), request.GET.get("before"))
    return page("why.html", shell(request, "people"), value)
