"""The addresses of imports."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapport.accounts.access import require
from rapport.accounts.acting import By
from rapport.interactions.found_items import WHICH, Which, begun_of, glanced, own_item
from rapport.interactions.import_progress import UNDOING, UNDONE, own_import, progress_of
from rapport.interactions.importing import STORED
from rapport.interactions.imports import cancel, pause, resume, start_import, undo_import
from rapport.interactions.mending import ToMend, rows_amiss, table_to_mend
from rapport.interactions.quarantine import leave_out as leave_item_out
from rapport.interactions.quarantine import retry_item
from rapport.interactions.undo_plan import is_asked_about
from rapport.kit.text import db_text
from rapport.kit.trouble import Conflict, Trouble
from rapport.relationships.refresh import read_on

from ..answering import afterwards, fragment, go_to, kept_file, page
from ..around import part_shell, shell
from ..entering import WebRequest, beforehand
from ..pages.imports import ImportProgressPage
from ..sending import sent_once
from .items import brought_page, items_page, take_back_page, with_held
from .packing import files_of, pack_sent
from .progress import import_page, imports_page, watched

OF_ADDRESSES = ("bad-email", "not-yours")  # what is wrong with one's own addresses, not with the files
ACTS: dict[str, tuple[Callable[[By, UUID], object], object]] = {
    "pause": (pause, gettext_lazy("It rests until you let it go on.")),
    "resume": (resume, gettext_lazy("It goes on.")),
    "cancel": (cancel, gettext_lazy("Cancelled. What was read stays; you can undo it.")),
    "undo": (undo_import, gettext_lazy("What this import brought is taken back.")),
}


@beforehand(pack_sent)
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def imports(request: WebRequest) -> HttpResponse:
    """Where files are given; posted, they are kept and put in line."""
    visit = request.visit
    require(visit.viewer, "import")
    mine = request.POST.get("as", "")
    if request.method != "POST":
        return page("import.html", shell(request, "import"), import_page(visit))
    addresses = [one.strip() for one in mine.replace(";", ",").split(",") if one.strip()]
    try:
        started = start_import(visit.by, files_of(request), settings.HOUSE.files_folder, addresses)
    except Trouble as trouble:
        said = {"mine_error" if trouble.code in OF_ADDRESSES else "error": trouble.sentence}
        return page("import.html", shell(request, "import"), import_page(visit, mine, **said), trouble.status)
    return go_to(request, f"/import/{started.import_id}")


@require_safe
def one_import(request: WebRequest, import_id: UUID) -> HttpResponse:
    """One import, watched."""
    value = ImportProgressPage(watched(request.visit, progress_of(request.visit.viewer, import_id)))
    return page("import_progress.html", shell(request, "import"), value)


@require_safe
def progress(request: WebRequest, import_id: UUID) -> HttpResponse:
    """How far it is, for the page that watches it."""
    value = ImportProgressPage(watched(request.visit, progress_of(request.visit.viewer, import_id)))
    return fragment("import_progress.html", "progress", part_shell(request), value)


@require_POST
def act(request: WebRequest, import_id: UUID, verb: str) -> HttpResponse:
    """Pause it, let it go on, end it, or take back all it brought. It may end while somebody presses the button."""
    do, said = ACTS[verb]
    try:
        do(request.visit.by, import_id)
    except Conflict as too_late:
        return go_to(request, f"/import/{import_id}", too_late.sentence)
    read_on(request.visit.now)
    return go_to(request, f"/import/{import_id}", str(said))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: WebRequest, import_id: UUID) -> HttpResponse:
    """Take back all it brought. Of one that brought many, or on which something written by hand rests, it is said
    first what goes and what stays.
    """
    told = progress_of(request.visit.viewer, import_id)
    if request.method == "POST":
        own_import(request.visit.by, import_id)  # before anybody is asked whether they are sure
        if "sure" in request.POST or not is_asked_about(told):
            return act(request, import_id, "undo")
    require(request.visit.viewer, "import")
    if told.state in (UNDOING, UNDONE):
        return go_to(request, f"/import/{import_id}")
    return page("take_back.html", shell(request, "import"), take_back_page(request.visit, import_id))


@require_safe
def all_imports(request: WebRequest) -> HttpResponse:
    """All there ever were, newest first."""
    value = imports_page(request.visit, request.GET.get("aside") == "1", request.GET.get("after"))
    return page("imports.html", shell(request, "import"), value)


@require_safe
def items(request: WebRequest, import_id: UUID) -> HttpResponse:
    """What it found and how that ended, all or by one rule."""
    asked = request.GET.get("which", "found")
    which: Which = next((one for one in WHICH if one == asked), WHICH[0])
    return _items(request, import_id, which, db_text(request.GET.get("rule", ""), 100))


@require_safe
def quarantine(request: WebRequest, import_id: UUID) -> HttpResponse:
    """What could not be read, and why."""
    return _items(request, import_id, "set-aside", "")


def _items(request: WebRequest, import_id: UUID, which: Which, rule: str) -> HttpResponse:
    value, found = items_page(request.visit, import_id, which, rule, request.GET.get("after"))
    begun, around = begun_of(found, settings.HOUSE.files_folder), shell(request, "import")
    return afterwards(lambda: page("import_items.html", around, with_held(value, glanced(begun))))


@require_safe
def people(request: WebRequest, import_id: UUID) -> HttpResponse:
    """Whom it brought."""
    value = brought_page(request.visit, import_id, request.GET.get("after"))
    return page("import_people.html", shell(request, "import"), value)


@require_safe
def raw(request: WebRequest, import_id: UUID, item_id: UUID) -> HttpResponse:
    """The bytes of something it found, to be kept: a browser neither shows nor runs them."""
    return kept_file(*own_item(request.visit.viewer, import_id, item_id))


@require_safe
def to_mend(request: WebRequest, import_id: UUID) -> HttpResponse:
    """The rows that were not read, as a table to be put right and imported again."""
    amiss = rows_amiss(request.visit.viewer, import_id, settings.HOUSE.files_folder)
    return afterwards(lambda: _as_file(table_to_mend(amiss)))


def _as_file(table: ToMend) -> HttpResponse:
    return kept_file(table.name, table.body, "text/csv; charset=utf-8")


@require_POST
def retry(request: WebRequest, import_id: UUID, item_id: UUID) -> HttpResponse:
    """Read one of them again."""
    outcome = retry_item(request.visit.by, item_id, settings.HOUSE.files_folder)
    read_on(request.visit.now)
    said = _("This time it was read.") if outcome == STORED else _("It still could not be read.")
    return go_to(request, f"/import/{import_id}/quarantine", said)


@require_POST
def leave_out(request: WebRequest, import_id: UUID, item_id: UUID) -> HttpResponse:
    """Say of one of them that it does not matter."""
    undo = leave_item_out(request.visit.by, item_id)
    return go_to(request, f"/import/{import_id}/quarantine", _("Left out. Its bytes are kept."), undo)
