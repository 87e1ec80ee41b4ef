"""Addresses of our own pages: with their questions, and the one somebody came from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

_ON_TODAY = re.compile(r"/today/[0-9a-f-]{36}")


def with_query(path: str, **asked: str | None) -> str:
    """A path with what is asked; empty answers are left out."""
    said = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def page_of_ours(address: str) -> str:
    """Where to go on to: a page of ours, nowhere else. A line break in it no header could carry."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.isprintable() else "/"


def page_back(request: HttpRequest, otherwise: str = "/") -> str:
    """The page of ours a form was on, so that one stays there; never an address elsewhere."""
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if came.netloc != request.get_host() or not came.path.startswith("/") or came.path.startswith("//"):
        return otherwise
    return came.path + (f"?{came.query}" if came.query else "")


def next_on_today(request: HttpRequest) -> str:
    """Whom the form says one goes on with; else the first who waits."""
    said = request.POST.get("next", "")
    return said if _ON_TODAY.fullmatch(said) else "/"
