"""The addresses of the log line."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.accounts.access import require
from rapport.care.actions import done, suggestion_of
from rapport.care.clearing import see_what_changed
from rapport.care.models import Suggestion
from rapport.interactions.logging import log_said
from rapport.interactions.saying.wording import nobody_answered
from rapport.kit.ids import as_id
from rapport.kit.trouble import Trouble

from ..addresses import next_on_today, page_back
from ..answering import go_to, page
from ..around import part_shell, shell
from ..entering import WebRequest
from ..knowing import known
from ..pages.telling import LogPage
from ..sending import sent_once
from .understanding import Told, answered_of, understood_page


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def log_page(request: WebRequest) -> HttpResponse:
    """The log line as a page of its own; posted, it is kept, and one stays where one was."""
    visit = request.visit
    require(visit.viewer, "write")
    if request.method != "POST":
        about = as_id(request.GET.get("about"))
        return _form(request, Told("", about, ()), "")
    suggestion = as_id(request.POST.get("suggestion"))
    placed = suggestion_of(visit.by, suggestion) if suggestion else None
    told = _about_whom(Told.of(request, visit), placed)
    try:
        with transaction.atomic():  # what is refused adds nobody
            settled = answered_of(told, visit)
            whom = told.with_whom(settled)
            logged = log_said(visit.by, settled, whom)
    except Trouble as trouble:
        return _form(request, told, trouble.sentence, suggestion, trouble.status)
    undo = logged.journal_id
    is_unanswered = settled.understood.is_unanswered
    if placed is not None and placed.state == "open" and placed.person_id in whom and not is_unanswered:
        undo = done(visit.by, placed.id, logged)
    see_what_changed(visit.viewer, visit.now)
    said = nobody_answered() if is_unanswered else _("Kept.")
    return go_to(request, next_on_today(request) if suggestion else page_back(request), said, undo)


@require_POST
def understand(request: WebRequest) -> HttpResponse:
    """The chips for the sentence typed so far."""
    value = understood_page(Told.of(request, request.visit), request.visit)
    return page("understood.html", part_shell(request), value)


def _about_whom(told: Told, placed: Suggestion | None) -> Told:
    """Logged from Today, it is about whom the suggestion is about."""
    return replace(told, about=placed.person_id) if placed and told.about is None else told


def _form(
    request: WebRequest, told: Told, error: str, suggestion: UUID | None = None, status: int = 200
) -> HttpResponse:
    about = known(request.visit, [told.about]).get(told.about) if told.about else None
    value = LogPage(
        text=told.text,
        about=about.face if about else None,
        about_id=str(about.id) if about else "",
        suggestion_id=str(suggestion or ""),
        understood=understood_page(told, request.visit) if told.text else None,
        error=error,
        back=page_back(request),
    )
    return page("log.html", shell(request), value, status)
