"""Personal keys for the API: made, shown once, taken away."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.accounts.access import require
from rapport.accounts.keys import end_key, keys_of, make_key

from ..answering import go_to, page
from ..around import shell
from ..entering import WebRequest
from ..pages.settings import KeyLine, KeysPage
from ..pages.shell import Field
from ..sending import sent_once


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def keys(request: WebRequest) -> HttpResponse:
    """The viewer's keys; posted, one more or one fewer. The text of a new one is in this answer and nowhere else."""
    if request.method != "POST":
        return _page(request)
    if "remove" in request.POST:
        end_key(request.visit.viewer, request.POST["remove"], request.visit.now)
        return go_to(request, "/settings/keys", _("The key no longer works."))
    name = request.POST.get("name", "").strip()
    if not name:
        return _page(request, name=Field(error=_("Write what it is for, so that you know it again.")), status=422)
    viewer = request.visit.viewer
    require(viewer, "read")
    _made, text = make_key(viewer.membership_id, viewer.workspace_id, name, not viewer.is_guest, request.visit.now)
    return _page(request, fresh=text)


def _page(request: WebRequest, fresh: str = "", name: Field | None = None, status: int = 200) -> HttpResponse:
    visit = request.visit
    begins = f"rap_{visit.viewer.workspace_id.hex[:8]}"
    lines = tuple(
        KeyLine(
            str(key.id), key.name, begins, visit.local(key.made_at), key.last_used_at and visit.local(key.last_used_at)
        )
        for key in keys_of(visit.viewer)
    )
    return page("api_keys.html", shell(request, "settings"), KeysPage(lines, name or Field(), fresh), status)
