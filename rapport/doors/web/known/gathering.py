"""The pages of one person's rights as values."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.accounts.access import may
from rapport.doors.known.everything import everything_about
from rapport.doors.known.wording import Section, introduction, told_of
from rapport.interactions.erasing.plan import Plan, erasures, plan_of
from rapport.people.visible import person_of
from rapport.people.wishes import wishes_of

from ..asked_of_us import wish_lines
from ..entering import Visit
from ..faces import face_of
from ..pages.known import ErasePage, ErasureLine, ErasuresPage, KnownPage, KnownSection
from ..pages.shell import Field

MOST_ROWS = 12
MOST_HAPPENED = 50
FROM_WHAT_HAPPENED = (
    "participant",
    "message",
    "thread",
    "address_part",
    "import_item",
    "import_file",
    "source",
    "raw_item",
)
OPEN = ("person", "fact")  # what one comes for; the rest is a press away, and a phone would scroll for ever
LONGEST = 400


def known_page(visit: Visit, person_id: UUID, whole: Field | None = None) -> KnownPage:
    """Everything, by source; of what happened the latest."""
    about = everything_about(visit.viewer, person_id, visit.now, most=MOST_HAPPENED)
    person = person_of(visit.viewer, person_id)
    return KnownPage(
        person=face_of(person.id, person.name, person.portrait),
        person_address=f"/people/{person.id}",
        introduction=introduction(about),
        sections=tuple(_section(one, len(about.sections["interaction"]) >= MOST_HAPPENED) for one in told_of(about)),
        wishes=wish_lines(visit, wishes_of(person.id), also_unasked=True),
        may_write=may(visit.viewer, "write"),
        may_own=may(visit.viewer, "own"),
        whole=whole or Field(),
    )


def _section(one: Section, is_cut: bool) -> KnownSection:
    """Where only the latest of what happened is read, so is what belongs to it: its number is none of the whole."""
    shown, total = one.rows[:MOST_ROWS], str(len(one.rows))
    if is_cut and one.key == "interaction":
        total = _("the latest %(n)d") % {"n": len(one.rows)}
    elif is_cut and one.key in FROM_WHAT_HAPPENED:
        total = _("%(n)s of the latest %(most)d moments") % {"n": total, "most": MOST_HAPPENED}
    return KnownSection(
        key=one.key,
        title=one.title,
        note=one.note,
        total=total,
        rows=tuple(tuple((label, value[:LONGEST]) for label, value in row) for row in shown),
        has_more=len(shown) < len(one.rows),
        is_open=one.key in OPEN,
    )


def erase_page(visit: Visit, person_id: UUID, name: Field | None = None, refused: str = "") -> ErasePage:
    """What goes and what stays."""
    plan, person = plan_of(visit.viewer, person_id), person_of(visit.viewer, person_id)
    return ErasePage(
        person=face_of(person.id, person.name, person.portrait),
        person_address=f"/people/{person.id}",
        going=tuple(_going(plan)),
        staying=tuple(_staying(plan)),
        name=name or Field(),
        refused=refused,
    )


def _going(plan: Plan) -> list[str]:
    told = [_("Their name, places, tags, birthday, portrait and everything else on their page.")]
    if plan.addresses:
        told.append(_("Their addresses, also those taken away before: %(them)s.") % {"them": ", ".join(plan.addresses)})
    if plan.facts:
        told.append(
            ngettext("%(n)d thing noted about them.", "%(n)d things noted about them.", plan.facts) % {"n": plan.facts}
        )
    if plan.alone:
        told.append(
            ngettext(
                "%(n)d mail, meeting or note that nobody else from outside was in, with its bytes as they came. "
                "Your own words to them go, too.",
                "%(n)d mails, meetings and notes that nobody else from outside was in, with their bytes as they came. "
                "Your own words to them go, too.",
                plan.alone,
            )
            % {"n": plan.alone}
        )
    if plan.cards:
        told.append(
            ngettext("%(n)d card or row of an import.", "%(n)d cards and rows of imports.", plan.cards)
            % {"n": plan.cards}
        )
    told.append(_("How they and anybody stand, and what anybody was reminded of about them."))
    told.append(_("Whatever could not be read and names their address, and copies of mail that quotes them by it."))
    if plan.left_empty:
        told.append(_("Organizations where nobody else is known: %(them)s.") % {"them": ", ".join(plan.left_empty)})
    if plan.changes:
        told.append(
            _("In the journal: whom %(n)d changes were about, and the way back from them.") % {"n": plan.changes}
        )
    return told


def _staying(plan: Plan) -> list[str]:
    told = [one.told for one in plan.shared]
    if plan.wrote:
        told.append(
            ngettext(
                "%(n)d mail or meeting of theirs with others: that it happened, when, and who else was in it. "
                "Not its subject, words or attachments.",
                "%(n)d mails and meetings of theirs with others: that they happened, when, and who else was in them. "
                "Not their subjects, words or attachments.",
                plan.wrote,
            )
            % {"n": plan.wrote}
        )
    if plan.about:
        told.append(
            ngettext(
                "%(n)d note or talk written by hand about them and others: that it happened, without its words.",
                "%(n)d notes and talks written by hand about them and others: that they happened, without their words.",
                plan.about,
            )
            % {"n": plan.about}
        )
    if plan.took_part:
        told.append(
            ngettext(
                "%(n)d mail or meeting of others they were in: the others’ own words, with this name and these "
                "addresses taken out. Quoted text and formatting go.",
                "%(n)d mails and meetings of others they were in: the others’ own words, with this name and these "
                "addresses taken out. Quoted text and formatting go.",
                plan.took_part,
            )
            % {"n": plan.took_part}
        )
    told.append(_("What others wrote elsewhere by their name alone: another person may be called so."))
    told.append(_("That somebody was erased, when and by whom, and keyed marks of the addresses that name nobody."))
    told.append(_("Backups made before. Restoring one in this home erases them again."))
    return told


def erasures_page(visit: Visit, address: Field | None = None) -> ErasuresPage:
    """The latest erasures, newest first."""
    return ErasuresPage(
        lines=tuple(
            ErasureLine(
                at=visit.local(one.erasure.asked_at),
                by=one.who or _("after a restore"),
                state=_("done") if one.erasure.ended_at else _("at work"),
                counts=_gone(one.erasure.counts.get("alone", 0), one.still),
            )
            for one in erasures(visit.viewer)
        ),
        address=address or Field(),
    )


def _gone(gone: int, still: int) -> str:
    """ "12 things gone whole", and while it is at work "3 of 12 things gone whole" """
    if not still:
        return ngettext("%(n)d thing gone whole", "%(n)d things gone whole", gone) % {"n": gone}
    said = ngettext("%(n)d of %(all)d thing gone whole", "%(n)d of %(all)d things gone whole", gone + still)
    return said % {"n": gone, "all": gone + still}
