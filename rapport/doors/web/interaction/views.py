"""The addresses of one interaction."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..answering import document, page
from ..around import shell
from ..entering import WebRequest
from ..protecting import FRAMED_MAIL_POLICY
from .formatted import page_of_mail
from .gathering import interaction_page


@require_safe
def interaction(request: WebRequest, interaction_id: UUID) -> HttpResponse:
    """What happened, who took part, and the words where they are the viewer's to read."""
    value = interaction_page(request.visit, interaction_id)
    return page("interaction.html", shell(request, "people"), value)


@require_safe
def formatted(request: WebRequest, interaction_id: UUID) -> HttpResponse:
    """The formatted mail by itself, for the frame: cleaned, and under a policy that lets nothing run or be fetched."""
    cleaned = page_of_mail(request.visit.viewer, interaction_id)
    response = document("frame.html", cleaned=cleaned.html)
    response.headers["Content-Security-Policy"] = FRAMED_MAIL_POLICY
    return response
