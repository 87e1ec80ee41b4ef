"""Signing in with a password or by a link in a mail, and signing out. Nobody signs up by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.accounts.attempts import (
    LINKS_FROM_ADDRESS,
    LINKS_OF_ACCOUNT,
    PASSKEYS_FROM_ADDRESS,
    PASSWORDS_FROM_ADDRESS,
    PASSWORDS_OF_ACCOUNT,
    forget_attempts,
    may_try,
)
from rapport.accounts.factors import has_second_factor
from rapport.accounts.holding import is_anything_held, may_mail_to
from rapport.accounts.models import User
from rapport.accounts.outgoing import mail_sign_in_link
from rapport.kit import clock
from rapport.kit.trouble import Trouble

from ..coming_from import address_of
from ..sessions import confirm, end_here
from .addresses import page_of_ours
from .answering import go_to, lobby, page
from .entering import before_a_workspace, public
from .mailing import can_mail, site_of
from .pages.shell import Field
from .pages.signin import SignInPage
from .passkeys import who_shows

ENTERED = "entered"  # the key in the session: when it began
HALFWAY = "halfway"  # who gave the first of two proofs, when, and where they wanted to go
JUST = timedelta(minutes=15)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth behaves here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members are invited; the first one comes by the link `rapport up` prints."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a session comes from."""
        return address_of(request)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; posted, one is in, or a link is on its way."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return go_to(request, page_of_ours(request.GET.get("next", "")))
        return _page(request, SignInPage(next=page_of_ours(request.GET.get("next", "")), can_mail=can_mail()))
    if said := request.POST.get("passkey", ""):
        return _by_passkey(request, said)
    email, password = request.POST.get("email", "").strip().lower(), request.POST.get("password", "")
    if can_mail() and email and (request.POST.get("way") == "link" or not password):
        return _mail_link(request, email)
    return _by_password(request, email, password)


@before_a_workspace
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here; other sessions stay."""
    end_here(request)
    return go_to(request, "/accounts/login")


def enter_with_first_proof(request: HttpRequest, user: User, onward: str) -> HttpResponse:
    """On to where they wanted; who has a second factor is asked for it first, whatever the first proof was."""
    if has_second_factor(user):
        request.session[HALFWAY] = {"user": str(user.id), "at": clock.now().isoformat(), "next": onward}
        return go_to(request, "/accounts/second-step")
    enter_as(request, user)
    return go_to(request, onward)


def enter_as(request: HttpRequest, user: User) -> None:
    """Sign this user in, in a session with a new key."""
    request.session.pop(HALFWAY, None)
    login(request, user, backend=BACKEND)
    request.session[ENTERED] = clock.now().isoformat()
    confirm(request)


def has_just_entered(request: HttpRequest) -> bool:
    """Whether this session began moments ago: nobody has left the screen alone since."""
    entered = request.session.get(ENTERED)
    return entered is not None and clock.now() - datetime.fromisoformat(entered) < JUST


def may_guess(request: HttpRequest, email: str) -> bool:
    """Count a password given for this account, and say whether it may be looked at."""
    now = clock.now()
    from_here = may_try(PASSWORDS_FROM_ADDRESS, address_of(request), now)
    return may_try(PASSWORDS_OF_ACCOUNT, email, now) and from_here


def _by_password(request: HttpRequest, email: str, password: str) -> HttpResponse:
    if not may_guess(request, email):
        error = _("That was tried too often. Wait a quarter of an hour, or sign in by a link.")
        return _page(request, _again(request, email, error), 429)
    user = authenticate(request, email=email, password=password)
    if not isinstance(user, User):
        return _page(request, _again(request, email, _("This address and this password do not belong together.")), 422)
    forget_attempts(PASSWORDS_OF_ACCOUNT, email)
    return enter_with_first_proof(request, user, page_of_ours(request.POST.get("next", "")))


def _by_passkey(request: HttpRequest, said: str) -> HttpResponse:
    """A passkey is two proofs in one: that they have the device, and that they can open it."""
    if not may_try(PASSKEYS_FROM_ADDRESS, address_of(request), clock.now()):
        return _page(request, _again(request, "", _("That was tried too often. Wait an hour.")), 429)
    try:
        user = who_shows(request, said, None, clock.now())
    except Trouble as wrong:
        return _page(request, _again(request, "", wrong.sentence), 422)
    enter_as(request, user)
    return go_to(request, page_of_ours(request.POST.get("next", "")))


def _mail_link(request: HttpRequest, email: str) -> HttpResponse:
    """The same answer whether the address is known or not."""
    now = clock.now()
    if not may_try(LINKS_FROM_ADDRESS, address_of(request), now):
        return _page(request, _again(request, email, _("That was tried too often. Wait an hour.")), 429)
    user = User.objects.filter(email=email, is_active=True).first()
    if may_try(LINKS_OF_ACCOUNT, email, now) and user is not None and may_mail_to(user):
        onward = page_of_ours(request.POST.get("next", ""))
        mail_sign_in_link(user, site_of(request), now, onward if onward != "/" else "")
    return _page(request, SignInPage(email=Field(email), link_sent=True, is_held=is_anything_held()))


def _again(request: HttpRequest, email: str, error: str) -> SignInPage:
    return SignInPage(
        email=Field(email), error=error, next=page_of_ours(request.POST.get("next", "")), can_mail=can_mail()
    )


def _page(request: HttpRequest, value: SignInPage, status: int = 200) -> HttpResponse:
    return page("signin.html", lobby(request), value, status)
