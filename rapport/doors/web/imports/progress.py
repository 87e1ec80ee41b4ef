"""Imports as values: how far, at which rate, what was left out and by which rule, and who appeared."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.channels.receiving import most_at_once, too_many_sentence, too_much_sentence
from rapport.channels.wording import in_part_sentence, rule_sentence, unknown_columns_sentence
from rapport.interactions.brought import cards_about, how_many_aside
from rapport.interactions.import_progress import CANCELLED, DONE, JUDGING, UNDOING, UNDONE, may_change, page_of_imports
from rapport.interactions.import_progress import Progress as Room
from rapport.interactions.imports import own_addresses
from rapport.interactions.mending import has_rows_to_mend
from rapport.interactions.not_taken import MOST_NAMED, files_left_out, read_in_part, unknown_columns
from rapport.interactions.stopping import STOPPED
from rapport.interactions.undo_plan import is_large
from rapport.kit.spans import every
from rapport.people.visible import visible_to
from rapport.relationships.listing import how_many

from ..addresses import with_query
from ..entering import Visit
from ..knowing import Known, known
from ..pages.imports import (
    FirstPerson,
    ImportPage,
    ImportsPage,
    PartLine,
    Progress,
    SkipLine,
    State,
    TableLine,
)

LISTED = 5
TELLING_SHARE, TELLING_ITEMS = 0.05, 200  # what an estimate needs
FIRST_PEOPLE = 6
STATES: dict[str, State] = {
    "waiting": "waiting",
    "reading": "reading",
    JUDGING: "reading",
    "paused": "paused",
    DONE: "done",
    CANCELLED: "cancelled",
    UNDOING: "undoing",
    UNDONE: "undone",
    STOPPED: "failed",
}


def import_page(visit: Visit, mine: str = "", error: str = "", mine_error: str = "") -> ImportPage:
    """Where files are given, above the latest imports."""
    most = most_at_once()
    latest = page_of_imports(visit.viewer, limit=LISTED)
    return ImportPage(
        imports=tuple(watched(visit, one, with_people=False) for one in latest.rows),
        aside=how_many_aside(visit.viewer)[0],
        kinds=_(".mbox, .mbox.gz, .eml, .ics, .vcf, .csv, or a .zip of them"),
        mine=mine or ", ".join(own_addresses(visit.viewer)),
        error=error,
        mine_error=mine_error,
        most=most,
        too_much=too_much_sentence(most),
        most_files=settings.DATA_UPLOAD_MAX_NUMBER_FILES or 0,
        too_many=too_many_sentence(),
    )


def imports_page(visit: Visit, only_aside: bool, after: str | None) -> ImportsPage:
    """All imports, page by page."""
    found = page_of_imports(visit.viewer, after, with_aside=only_aside)
    asked = {"aside": "1" if only_aside else None, "after": found.next}
    return ImportsPage(
        imports=tuple(watched(visit, one, with_people=False) for one in found.rows),
        only_aside=only_aside,
        aside=how_many_aside(visit.viewer)[0],
        more=with_query("/imports", **asked) if found.next else None,
    )


def watched(visit: Visit, one: Room, with_people: bool = True) -> Progress:
    """One import. What is still to be found is estimated from the bytes that were not read yet."""
    state = STATES[one.state]
    is_over = state in ("done", "cancelled", "undoing", "undone")
    found = one.found if is_over or one.state == JUDGING else _estimate(one)
    return Progress(
        id=str(one.id),
        name=one.name,
        state=state,
        started=visit.local(one.made_at),
        found=found,
        read=one.found,
        stored=one.stored,
        same=one.already,
        skipped=one.skipped,
        quarantined=one.quarantined,
        skips=_skips(visit, one, named=with_people),
        in_part=one.in_part,
        parts=_parts(visit, one) if with_people and one.in_part else (),
        tables_in_part=one.tables_in_part,
        tables_sentence=unknown_columns_sentence(),
        tables=_tables(visit, one) if with_people and one.tables_in_part else (),
        rate=_rate(one.rate),
        left=_left(one.seconds_left),
        people=one.people,
        often=how_many(visit.viewer, visit.now, often=True) if with_people and state == "done" else 0,
        first_people=_first_people(visit, one.id) if with_people and state not in ("undoing", "undone") else (),
        problem=one.sentence,
        can_undo=state in ("done", "cancelled", "failed") and may_change(visit.viewer, one),
        is_large=is_large(one),
        by=one.by,
        robots=_robots(one) if with_people else (),
        about=about_sentence(visit, one.id) if with_people and is_over and one.stored else "",
        mend_address=_to_mend(visit, one) if with_people and (is_over or state == "failed") else "",
    )


def _to_mend(visit: Visit, one: Room) -> str:
    """Asked once it has ended: while it is read somebody looks every second."""
    return f"/import/{one.id}/to-mend" if has_rows_to_mend(visit.viewer, one) else ""


def _skips(visit: Visit, one: Room, named: bool) -> tuple[SkipLine, ...]:
    files = files_left_out(visit.viewer, one.id, [rule for rule, _count in one.rules]) if named else {}
    return tuple(
        SkipLine(
            rule_sentence(rule),
            count,
            files.get(rule, ()),
            len(files.get(rule, ())) == MOST_NAMED < count,
            with_query(f"/import/{one.id}/items", which="left-out", rule=rule),
        )
        for rule, count in one.rules
    )


def _robots(one: Room) -> tuple[SkipLine, ...]:
    items = f"/import/{one.id}/items"
    return tuple(
        SkipLine(rule_sentence(rule), count, address=with_query(items, which="stored", rule=rule))
        for rule, count in one.automatic
    )


def about_sentence(visit: Visit, import_id: UUID) -> str:
    """Why the people an import brought are not as many as the cards and rows it stored; nothing where they are."""
    about = cards_about(visit.viewer, import_id)
    if about is None or about.cards == about.brought:
        return ""
    said = ngettext(
        "%(cards)s card or row was stored. It is about %(people)s.",
        "%(cards)s cards and rows were stored. They are about %(people)s.",
        about.cards,
    )
    people = ngettext("%(n)s person", "%(n)s people", about.people) % {"n": f"{about.people:,}"}
    sentence = said % {"cards": f"{about.cards:,}", "people": people}
    if not about.known:
        return sentence
    known = ngettext("%(n)s of them was here before.", "%(n)s of them were here before.", about.known)
    return f"{sentence} {known % {'n': f'{about.known:,}'}}"


def _parts(visit: Visit, one: Room) -> tuple[PartLine, ...]:
    return tuple(
        PartLine(
            part.fields,
            in_part_sentence(part.reason),
            tuple((name, f"/people/{person}") for person, name in part.people),
        )
        for part in read_in_part(visit.viewer, one.id)
    )


def _tables(visit: Visit, one: Room) -> tuple[TableLine, ...]:
    return tuple(TableLine(table.file, table.columns) for table in unknown_columns(visit.viewer, one.id))


def _estimate(one: Room) -> int | None:
    """How many items there will be, judged by the bytes; two tiny files before a mailbox say nothing about it."""
    if one.share < TELLING_SHARE and one.found < TELLING_ITEMS:
        return None
    return max(round(one.found / one.share), one.found) if one.share else one.found


def _first_people(visit: Visit, import_id: UUID) -> tuple[FirstPerson, ...]:
    """Some of whom it brought, the ones one is closest to first."""
    brought = visible_to(visit.viewer).filter(import_id=import_id).order_by("-made_at", "-id")
    people = known(visit, list(brought.values_list("id", flat=True)[: FIRST_PEOPLE * 10]))
    closest = sorted(people.values(), key=lambda one: -(one.standing.strength_exact if one.standing else 0.0))
    return tuple(FirstPerson(one.face, one.address, _rhythm(one)) for one in closest[:FIRST_PEOPLE])


def _rhythm(one: Known) -> str:
    if one.standing is None or one.standing.rhythm_days is None:
        return one.organization
    return every(one.standing.rhythm_days)


def _rate(rate: float | None) -> str:
    return _("%(n)d a second") % {"n": round(rate)} if rate and rate >= 1 else ""


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}
