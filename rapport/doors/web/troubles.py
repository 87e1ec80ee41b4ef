"""A trouble as a page: what happened, that nothing was lost, and what to do now. Never a secret, never a query."""

from __future__ import annotations

import secrets
import sys
from logging import getLogger

from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rapport.doors.operations.packing import no_room, too_many_files
from rapport.kit.logs import kind_of
from rapport.kit.trouble import Trouble

from .answering import lobby, page, wants_fragment
from .pages.trouble import TroublePage

logger = getLogger(__name__)


def page_for(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page (for a part of an open page: the one sentence) that tells somebody about a trouble."""
    return _told(request, TroublePage(trouble.status, _title(trouble.status), trouble.sentence))


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one opened before signing in."""
    text = _(
        "This form was opened too long ago, or somewhere else. Nothing was changed. Open the page again and retry."
    )
    return _told(request, TroublePage(403, _("Please try that again"), text, request.path, _("Open the page again")))


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request we cannot take as it came: too many files at once, a form cut in the middle."""
    if isinstance(exception, TooManyFilesSent):
        return page_for(request, too_many_files())
    text = _("That arrived broken, or was too much at once. Nothing was changed. Try again with less.")
    return _told(request, TroublePage(400, _title(400), text))


def busy(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Others hold what is wanted for longer than a page waits, an import people; or the database went away."""
    if full := no_room(fault):
        return page_for(request, full)
    match = request.resolver_match
    logger.warning("A page has to wait: fault=%s view=%s", kind_of(fault), match.view_name if match else "none")
    text = _("Somebody else, or an import, is changing the same. Nothing was changed here. Try again in a moment.")
    return _told(request, TroublePage(503, _title(503), text))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address nobody lives at."""
    text = _("There is no such page, or it is not yours to see. Nothing was lost.")
    return _told(request, TroublePage(404, _title(404), text))


def no_such_way(request: HttpRequest) -> HttpResponse:
    """A page that only shows, to which something was sent."""
    text = _("Nothing can be sent to this page. Nothing was changed. Open it and use what it offers.")
    return _told(request, TroublePage(405, _title(400), text, request.path, _("Open the page")))


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. What was being done is rolled back; the reference leads to the log line."""
    if (fault := sys.exc_info()[1]) and (full := no_room(fault)):
        return page_for(request, full)
    reference = secrets.token_hex(4)
    match = request.resolver_match
    logger.error("A page failed: reference=%s view=%s", reference, match.view_name if match else "none")
    text = _("That is our fault, not yours. Nothing was half done: what you last saved is safe. Please try once more.")
    return _told(request, TroublePage(500, _title(500), text, reference=reference))


def _told(request: HttpRequest, told: TroublePage) -> HttpResponse:
    if wants_fragment(request):
        return HttpResponse(format_html('<p class="note risk" role="alert">{}</p>', told.text), status=told.status)
    return page("trouble.html", lobby(request), told, told.status)


def _title(status: int) -> str:
    return {
        400: _("That cannot be done like this"),
        403: _("That is not yours to do"),
        404: _("There is nothing here"),
        409: _("That cannot be done now"),
        429: _("Please wait a little"),
        503: _("Not just now"),
        507: _("The disk is full"),
    }.get(status, _("Something went wrong"))
