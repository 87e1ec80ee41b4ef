"""The viewer's own settings, and their password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ..accounts.oneself import READINGS, THEMES, Oneself, Unfit, set_oneself, set_password, set_working_time
from ..answering import go_to, page
from ..around import shell
from ..choosing import days_chosen, time_zones, working_days
from ..entering import WebRequest
from ..pages.settings import SettingsPage
from ..pages.shell import Choice, Field

THEME_WORDS = dict(
    zip(THEMES, (gettext_lazy("As the system"), gettext_lazy("Light"), gettext_lazy("Dark")), strict=True)
)
READING_WORDS = dict(
    zip(READINGS, (gettext_lazy("House"), gettext_lazy("Extra legible"), gettext_lazy("The system’s own")), strict=True)
)


@require_http_methods(["GET", "HEAD", "POST"])
def oneself(request: WebRequest) -> HttpResponse:
    """What can be set about oneself; posted, it is kept."""
    visit = request.visit
    user = visit.user
    if request.method != "POST":
        kept = Oneself(user.name, user.email, user.language, user.theme, user.reading, user.keys_on)
        return _page(request, kept, visit.viewer.time_zone, list(visit.viewer.working_days), {})
    said, wanted = request.POST.get, _wanted(request)
    zone, days = said("time_zone", ""), days_chosen(request)
    try:
        set_working_time(visit.viewer.membership_id, zone, days)
        set_oneself(user, wanted)
    except Unfit as unfit:
        return _page(request, wanted, zone, days, unfit.errors, 422)
    with translation.override(user.language):
        return go_to(request, "/settings", _("Saved."))


@require_POST
def password(request: WebRequest) -> HttpResponse:
    """A new password; every other session of this user ends with the old one."""
    set_password(request.visit.user, request.POST.get("current", ""), request.POST.get("password", ""))
    update_session_auth_hash(request, request.visit.user)
    return go_to(request, "/settings", _("Your password is changed. You are signed out everywhere else."))


def _wanted(request: WebRequest) -> Oneself:
    said = request.POST.get
    return Oneself(
        name=said("name", ""),
        email=said("email", "") or request.visit.user.email,
        language=said("language", ""),
        theme=said("theme", ""),
        reading=said("reading", ""),
        keys_on=said("keys", "on") == "on",
    )


def _page(
    request: WebRequest, own: Oneself, zone: str, days: list[int], errors: dict[str, str], status: int = 200
) -> HttpResponse:
    reading = own.reading if own.reading in READINGS else "plain"
    value = SettingsPage(
        name=Field(own.name, errors.get("name", "")),
        email=Field(own.email, errors.get("email", "")),
        time_zone=Field(zone, errors.get("time_zone") or errors.get("working_days", "")),
        time_zones=time_zones(zone),
        working_days=working_days(days),
        languages=tuple(Choice(code, name, code == own.language) for code, name in settings.LANGUAGES),
        themes=tuple(Choice(name, str(word), name == own.theme) for name, word in THEME_WORDS.items()),
        readings=tuple(Choice(name, str(word), name == reading) for name, word in READING_WORDS.items()),
        keys_on=own.keys_on,
    )
    return page("settings.html", shell(request, "settings"), value, status)
