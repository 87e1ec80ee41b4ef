"""Lists kept under a name: shown beside the list, kept, renamed, shared, removed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.accounts.access import Viewer
from rapport.care.views import change_view, remove_view, save_view, view_of, views_of

from ..addresses import page_back, with_query
from ..answering import go_to
from ..entering import WebRequest
from ..pages.people import KeptList
from ..sending import sent_once


def kept_lists(viewer: Viewer, asked: Mapping[str, str]) -> tuple[KeptList, ...]:
    """One's own lists and those others share; the one that asks what is asked now is lit."""
    return tuple(
        KeptList(
            name=one.name,
            address=with_query("/people", **one.asked),
            is_on=one.asked == dict(asked),
            is_shared=one.is_shared,
            by="" if one.is_own else one.by,
            change_address=f"/people/lists/{one.id}" if one.may_change else None,
        )
        for one in views_of(viewer)
    )


@require_POST
@sent_once
def keep_list(request: WebRequest) -> HttpResponse:
    """Keep the list one looks at."""
    asked = QueryDict(request.POST.get("said", "")).dict()
    name = request.POST.get("name", "")
    done = save_view(request.visit.by, name, asked, request.POST.get("shared") == "1")
    kept = view_of(request.visit.viewer, done.view_id)
    said = _("The list “%(name)s” is kept.") % {"name": kept.name}
    return go_to(request, with_query("/people", **kept.asked), said, done.journal_id)


@require_POST
def change_list(request: WebRequest, view_id: UUID) -> HttpResponse:
    """Another name, or whether the team sees it."""
    done = change_view(
        request.visit.by, view_id, name=request.POST.get("name", ""), is_shared=request.POST.get("shared") == "1"
    )
    return go_to(request, page_back(request, "/people"), _("The list is changed."), done.journal_id)


@require_POST
def remove_list(request: WebRequest, view_id: UUID) -> HttpResponse:
    """Keep it no longer."""
    done = remove_view(request.visit.by, view_id)
    return go_to(request, page_back(request, "/people"), _("The list is removed. Its people stay."), done.journal_id)
