"""What changed lately, and taking a change back from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.accounts.changes import changes_for, may_undo
from rapport.accounts.journal import MustAsk, StaysDone
from rapport.accounts.models import JournalEntry
from rapport.care.clearing import see_what_changed
from rapport.interactions.undo_plan import import_begun_by, import_to_ask_about
from rapport.interactions.undo_plan import undo_change as take_back
from rapport.kit.trouble import Conflict, NotFound
from rapport.people.models import Person

from ...telling_changes import change_sentence, must_ask_sentence, stays_done_sentence, undone_sentence
from ..addresses import page_back, with_query
from ..answering import go_to, page
from ..around import shell
from ..entering import WebRequest
from ..pages.settings import ChangeLine, ChangesPage


@require_safe
def changes(request: WebRequest) -> HttpResponse:
    """The last thirty days, newest first."""
    found = changes_for(request.visit.viewer, request.visit.now, request.GET.get("after"))
    names = _names(found.rows)
    value = ChangesPage(
        changes=tuple(_line(request, entry, names) for entry in found.rows),
        more=with_query("/settings/changes", after=found.next) if found.next else None,
    )
    return page("changes.html", shell(request, "settings"), value)


@require_POST
def undo_change(request: WebRequest, entry_id: UUID | None = None) -> HttpResponse:
    """Take a change back, one's own latest where none is named, and stay on the page one was on. Before an import that
    is asked about is taken back, it is said what goes.
    """
    visit = request.visit
    if entry_id and (large := import_to_ask_about(visit.viewer, entry_id)):
        return go_to(request, f"/import/{large}/undo")
    try:
        taken = take_back(visit.viewer, entry_id, visit.now)
    except MustAsk as asked:
        said = must_ask_sentence(asked) if asked.stay else ""
        return go_to(request, f"/import/{import_begun_by(asked.entry.id)}/undo", said)
    except StaysDone as refused:
        raise Conflict(stays_done_sentence(refused), code=refused.code, **refused.fields) from refused
    except NotFound as nothing:
        return go_to(request, page_back(request), nothing.sentence)
    see_what_changed(visit.viewer, visit.now)
    return go_to(request, _where_one_was(request, taken.entry), undone_sentence(taken))


def _where_one_was(request: WebRequest, entry: JournalEntry) -> str:
    """The page one was on; on Today with them in focus who are there again."""
    back, suggestion = page_back(request), (entry.way_back or {}).get("suggestion")
    return f"/today/{suggestion}" if suggestion and (back == "/" or back.startswith("/today/")) else back


def _line(request: WebRequest, entry: JournalEntry, names: dict[UUID, str]) -> ChangeLine:
    can_undo = may_undo(request.visit.viewer, entry)
    return ChangeLine(
        id=str(entry.id),
        text=change_sentence(entry),
        by=_who(entry, names),
        at=request.visit.local(entry.at),
        can_undo=can_undo,
        is_undone=entry.undone_at is not None,
        why_not="" if can_undo or entry.undone_at else _("cannot be taken back"),
    )


def _names(entries: Iterable[JournalEntry]) -> dict[UUID, str]:
    """What those who did something are called here, by the person they are."""
    people = {one.membership.person_id for one in entries if one.membership and one.membership.person_id}
    return dict(Person.objects.filter(id__in=people).values_list("id", "name"))


def _who(entry: JournalEntry, names: dict[UUID, str]) -> str:
    if entry.membership is None:
        return _("somebody who left")
    here = names.get(entry.membership.person_id) if entry.membership.person_id else None
    return here or entry.membership.user.name or entry.membership.user.email
