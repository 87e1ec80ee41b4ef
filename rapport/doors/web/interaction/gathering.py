"""One interaction as one value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from rapport.channels.raw import Raw
from rapport.channels.sightings import MailPage
from rapport.interactions.entries import Present
from rapport.interactions.opening import Attached, InteractionSheet, open_interaction, raw_of
from rapport.interactions.saying.wording import kind_label
from rapport.interactions.wording import answer_label, part_label
from rapport.kit.phones import grouped

from ..dates import day_in_words
from ..entering import Visit
from ..faces import face_of
from ..knowing import Known, known
from ..pages.person import AttachedFile, InteractionPage, Participant
from ..telling_moments import aside_of, icon_of, moment_of, names_of

A_LINE = 80  # letters
_ON_THE_WEB = re.compile(r"https://\S+")
IN_CALENDARS = ("meeting", "call", "visit")


def interaction_page(visit: Visit, interaction_id: UUID) -> tuple[InteractionPage, Raw | None]:
    """What happened, and with whom; of what is private, only that. And the mail as it came, where there is one."""
    sheet = open_interaction(visit.viewer, interaction_id, visit.now if visit.as_of else None)
    people = known(visit, [one.person_id for one in sheet.participants])
    person = _other(visit, sheet, people)
    told = any(one.response for one in sheet.participants)  # else nobody can be said not to have answered
    page = InteractionPage(
        icon=icon_of(sheet.kind),
        kind=kind_label(sheet.kind),
        headline=sheet.title or _untitled(visit, sheet),
        at=visit.local(sheet.at),
        aside=aside_of(sheet.minutes, len(sheet.thread) + 1, sheet.is_cancelled),
        participants=tuple(_participant(one, people.get(one.person_id), told) for one in sheet.participants),
        text=sheet.text,
        quoted="",
        html_address=None,
        blocked=0,
        lines=_lines_of(sheet.text),
        attachments=tuple(_attached(sheet, one) for one in sheet.attachments),
        source=_source(visit, sheet),
        is_private=sheet.is_private,
        place=sheet.place,
        place_address=sheet.place if _ON_THE_WEB.fullmatch(sheet.place) else "",
        calendar_address=f"/interactions/{sheet.id}/calendar" if sheet.kind in IN_CALENDARS else None,
        person=person.face if person else None,
        person_address=person.address if person else None,
        thread=tuple(moment_of(visit, one, None) for one in sheet.thread),
    )
    return page, raw_of(visit.viewer, sheet.id) if sheet.kind == "mail" and sheet.has_raw else None


def with_mail(page: InteractionPage, interaction_id: UUID, mail: MailPage | None) -> InteractionPage:
    """The page with the mail's formatted version, or else with what was quoted in it."""
    if mail is None:
        return page  # its plain words are shown
    if mail.formatted is None:
        return replace(page, quoted=mail.quoted)
    address = f"/interactions/{interaction_id}/html"
    return replace(page, html_address=address, blocked=mail.formatted.blocked_images)


def _lines_of(text: str) -> int:
    """About how many lines the words fill in a frame, whose height cannot follow a page nobody may look into."""
    return sum(1 + len(line) // A_LINE for line in text.splitlines())


def _participant(one: Present, person: Known | None, are_answers_told: bool) -> Participant:
    is_asked = are_answers_told and one.part == "attendee"
    return Participant(
        face=person.face if person else face_of(one.person_id, one.name, ""),
        address=person.address if person else None,
        part=part_label(one.part),
        handle=grouped(one.address),
        answer=answer_label(one.response) or (_("no answer told") if is_asked else ""),
    )


def _attached(sheet: InteractionSheet, one: Attached) -> AttachedFile:
    address = f"/interactions/{sheet.id}/files/{one.place}" if sheet.has_own_copy else None
    return AttachedFile(
        one.name or _("an attachment without a name"), filesizeformat(one.size) if one.size else "", address
    )


def _other(visit: Visit, sheet: InteractionSheet, people: Mapping[UUID, Known]) -> Known | None:
    """Of whom it is the page one comes from: the first who is not ours."""
    return next(
        (people[one.person_id] for one in sheet.participants if not one.is_home and one.person_id in people), None
    )


def _untitled(visit: Visit, sheet: InteractionSheet) -> str:
    who = names_of(visit, [(one.person_id, one.name) for one in sheet.participants])
    return _("%(kind)s: %(who)s") % {"kind": kind_label(sheet.kind), "who": who} if who else kind_label(sheet.kind)


def _source(visit: Visit, sheet: InteractionSheet) -> str:
    day = day_in_words(visit, sheet.made_at)
    if sheet.source:
        return _("From %(source)s, imported on %(day)s.") % {"source": sheet.source, "day": day}
    return _("Written down by hand on %(day)s.") % {"day": day}
