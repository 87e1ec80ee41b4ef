"""Before something dangerous: whoever sits there shows once more that it is them, if they have not done so lately.

The form that was sent waits on the page that asks, and goes on as it was filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rapport.accounts.attempts import CODES_OF_ACCOUNT, PASSWORDS_OF_ACCOUNT, forget_attempts, may_try
from rapport.accounts.factors import has_app, has_second_factor, is_right_code, passkeys_of
from rapport.accounts.models import User
from rapport.accounts.sealing import Unreadable
from rapport.kit import clock
from rapport.kit.trouble import Trouble

from ..sessions import confirm, is_confirmed
from .answering import lobby, page
from .entering import View, beforehand
from .mailing import can_mail_to
from .pages.shell import Field
from .pages.signin import ConfirmPage
from .passkeys import who_shows
from .signing_in import may_guess

PASSWORD, CODE, SHOWN = "confirm-password", "confirm-code", "confirm-passkey"


def confirmed(view: View) -> View:
    """A view that does something dangerous: what is posted waits until it is confirmed who posts."""
    return beforehand(_ask)(view)


def confirmed_where(is_dangerous: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """The same for a view that does dangerous things beside others."""

    def _ask_where(request: HttpRequest) -> HttpResponse | None:
        return _ask(request) if is_dangerous(request) else None

    return beforehand(_ask_where)


def _ask(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST" or is_confirmed(request):
        return None
    user = cast(User, request.user)
    if not any(name in request.POST for name in (PASSWORD, CODE, SHOWN)):
        return _page(request, user)
    error = _shown_wrongly(request, user)
    if error:
        return _page(request, user, error, 429 if error == _too_often() else 422)
    confirm(request)
    return None


def _shown_wrongly(request: HttpRequest, user: User) -> str:
    """What is wrong with what they showed, or nothing. Who has a second factor shows that, not the password alone."""
    said = request.POST.get
    if said(SHOWN):
        return _said_by(lambda: who_shows(request, said(SHOWN, ""), user, clock.now()))
    if has_second_factor(user) or not user.has_usable_password():
        if not may_try(CODES_OF_ACCOUNT, user.email, clock.now()):
            return _too_often()
        return _is_wrong_code(user, said(CODE, ""))
    if not may_guess(request, user.email):
        return _too_often()
    if not user.check_password(said(PASSWORD, "")):
        return _("That is not your present password.")
    forget_attempts(PASSWORDS_OF_ACCOUNT, user.email)
    return ""


def _is_wrong_code(user: User, code: str) -> str:
    try:
        if is_right_code(user, code, clock.now()):
            forget_attempts(CODES_OF_ACCOUNT, user.email)
            return ""
    except Unreadable:
        return unreadable_sentence()
    return wrong_code_sentence()


def _said_by(show: Callable[[], object]) -> str:
    try:
        show()
    except Trouble as trouble:
        return trouble.sentence
    return ""


def wrong_code_sentence() -> str:
    """What is said to a code that is not right."""
    return _("This code is not right, or it was used already. Type the newest one, or a recovery code.")


def unreadable_sentence() -> str:
    """What is said where a copy was restored into a house with another key."""
    how = "rapport reset-second-factor --member you@your-company.com"
    said = _("This house was restored and can no longer check codes. Whoever runs Rapport turns them off: %(how)s")
    return said % {"how": how}


def _too_often() -> str:
    return _("That was tried too often. Wait a quarter of an hour.")


def _page(request: HttpRequest, user: User, error: str = "", status: int = 403) -> HttpResponse:
    asked = (PASSWORD, CODE, SHOWN, "csrfmiddlewaretoken")
    waiting = [(name, value) for name, values in request.POST.lists() if name not in asked for value in values]
    has_second = has_second_factor(user)
    value = ConfirmPage(
        address=request.path,
        waiting=tuple(waiting),  # all of it: what was chosen is not done to fewer
        by_password=user.has_usable_password() and not has_second,
        by_code=has_app(user),
        by_passkey=bool(passkeys_of(user)),
        email=user.email,
        can_mail=can_mail_to(user),
        command=f"rapport {'reset-second-factor' if has_second else 'link'} --member {user.email}",
        code=Field(error=error),
    )
    return page("confirm.html", lobby(request), value, status)
