"""Whether this door can have mail sent, and where the links in it lead. The worker sends it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def can_mail() -> bool:
    """Whether somebody has said how mail leaves this machine."""
    return settings.MAIL_SERVER is not None


def site_of(request: HttpRequest) -> str:
    """By which address people reach us: https://rapport.example.com"""
    return f"{request.scheme}://{request.get_host()}"
