"""The second of two proofs, asked of who has one; and what a browser needs to show a passkey."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.accounts.attempts import (
    CODES_OF_ACCOUNT,
    PASSKEYS_FROM_ADDRESS,
    forget_attempts,
    may_try,
)
from rapport.accounts.factors import has_app, is_right_code, passkeys_of
from rapport.accounts.models import User
from rapport.accounts.sealing import Unreadable
from rapport.kit import clock
from rapport.kit.trouble import Trouble

from ..coming_from import address_of
from .addresses import page_of_ours
from .answering import go_to, lobby, page
from .confirming import unreadable_sentence, wrong_code_sentence
from .entering import public
from .pages.shell import Field
from .pages.signin import SecondStepPage
from .passkeys import ask_to_show, who_shows
from .signing_in import HALFWAY, enter_as

RESET = "rapport reset-second-factor --member"
LASTS = timedelta(minutes=10)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Asks for the code or the passkey; posted and right, one is in."""
    user = who_is_halfway(request)
    if user is None:
        return go_to(request, "/accounts/login")
    if request.method != "POST":
        return _page(request, user)
    onward = page_of_ours(request.session[HALFWAY].get("next", ""))
    error, status = _wrong(request, user)
    if error:
        return _page(request, user, error, status)
    enter_as(request, user)
    return go_to(request, onward)


@public
@require_POST
def begin_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser needs to show a passkey: to enter, to take the second step, or to confirm something."""
    if not may_try(PASSKEYS_FROM_ADDRESS, address_of(request), clock.now()):
        return JsonResponse({"said": _("That was tried too often. Wait an hour.")}, status=429)
    user = request.user if request.user.is_authenticated else who_is_halfway(request)
    return JsonResponse(ask_to_show(request, user))


def who_is_halfway(request: HttpRequest) -> User | None:
    """Who gave a first proof in this session, a moment ago."""
    kept = request.session.get(HALFWAY)
    if kept is None or clock.now() - datetime.fromisoformat(kept["at"]) > LASTS:
        return None
    return User.objects.filter(id=kept["user"], is_active=True).first()


def _wrong(request: HttpRequest, user: User) -> tuple[str, int]:
    """What is wrong with the second proof and the status that says so; nothing where it is right."""
    now, said = clock.now(), request.POST.get
    if shown := said("passkey", ""):
        try:
            who_shows(request, shown, user, now)
        except Trouble as wrong:
            return wrong.sentence, 422
        return "", 200
    if not may_try(CODES_OF_ACCOUNT, user.email, now):
        return _("That was tried too often. Wait a quarter of an hour."), 429
    try:
        if not is_right_code(user, said("code", ""), now):
            return wrong_code_sentence(), 422
    except Unreadable:
        return unreadable_sentence(), 409
    forget_attempts(CODES_OF_ACCOUNT, user.email)
    return "", 200


def _page(request: HttpRequest, user: User, error: str = "", status: int = 200) -> HttpResponse:
    value = SecondStepPage(
        by_code=has_app(user),
        by_passkey=bool(passkeys_of(user)),
        reset=f"{RESET} {user.email}",
        code=Field(error=error),
    )
    return page("second_step.html", lobby(request), value, status)
