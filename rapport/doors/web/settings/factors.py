"""The viewer's second factors: passkeys, an app that shows codes, and recovery codes."""

from __future__ import annotations

from base64 import b64encode

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.accounts.factors import (
    codes_left,
    has_app,
    has_second_factor,
    new_recovery_codes,
    new_secret,
    passkeys_of,
    turn_off,
    turn_on_app,
)
from rapport.kit.trouble import Trouble
from rapport.people.visible import person_of

from ...sessions import end_others
from ..answering import go_to, page
from ..around import shell
from ..confirming import confirmed
from ..entering import WebRequest, without_second_factor
from ..pages.settings import FactorsPage, PasskeyLine
from ..pages.shell import Field
from ..passkeys import app_address, ask_to_make, keep

SECRET = "app-secret"  # noqa: S105 - the key in the session: what the app that is being set up is told


@without_second_factor
@require_safe
def factors(request: WebRequest) -> HttpResponse:
    """What one has."""
    return _page(request)


@without_second_factor
@confirmed
@require_POST
def app(request: WebRequest) -> HttpResponse:
    """Show a secret for an app; with the code the app shows, turn it on."""
    visit, code = request.visit, request.POST.get("code", "")
    secret = request.session.get(SECRET)
    if secret is None or not code:
        request.session[SECRET] = new_secret()
        return _page(request, secret=request.session[SECRET])
    try:
        turn_on_app(visit.user, secret, code, visit.now)
    except Trouble as wrong:
        return _page(request, secret=secret, code=Field(error=wrong.sentence), status=422)
    del request.session[SECRET]
    return _turned_on(request, "app")


@without_second_factor
@confirmed
@require_POST
def app_off(request: WebRequest) -> HttpResponse:
    """No codes of an app any more."""
    turn_off(request.visit.user)
    return _turned_off(request, "app")


@without_second_factor
@require_POST
def begin_passkey(request: WebRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse(ask_to_make(request, request.visit.user))


@without_second_factor
@confirmed
@require_POST
def add_passkey(request: WebRequest) -> HttpResponse:
    """Keep the passkey the browser made."""
    said = request.POST.get
    try:
        keep(request, request.visit.user, said("passkey", ""), said("name", ""))
    except Trouble as wrong:
        return _page(request, name=Field(said("name", ""), wrong.sentence), status=422)
    return _turned_on(request, "passkey")


@without_second_factor
@confirmed
@require_POST
def remove_passkey(request: WebRequest, factor_id: int) -> HttpResponse:
    """One passkey less."""
    turn_off(request.visit.user, factor_id)
    return _turned_off(request, "passkey")


@confirmed
@require_POST
def codes(request: WebRequest) -> HttpResponse:
    """Ten new recovery codes; those there were work no more."""
    if not has_second_factor(request.visit.user):
        raise Trouble(_("Turn a second factor on first."), code="no-second-factor")
    return _page(request, codes=new_recovery_codes(request.visit.user))


def _turned_on(request: WebRequest, which: str) -> HttpResponse:
    """Who was signed in with less is signed out; with the first factor come the recovery codes."""
    end_others(request)
    _note(request, "member.factor-on", which)
    fresh = [] if codes_left(request.visit.user) else new_recovery_codes(request.visit.user)
    return _page(request, codes=fresh) if fresh else go_to(request, "/settings/factors", _("It is on."))


def _turned_off(request: WebRequest, which: str) -> HttpResponse:
    end_others(request)
    _note(request, "member.factor-off", which)
    return go_to(request, "/settings/factors", _("It is off."))


def _note(request: WebRequest, verb: str, which: str) -> None:
    visit = request.visit
    visit.by.note(
        verb,
        subject_id=visit.viewer.person_id,
        subject_name=person_of(visit.viewer, visit.viewer.person_id).name,
        values={"which": which},
    )


def _page(
    request: WebRequest,
    codes: list[str] | None = None,
    secret: str = "",
    code: Field | None = None,
    name: Field | None = None,
    status: int = 200,
) -> HttpResponse:
    visit = request.visit
    _address, picture = app_address(request, visit.user, secret) if secret else ("", "")
    value = FactorsPage(
        passkeys=tuple(
            PasskeyLine(
                id=one.id,
                name=one.wrap().name,
                made=visit.local(one.created_at),
                used=one.last_used_at and visit.local(one.last_used_at),
            )
            for one in passkeys_of(visit.user)
        ),
        has_app=has_app(visit.user),
        is_on=has_second_factor(visit.user),
        is_needed=visit.here.workspace.needs_second_factor,
        codes_left=codes_left(visit.user),
        codes=tuple(codes or ()),
        secret=secret,
        picture=f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}" if picture else "",
        code=code or Field(),
        name=name or Field(),
        can_passkey=request.is_secure() or request.get_host().partition(":")[0] == "localhost",
    )
    return page("factors.html", shell(request, "settings"), value, status)
