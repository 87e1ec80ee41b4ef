"""Where the viewer is signed in, and ending it there."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.kit.trouble import NotFound

from ...sessions import end_here, end_others, sessions_of
from ..answering import go_to, page
from ..around import shell
from ..entering import Visit, WebRequest
from ..pages.settings import SessionLine, SessionsPage

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"))


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: WebRequest) -> HttpResponse:
    """The viewer's sessions; posted, one of them or all others end."""
    if request.method != "POST":
        return page("sessions.html", shell(request, "settings"), SessionsPage(_lines(request)))
    here = request.session.session_key
    own = UserSession.objects.filter(user=request.visit.user)
    if request.POST.get("end") == "others":
        end_others(request)
        return go_to(request, "/settings/sessions", _("All others are ended."))
    chosen = request.POST.get("end", "")
    ended = own.filter(id=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 10 else None
    if ended is None:
        raise NotFound(_("That session has ended already."))
    if ended.session_key == here:
        end_here(request)
        return go_to(request, "/accounts/login")
    ended.end()
    return go_to(request, "/settings/sessions", _("That session is ended."))


def device_of(agent: str) -> str:
    """A browser and its system in words, from what it says about itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "Linux" if "Linux" in agent else "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")


def _lines(request: WebRequest) -> tuple[SessionLine, ...]:
    visit: Visit = request.visit
    return tuple(
        SessionLine(
            id=str(one.id),
            device=device_of(one.user_agent),
            place=one.ip,
            seen=visit.local(one.last_seen_at),
            is_this=one.session_key == request.session.session_key,
        )
        for one in sessions_of(visit.user)
    )
