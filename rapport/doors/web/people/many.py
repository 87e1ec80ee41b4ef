"""Something done with everybody chosen in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.accounts.acting import By
from rapport.care.narrowing import people_chosen
from rapport.interactions.giving_out.people import export_people
from rapport.kit.ids import as_id
from rapport.kit.trouble import Trouble
from rapport.people.many import MOST, DoneToMany, place_many, tag_many, untag_many

from ..addresses import page_back
from ..answering import go_to, page, say_later
from ..around import shell
from ..confirming import confirmed_where
from ..entering import WebRequest
from ..pages.people import Picked
from ..pages.shell import Field
from .filtering import Filter, people_page

VERBS: dict[str, Callable[[By, Sequence[UUID], str], DoneToMany]] = {
    "tag": tag_many,
    "untag": untag_many,
    "place": place_many,
}
MENDED_THERE = ("empty-tag", "no-organization", "home")  # troubles said beside the field, with the selection kept
FORMS = {"csv": "text/csv; charset=utf-8", "vcard": "text/vcard; charset=utf-8"}


@confirmed_where(lambda request: request.POST.get("act") in FORMS)
@require_POST
def many(request: WebRequest) -> HttpResponse:
    """What was chosen in the bar below the list; a file, or the list again with what was done and its undo."""
    act, people, by = request.POST.get("act", ""), _people(request), request.visit.by
    if act in FORMS:
        found = export_people(by, people, "csv" if act == "csv" else "vcard")
        if found.sentence:
            say_later(request, found.sentence)  # a file shows no page that could say it
        name = f'attachment; filename="{found.name}"'
        return HttpResponse(found.body, content_type=FORMS[act], headers={"Content-Disposition": name})
    if act not in VERBS:
        raise Trouble(_("Choose what to do with them."), code="no-act")
    try:
        done = VERBS[act](by, people, request.POST.get("words", ""))
    except Trouble as trouble:
        if trouble.code not in MENDED_THERE:
            raise
        return _again(request, trouble)
    return _done(request, act, done)


def _people(request: WebRequest) -> list[UUID]:
    if request.POST.get("all") != "1":
        return [found for one in request.POST.getlist("person")[: MOST + 1] if (found := as_id(one))]
    chosen = people_chosen(request.visit.viewer, request.visit.now, _asked(request).chosen)
    return list(chosen.values_list("id", flat=True)[: MOST + 1])


def _again(request: WebRequest, trouble: Trouble) -> HttpResponse:
    """The list as it was, with those chosen and what to mend."""
    said = request.POST
    value = people_page(request.visit, _asked(request), None)
    chosen = tuple(str(found) for one in said.getlist("person")[:MOST] if (found := as_id(one)))
    words = Field(said.get("words", ""), trouble.sentence)
    picked = Picked(chosen, said.get("all") == "1", said.get("act", ""), words)
    return page("people.html", shell(request, "people"), replace(value, picked=picked), trouble.status)


def _done(request: WebRequest, act: str, done: DoneToMany) -> HttpResponse:
    return go_to(request, _back(request), _said(act, done), done.journal_id)


def _said(act: str, done: DoneToMany) -> str:
    if act == "untag":
        if not done.changed:
            return _("Nobody chosen had that tag, so nothing is changed.")
        said = ngettext("The tag is off %(n)d person.", "The tag is off %(n)d people.", done.changed)
        return said % {"n": done.changed}
    how = _("tagged") if act == "tag" else _("moved")
    return ngettext("%(n)d person: %(how)s.", "%(n)d people: %(how)s.", done.people) % {"n": done.people, "how": how}


def _back(request: WebRequest) -> str:
    """The list one came from, also by way of what was to be mended."""
    back = page_back(request, "/people")
    return back if back != request.path else _asked(request).address(request.visit)


def _asked(request: WebRequest) -> Filter:
    return Filter.read(QueryDict(request.POST.get("said", "")))
