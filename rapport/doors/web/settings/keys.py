"""Personal keys for the API: made, shown once, taken away."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rapport.accounts.access import may
from rapport.accounts.keys import LASTS, end_key, keys_of, make_key
from rapport.accounts.models import Key

from ..answering import go_to, page
from ..around import shell
from ..confirming import confirmed
from ..entering import Visit, WebRequest
from ..pages.settings import KeyLine, KeysPage
from ..pages.shell import Choice, Field
from ..sending import sent_once

USUAL = "90"
LASTS_WORDS = dict(
    zip(
        LASTS,
        (gettext_lazy("30 days"), gettext_lazy("90 days"), gettext_lazy("a year"), gettext_lazy("until I remove it")),
        strict=True,
    )
)


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def keys(request: WebRequest) -> HttpResponse:
    """The viewer's keys; posted, one more or one fewer. The text of a new one is in this answer and nowhere else."""
    if request.method != "POST":
        return _page(request)
    if "remove" in request.POST:
        end_key(request.visit.viewer, request.POST["remove"], request.visit.now)
        return go_to(request, "/settings/keys", _("The key no longer works."))
    said = request.POST.get
    name, scope, lasts = said("name", "").strip(), said("may", "read"), said("lasts", USUAL)
    if not name:
        error = _("Write what it is for, so that you know it again.")
        return _page(request, name=Field(error=error), scope=scope, lasts=lasts, status=422)
    viewer = request.visit.viewer
    may_write = scope in ("write", "manage") and may(viewer, "write")
    may_manage = scope == "manage" and may(viewer, "manage")
    how_long = LASTS.get(lasts, LASTS[USUAL])
    _made, text = make_key(
        viewer.membership_id, viewer.workspace_id, name, may_write, request.visit.now, how_long, may_manage
    )
    return _page(request, fresh=text)


def _page(
    request: WebRequest,
    fresh: str = "",
    name: Field | None = None,
    scope: str = "read",
    lasts: str = USUAL,
    status: int = 200,
) -> HttpResponse:
    visit = request.visit
    value = KeysPage(
        keys=tuple(_line(visit, key) for key in keys_of(visit.viewer)),
        name=name or Field(),
        fresh=fresh,
        may=_may(visit, scope),
        lasts=tuple(Choice(one, str(word), one == lasts) for one, word in LASTS_WORDS.items()),
    )
    return page("api_keys.html", shell(request, "settings"), value, status)


def _line(visit: Visit, key: Key) -> KeyLine:
    return KeyLine(
        id=str(key.id),
        name=key.name,
        made=visit.local(key.made_at),
        used=key.last_used_at and visit.local(key.last_used_at),
        may_write=key.may_write,
        may_manage=key.may_manage,
        until=key.expires_at and visit.local(key.expires_at),
        is_over=key.expires_at is not None and key.expires_at <= visit.now,
    )


def _may(visit: Visit, scope: str) -> tuple[Choice, ...]:
    """To look is what is proposed: most programs only ask, and a key lies about in files."""
    if not may(visit.viewer, "write"):
        return ()
    words = {"read": _("Only look"), "write": _("Look and change things")}
    if may(visit.viewer, "manage"):
        words["manage"] = _("That, and say who gets in: roles, members")
    return tuple(Choice(one, word, one == scope) for one, word in words.items())
