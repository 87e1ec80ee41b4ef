"""What an import found, as pages: item by item, whom it brought, and what taking it back would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.channels.wording import ending_sentence, in_part_sentence, place_sentence, rule_sentence
from rapport.interactions.brought import people_brought
from rapport.interactions.found_items import WHICH, FoundItem, Glance, Which, items_of
from rapport.interactions.import_progress import Progress, may_change, progress_of
from rapport.interactions.importing import ALREADY, QUARANTINED, SKIPPED, STORED
from rapport.interactions.mending import has_rows_to_mend
from rapport.interactions.undo_plan import undo_plan

from ...telling_undo import going, staying
from ..addresses import with_query
from ..entering import Visit
from ..knowing import known
from ..pages.imports import BroughtPage, BroughtPerson, ItemLine, ItemsPage, TakeBackPage
from ..pages.shell import Choice
from .progress import about_sentence

TITLES: Mapping[Which, object] = {
    "found": gettext_lazy("All it found"),
    "stored": gettext_lazy("Stored"),
    "already": gettext_lazy("Already here"),
    "left-out": gettext_lazy("Left out"),
    "set-aside": gettext_lazy("Set aside"),
    "in-part": gettext_lazy("Read in part"),
}
ENDED: Mapping[str, object] = {
    STORED: gettext_lazy("stored"),
    ALREADY: gettext_lazy("already here"),
    SKIPPED: gettext_lazy("left out"),
    QUARANTINED: gettext_lazy("set aside"),
}
ICONS = {"mail": "mail", "calendar": "calendar", "card": "users", "table": "clipboard-list"}


def items_page(
    visit: Visit, import_id: UUID, which: Which, rule: str, after: str | None
) -> tuple[ItemsPage, Sequence[FoundItem]]:
    """A page of them, still without what was in them; and the items, of which that can be looked at."""
    found = items_of(visit.viewer, import_id, which, rule or None, after)
    told = progress_of(visit.viewer, import_id)
    can_settle = may_change(visit.viewer, told)
    rows_can_be_mended = which in ("left-out", "set-aside", "in-part") and has_rows_to_mend(visit.viewer, told)
    page = ItemsPage(
        import_id=str(import_id),
        import_name=told.name,
        title=str(TITLES[which]),
        choices=tuple(_choices(told, which)),
        items=tuple(_line(import_id, one, which, can_settle) for one in found.rows),
        lead=_lead(which, told),
        rule=rule_sentence(rule) if rule else "",
        everything_address=_address(import_id, which) if rule else "",
        mend_address=f"/import/{import_id}/to-mend" if rows_can_be_mended else "",
        is_theirs=told.owner_id != visit.viewer.membership_id,
        more=with_query(f"/import/{import_id}/items", which=which, rule=rule, after=found.next) if found.next else None,
    )
    return page, found.rows


def with_held(page: ItemsPage, held: Mapping[UUID, Glance]) -> ItemsPage:
    """The same with what was in each."""
    return replace(page, items=tuple(_held(one, held.get(UUID(one.id))) for one in page.items))


def brought_page(visit: Visit, import_id: UUID, after: str | None) -> BroughtPage:
    """Whom it brought."""
    found = people_brought(visit.viewer, import_id, after)
    told = progress_of(visit.viewer, import_id)
    people = known(visit, [one.id for one in found.rows])
    return BroughtPage(
        import_id=str(import_id),
        import_name=told.name,
        total=told.people,
        people=tuple(
            BroughtPerson(here.face, here.address, here.role)
            for one in found.rows
            if (here := people.get(one.id)) is not None
        ),
        about=about_sentence(visit, import_id),
        more=with_query(f"/import/{import_id}/people", after=found.next) if found.next else None,
    )


def take_back_page(visit: Visit, import_id: UUID) -> TakeBackPage:
    """What goes and what stays."""
    plan = undo_plan(visit.viewer, import_id)
    return TakeBackPage(str(import_id), plan.progress.name, tuple(going(plan)), tuple(staying(plan)))


def _choices(told: Progress, which: Which) -> list[Choice]:
    counts: Mapping[Which, int] = {
        "found": told.found, "stored": told.stored, "already": told.already, "left-out": told.skipped,
        "set-aside": told.quarantined, "in-part": told.in_part,
    }  # fmt: skip
    return [
        Choice(one, f"{TITLES[one]} {counts[one]:,}", one == which, _address(told.id, one))
        for one in WHICH
        if counts[one] or one == which
    ]


def _address(import_id: UUID, which: Which) -> str:
    return f"/import/{import_id}/quarantine" if which == "set-aside" else f"/import/{import_id}/items?which={which}"


def _lead(which: Which, told: Progress) -> str:
    if which == "in-part":
        return in_part_sentence()
    if which == "set-aside" and told.quarantined:
        return ngettext(
            "%(n)s item could not be read. It is kept exactly as it came, and nothing else waited for it.",
            "%(n)s items could not be read. They are kept exactly as they came, and nothing else waited for them.",
            told.quarantined,
        ) % {"n": f"{told.quarantined:,}"}
    return ""


def _line(import_id: UUID, one: FoundItem, which: Which, can_settle: bool) -> ItemLine:
    raw = one.is_own and one.raw_item_id is not None
    return ItemLine(
        id=str(one.id),
        place=place_sentence(one.member or one.file, one.format, one.number),
        size=_size(one.size) if one.size else "",
        icon=ICONS.get(one.format, "file-text"),
        within=one.file if one.member else "",
        ended=str(ENDED.get(one.outcome, "")) if which == "found" else "",
        reason=ending_sentence(one.outcome, one.reason, one.unread),
        links=tuple(_links(one)),
        raw_address=f"/import/{import_id}/items/{one.id}/raw" if raw else "",
        can_settle=can_settle and one.outcome == QUARANTINED,
    )


def _links(one: FoundItem) -> list[tuple[str, str]]:
    links = [(one.person[1], f"/people/{one.person[0]}")] if one.person else []
    if one.interaction:
        links.append((one.interaction[1] or _("Open it"), f"/interactions/{one.interaction[0]}"))
    return links


def _held(line: ItemLine, held: Glance | None) -> ItemLine:
    """What was in it; of a mail that has a page of its own that is enough."""
    if held is None or (line.links and not held.fields):
        return line
    if line.links and line.icon == "mail":
        return line
    fields = tuple(one for one in held.fields if one[1] != held.heading)  # a subject is not said twice
    return replace(line, heading=held.heading, fields=fields, text=held.text)


def _size(size: int) -> str:
    if size < 1000:
        return ngettext("%(n)d byte", "%(n)d bytes", size) % {"n": size}
    return _("%(n)d kB") % {"n": round(size / 1000)} if size < 1_000_000 else _("%(n).1f MB") % {"n": size / 1e6}
