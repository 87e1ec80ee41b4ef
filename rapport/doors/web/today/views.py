"""Today's addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rapport.accounts.acting import By
from rapport.care.actions import done, later, not_needed
from rapport.kit.ids import as_id

from ..addresses import next_on_today
from ..answering import go_to, page
from ..around import shell
from ..entering import WebRequest
from .queue import today_page
from .why_these import why_these_page

ACTS: dict[str, tuple[Callable[[By, UUID], UUID], object]] = {
    "done": (done, gettext_lazy("Done.")),
    "later": (later, gettext_lazy("Tomorrow, then.")),
    "not-needed": (not_needed, gettext_lazy("Not needed this time.")),
}


@require_safe
def today(request: WebRequest, suggestion_id: UUID | None = None) -> HttpResponse:
    """The whole screen, with this suggestion in focus, or the first that waits."""
    chosen = suggestion_id or as_id(request.GET.get("person"))
    value = today_page(request.visit, chosen)
    around = shell(request, "today")
    if request.visit.as_of is None:
        around = replace(around, waiting_today=value.waiting)
    return page("today.html", around, value)


@require_POST
def act(request: WebRequest, suggestion_id: UUID, verb: str) -> HttpResponse:
    """Do something about a suggestion, and go on to the next."""
    do, said = ACTS[verb]
    journal_id = do(request.visit.by, suggestion_id)
    return go_to(request, next_on_today(request), str(said), journal_id)


@require_safe
def why_these(request: WebRequest) -> HttpResponse:
    """What was looked for, and who was left out."""
    return page("why_these.html", shell(request, "today"), why_these_page(request.visit))
