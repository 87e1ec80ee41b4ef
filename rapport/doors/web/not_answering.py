"""Addresses that answer another method: what stands in the address bar after a form leads to the page of that form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve

from .answering import go_to
from .troubles import no_such_way


def not_answered(request: HttpRequest, refusal: HttpResponseNotAllowed) -> HttpResponse:
    """To the page a form belongs to, for whoever only looks; for all others a page that says so."""
    if request.method in ("GET", "HEAD"):
        return go_to(request, page_above(request.path))
    answer = no_such_way(request)
    answer.headers["Allow"] = refusal.headers["Allow"]
    return answer


def page_above(path: str) -> str:
    """The nearest address above this one at which something lives; if that is a form, too, it leads on."""
    above = path.rstrip("/").rpartition("/")[0]
    while above:
        try:
            resolve(above)
        except Resolver404:
            above = above.rpartition("/")[0]
        else:
            return above
    return "/"
