"""Whether this door can have mail sent, and where the links in it lead. The worker sends it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from rapport.accounts.holding import may_mail_to
from rapport.accounts.models import User


def can_mail() -> bool:
    """Whether somebody has said how mail leaves this machine."""
    return settings.MAIL_SERVER is not None


def can_mail_to(user: User) -> bool:
    """Whether a mail would reach this user: a restored copy waits for a person's word before it writes to anybody."""
    return can_mail() and may_mail_to(user)


def site_of(request: HttpRequest) -> str:
    """By which address people reach us: https://rapport.example.com

    A link that is mailed leads nowhere else: whoever asks for it may name this machine, on any port, as the host.
    """
    asked, ours = request.get_host(), settings.OWN_HOSTS
    if not ours or validate_host(split_domain_port(asked)[0], ours):
        return f"{request.scheme}://{asked}"
    return f"{'https' if settings.BEHIND_TLS else request.scheme}://{ours[0].lstrip('.*')}"
