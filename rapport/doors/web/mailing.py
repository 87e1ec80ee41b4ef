"""Whether this door can have mail sent, and where the links in it lead. The worker sends it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host


def can_mail() -> bool:
    """Whether somebody has said how mail leaves this machine."""
    return settings.MAIL_SERVER is not None


def site_of(request: HttpRequest) -> str:
    """By which address people reach us: https://rapport.example.com

    A link that is mailed leads nowhere else: whoever asks for it may name this machine, on any port, as the host.
    """
    asked, ours = request.get_host(), settings.OWN_HOSTS
    if not ours or validate_host(split_domain_port(asked)[0], ours):
        return f"{request.scheme}://{asked}"
    return f"{'https' if settings.BEHIND_TLS else request.scheme}://{ours[0].lstrip('.*')}"
