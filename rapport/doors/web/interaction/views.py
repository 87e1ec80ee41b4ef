"""The addresses of one interaction."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rapport.interactions.giving_out.meetings import meeting_file
from rapport.interactions.opening import attached_file, raw_of
from rapport.interactions.taking_out import take_out
from rapport.kit.trouble import NotFound

from ..answering import afterwards, document, kept_file, page
from ..around import shell
from ..entering import WebRequest
from ..protecting import FRAMED_MAIL_POLICY
from .colouring import has_own_colours
from .formatted import page_of_mail
from .gathering import interaction_page, with_mail


@require_safe
def interaction(request: WebRequest, interaction_id: UUID) -> HttpResponse:
    """What happened, who took part, and the words where they are the viewer's to read."""
    value, raw = interaction_page(request.visit, interaction_id)
    around = shell(request, "people")

    def read() -> HttpResponse:
        mail = page_of_mail(raw) if raw else None
        return page("interaction.html", around, with_mail(value, interaction_id, mail))

    return afterwards(read)


@require_safe
def formatted(request: WebRequest, interaction_id: UUID) -> HttpResponse:
    """The formatted mail by itself, for the frame: cleaned, and under a policy that lets nothing run or be fetched."""
    raw = raw_of(request.visit.viewer, interaction_id)

    def read() -> HttpResponse:
        mail = page_of_mail(raw)
        if mail is None or mail.formatted is None:
            raise NotFound(_("This mail has no formatted version."))
        response = document(
            "frame.html", cleaned=mail.formatted.html, paper="white" if has_own_colours(mail.formatted.html) else ""
        )
        response.headers["Content-Security-Policy"] = FRAMED_MAIL_POLICY
        return response

    return afterwards(read)


@require_safe
def attachment(request: WebRequest, interaction_id: UUID, place: int) -> HttpResponse:
    """A file attached to it, to be kept: a browser neither shows nor runs it."""
    wanted = attached_file(
        request.visit.viewer, interaction_id, place, request.visit.now if request.visit.as_of else None
    )

    def read() -> HttpResponse:
        file = take_out(wanted)
        return kept_file(file.name, file.body)

    return afterwards(read)


@require_safe
def calendar_entry(request: WebRequest, interaction_id: UUID) -> HttpResponse:
    """It as a file that a calendar takes in."""
    visit = request.visit
    file = meeting_file(visit.viewer, interaction_id, visit.now, visit.now if visit.as_of else None)
    return kept_file(file.name, file.body, "text/calendar; charset=utf-8")
