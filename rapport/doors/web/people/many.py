"""Something done with everybody chosen in the list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.care.narrowing import PeopleFilter, people_chosen
from rapport.interactions.giving_out.people import export_people
from rapport.kit.ids import as_id
from rapport.kit.trouble import Trouble
from rapport.people.many import MOST, DoneToMany, place_many, tag_many, untag_many

from ..addresses import page_back
from ..answering import go_to
from ..confirming import confirmed_where
from ..entering import WebRequest

FORMS = {"csv": "text/csv; charset=utf-8", "vcard": "text/vcard; charset=utf-8"}


@confirmed_where(lambda request: request.POST.get("act") in FORMS)
@require_POST
def many(request: WebRequest) -> HttpResponse:
    """What was chosen in the bar below the list; a file, or the list again with what was done and its undo."""
    act, words = request.POST.get("act", ""), request.POST.get("words", "")
    people, by = _people(request), request.visit.by
    if act in FORMS:
        found = export_people(by, people, "csv" if act == "csv" else "vcard")
        name = f'attachment; filename="{found.name}"'
        return HttpResponse(found.body, content_type=FORMS[act], headers={"Content-Disposition": name})
    if act == "tag":
        return _done(request, tag_many(by, people, words), _("tagged"))
    if act == "untag":
        return _done(request, untag_many(by, people, words), _("without the tag"))
    if act == "place":
        return _done(request, place_many(by, people, words), _("moved"))
    raise Trouble(_("Choose what to do with them."), code="no-act")


def _people(request: WebRequest) -> list[UUID]:
    if request.POST.get("all") != "1":
        return [found for one in request.POST.getlist("person")[: MOST + 1] if (found := as_id(one))]
    asked = PeopleFilter.read(QueryDict(request.POST.get("said", "")).dict())
    chosen = people_chosen(request.visit.viewer, request.visit.now, asked)
    return list(chosen.values_list("id", flat=True)[: MOST + 1])


def _done(request: WebRequest, done: DoneToMany, how: str) -> HttpResponse:
    said = ngettext("%(n)d person: %(how)s.", "%(n)d people: %(how)s.", done.people) % {"n": done.people, "how": how}
    return go_to(request, page_back(request, "/people"), said, done.journal_id)
