"""The addresses of one person's rights."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapport.accounts.access import require
from rapport.doors.known.asking import whole_for_them
from rapport.doors.known.everything import Everything, everything_about
from rapport.doors.known.files import zip_of
from rapport.interactions.erasing.beginning import erase as begin_to_erase
from rapport.interactions.erasing.plan import let_come_back
from rapport.interactions.wishing import ask_not, lift
from rapport.kit.trouble import Trouble
from rapport.relationships.refresh import read_on

from ..answering import go_to, page
from ..around import shell
from ..confirming import confirmed
from ..entering import WebRequest
from ..pages.shell import Field
from .gathering import erase_page, erasures_page, known_page


@require_safe
def known(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Everything we know about them, by source."""
    return page("known.html", shell(request, "people"), known_page(request.visit, person_id))


@require_safe
def known_file(request: WebRequest, person_id: UUID) -> HttpResponse:
    """The same as a file, as far as whoever asks may read it."""
    return _handed_out(everything_about(request.visit.viewer, person_id, request.visit.now))


@confirmed
@require_POST
def whole_file(request: WebRequest, person_id: UUID) -> HttpResponse:
    """The whole file, for the person's own request."""
    why = request.POST.get("why", "")
    try:
        about = whole_for_them(request.visit.by, person_id, why)
    except Trouble as trouble:
        if trouble.code != "no-reason":
            raise
        value = known_page(request.visit, person_id, Field(why, trouble.sentence))
        return page("known.html", shell(request, "people"), value, trouble.status)
    return _handed_out(about)


@require_POST
def wish(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Write down what they asked of us."""
    done = ask_not(request.visit.by, person_id, request.POST.get("kind", ""), request.POST.get("why", ""))
    read_on(request.visit.now)
    return go_to(request, f"/people/{done.person_id}", _("It is written down, and holds from now on."), done.journal_id)


@require_POST
def lift_wish(request: WebRequest, person_id: UUID, kind: str) -> HttpResponse:
    """They ask for it no more."""
    done = lift(request.visit.by, person_id, kind)
    read_on(request.visit.now)
    return go_to(request, f"/people/{done.person_id}", _("They ask for it no more."), done.journal_id)


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: WebRequest, person_id: UUID) -> HttpResponse:
    """What erasing them would do; posted with their name, it begins."""
    if request.method != "POST":
        return page("erase.html", shell(request, "people"), erase_page(request.visit, person_id))
    typed = request.POST.get("name", "")
    try:
        begin_to_erase(request.visit.by, person_id, typed)
    except Trouble as trouble:
        if trouble.code not in ("not-confirmed", "signs-in", "import-at-work"):
            raise
        wrong = trouble.sentence if trouble.code == "not-confirmed" else ""
        value = erase_page(request.visit, person_id, Field(typed, wrong), "" if wrong else trouble.sentence)
        return page("erase.html", shell(request, "people"), value, trouble.status)
    read_on(request.visit.now)
    return go_to(request, "/erasures", _("They are erased. Copies and quotes follow within minutes."))


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def erasures(request: WebRequest) -> HttpResponse:
    """The latest erasures; posted with an address, somebody may be written down again."""
    require(request.visit.viewer, "own")
    if request.method != "POST":
        return page("erasures.html", shell(request, "team"), erasures_page(request.visit))
    address = request.POST.get("address", "")
    try:
        let_come_back(request.visit.by, "email", address)
    except Trouble as trouble:
        value = erasures_page(request.visit, Field(address, trouble.sentence))
        return page("erasures.html", shell(request, "team"), value, trouble.status)
    return go_to(request, "/erasures", _("They may be written down again. Nothing came back by this."))


def _handed_out(about: Everything) -> HttpResponse:
    name = f'attachment; filename="what-we-know-{about.made_at:%Y-%m-%d}.zip"'
    return HttpResponse(zip_of(about), content_type="application/zip", headers={"Content-Disposition": name})
