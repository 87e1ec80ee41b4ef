"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

MOST_A_STRANGER_SENDS = 64 * 1024  # what is longer is read once we know whose it is: no stranger fills the disk


def address_of(request: HttpRequest) -> str:
    """The sender's address. Behind our proxy that is what the proxy saw, the last entry; others can be forged."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 (a label)
