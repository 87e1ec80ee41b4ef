"""A forgotten password: a link by mail, where mail goes out. The same is said whether the address is known or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.accounts.attempts import LINKS_FROM_ADDRESS, LINKS_OF_ACCOUNT, may_try
from rapport.accounts.holding import may_mail_to
from rapport.accounts.models import User
from rapport.accounts.outgoing import mail_password_link
from rapport.kit import clock

from ..coming_from import address_of
from .answering import lobby, page
from .entering import public
from .mailing import can_mail, site_of
from .pages.shell import Field
from .pages.signin import ForgottenPage


@public
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Where one asks for the mail; posted, it is on its way if the address is known."""
    if request.method != "POST" or not can_mail():
        return _page(request, ForgottenPage(can_mail=can_mail()))
    email, now = request.POST.get("email", "").strip().lower(), clock.now()
    if not may_try(LINKS_FROM_ADDRESS, address_of(request), now):
        error = _("That was tried too often. Wait an hour.")
        return _page(request, ForgottenPage(email=Field(email), error=error), 429)
    user = User.objects.filter(email=email, is_active=True).first()
    if may_try(LINKS_OF_ACCOUNT, email, now) and user is not None and may_mail_to(user):
        mail_password_link(user, site_of(request), now)
    return _page(request, ForgottenPage(email=Field(email), is_sent=True))


def _page(request: HttpRequest, value: ForgottenPage, status: int = 200) -> HttpResponse:
    return page("forgotten.html", lobby(request), value, status)
