"""The end of a workspace: what goes, its name to be typed, and away."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rapport.accounts.access import require
from rapport.accounts.models import User
from rapport.interactions.ending import end_workspace
from rapport.kit.trouble import NotUnderstood

from ..sessions import CHOSEN_WORKSPACE
from .answering import go_to, lobby, page
from .confirming import confirmed
from .entering import WebRequest
from .pages.firstrun import EndPage
from .pages.shell import Field


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: WebRequest) -> HttpResponse:
    """What goes away, because it cannot be undone; posted with the name of the workspace, away with it."""
    visit = request.visit
    require(visit.viewer, "own")
    if visit.viewer.is_sample:
        return go_to(request, "/sample/leave")
    if request.method != "POST":
        return _page(request, Field())
    typed = request.POST.get("name", "")
    try:
        end_workspace(visit.viewer, typed, settings.HOUSE.files_folder)
    except NotUnderstood as refused:
        return _page(request, Field(typed, refused.sentence), 422)
    request.session.pop(CHOSEN_WORKSPACE, None)
    if not User.objects.filter(id=visit.user.id).exists():
        logout(request)
        return go_to(request, "/accounts/login")
    return go_to(request, "/" if len(visit.memberships) > 1 else "/welcome")


def _page(request: WebRequest, name: Field, status: int = 200) -> HttpResponse:
    return page("end_workspace.html", lobby(request), EndPage(request.visit.here.workspace.name, name), status)
