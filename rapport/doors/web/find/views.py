"""The palette, as a page and as the part of one; and the search in what was written."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..answering import fragment, page, wants_fragment
from ..around import part_shell, shell
from ..entering import WebRequest
from .finding import find_page
from .searching import search_page


@require_safe
def find(request: WebRequest) -> HttpResponse:
    """Whom and what the words may mean."""
    value = find_page(request.visit, request.GET.get("q", "").strip())
    if wants_fragment(request):
        return fragment("find.html", "found", part_shell(request), value)
    return page("find.html", shell(request), value)


@require_safe
def search(request: WebRequest) -> HttpResponse:
    """Where the words stand in mail and notes; a part of an open page gets the rows alone."""
    value = search_page(request.visit, request.GET.get("q", "").lstrip(), request.GET.get("after") or None)
    if wants_fragment(request):
        return fragment("search.html", "rows", part_shell(request), value)
    return page("search.html", shell(request), value)
