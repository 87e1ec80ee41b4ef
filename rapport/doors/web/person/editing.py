"""Changing who somebody is: the edit form, facts, addresses, tags and notes. Each answer offers to undo it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.accounts.bundling import as_one
from rapport.interactions.notes import add_note, remove_note
from rapport.interactions.removing import remove_person
from rapport.kit.days import day_written
from rapport.kit.trouble import Trouble
from rapport.people.editing import (
    Done,
    add_handle,
    edit_person,
    forget_fact,
    note_fact,
    remove_handle,
    set_affiliation,
    tag,
    untag,
)
from rapport.people.facts import LEARNT
from rapport.people.leaving_places import remove_place
from rapport.people.opening import PersonSheet, open_person
from rapport.relationships.refresh import read_on

from ..answering import go_to, page
from ..around import shell
from ..entering import WebRequest
from ..pages.person import PersonEdit
from ..pages.shell import Field
from ..sending import sent_once
from .facing import edit_form
from .gathering import Asked, person_page

FIELDS = ("name", "listed_as", "said_as", "title", "organization", "email", "phone", "birthday")
SHOWN_AS = {"said": "said_as"}  # the rooms' word for a field, and the form's


class _NotKept(Exception):
    """What of a form could not be kept, by field; nothing of it is."""

    def __init__(self, wrong: dict[str, Trouble]) -> None:
        super().__init__()
        self.wrong = wrong


@require_POST
def edit(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Keep all that changed on the form, or nothing; whatever cannot be kept is shown beside its field."""
    request.visit.by.may("write")
    sheet = open_person(request.visit.viewer, person_id)
    said = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        with transaction.atomic():  # the page that says what is wrong shows the person as they are
            done = _changed(request, sheet, said)
    except _NotKept as not_kept:
        return _again(request, sheet, said, not_kept.wrong)
    read_on(request.visit.now)
    address = f"/people/{sheet.id}"
    if done is None:
        return go_to(request, address)
    return go_to(request, address, _("%(name)s is changed.") % {"name": said["name"]}, done.journal_id)


@require_POST
@sent_once
def facts(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Note one thing. How it was learnt is one of three words; anything else that was typed is kept with it."""
    kind, value = request.POST.get("kind", "other"), request.POST.get("text", "").strip()
    source = request.POST.get("source", "").strip()
    learnt = source if source in LEARNT else "told"
    if value and source and source not in LEARNT:
        value = f"{value} ({source})"
    return _back(request, person_id, note_fact(request.visit.by, person_id, kind, value, learnt), _("Kept."))


@require_POST
def remove_fact(request: WebRequest, person_id: UUID, fact_id: UUID) -> HttpResponse:
    """Forget one thing."""
    return _back(request, person_id, forget_fact(request.visit.by, fact_id), _("Forgotten."))


@require_POST
def drop_handle(request: WebRequest, person_id: UUID, handle_id: UUID) -> HttpResponse:
    """Forget an address."""
    return _back(request, person_id, remove_handle(request.visit.by, handle_id), _("The address is removed."))


@require_POST
def remove(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Take them out: they should not be here."""
    name = open_person(request.visit.viewer, person_id).name
    done = remove_person(request.visit.by, person_id)
    read_on(request.visit.now)
    return go_to(request, "/people", _("%(name)s is removed.") % {"name": name}, done.journal_id)


@require_POST
def drop_place(request: WebRequest, person_id: UUID, affiliation_id: UUID) -> HttpResponse:
    """Take a place out of their path."""
    done = remove_place(request.visit.by, affiliation_id)
    return _back(request, person_id, done, _("The place is removed. Files do not bring it back."))


@require_POST
@sent_once
def tags(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Put a tag on them."""
    done = tag(request.visit.by, person_id, request.POST.get("name", ""))
    return _back(request, person_id, done, _("Tagged."))


@require_POST
def remove_tag(request: WebRequest, person_id: UUID, word: str) -> HttpResponse:
    """Take a tag off."""
    return _back(request, person_id, untag(request.visit.by, person_id, word), _("The tag is off."))


@require_POST
@sent_once
def notes(request: WebRequest, person_id: UUID) -> HttpResponse:
    """Write a note."""
    noted = add_note(request.visit.by, person_id, request.POST.get("text", ""))
    return _back(request, person_id, Done(noted.person_id, noted.journal_id), _("The note is kept."))


@require_POST
def drop_note(request: WebRequest, person_id: UUID, note_id: UUID) -> HttpResponse:
    """Remove a note."""
    noted = remove_note(request.visit.by, note_id)
    return _back(request, person_id, Done(noted.person_id, noted.journal_id), _("The note is removed."))


def _changed(request: WebRequest, sheet: PersonSheet, said: dict[str, str]) -> Done | None:
    """Do what changed; the toast undoes all of it. Raises _NotKept with all that is wrong, not only the first."""
    by, before = request.visit.by, edit_form(sheet)
    done, wrong = list[Done](), dict[str, Trouble]()

    def keep(field: str, verb: Callable[..., Done], *given: str) -> None:
        try:
            with transaction.atomic():
                done.append(verb(by, sheet.id, *given))
        except Trouble as trouble:
            named = str(trouble.fields.get("field", ""))
            wrong[named if named in FIELDS else field] = trouble

    changed = _changed_about_them(before, said)
    while changed:
        try:
            done.append(edit_person(by, sheet.id, **changed))
            break
        except Trouble as trouble:
            named = str(trouble.fields.get("field", ""))
            if named not in changed:  # not about one of them
                raise
            wrong[SHOWN_AS.get(named, named)] = trouble
            del changed[named]
    place = said["title"], said["organization"]
    if place != (before.title.value, before.organization.value) and any(place):
        moved = said["organization"] != before.organization.value
        keep("organization", set_affiliation, said["organization"] if moved else "", said["title"])
    for kind in ("email", "phone"):
        if said[kind]:
            keep(kind, add_handle, kind, said[kind])
    if wrong:
        raise _NotKept(wrong)
    return Done(sheet.id, as_one(by, [one.journal_id for one in done], sheet.id, said["name"])) if done else None


def _changed_about_them(before: PersonEdit, said: dict[str, str]) -> dict[str, str]:
    """Who they are, as far as it is not as it was."""
    fields = {
        "name": said["name"],
        "listed_as": said["listed_as"],
        "said": said["said_as"],
        "birthday": said["birthday"],
    }
    known = {
        "name": before.name.value,
        "listed_as": before.listed_as.value,
        "said": before.said_as.value,
        "birthday": said["birthday"]
        if _is_same_day(said["birthday"], before.birthday.value)
        else before.birthday.value,
    }
    return {name: value for name, value in fields.items() if value != known[name]}


def _is_same_day(one: str, other: str) -> bool:
    return day_written(one) == day_written(other) is not None


def _again(request: WebRequest, sheet: PersonSheet, said: dict[str, str], wrong: dict[str, Trouble]) -> HttpResponse:
    fields = {name: Field(said[name], wrong[name].sentence if name in wrong else "") for name in FIELDS}
    form = PersonEdit(is_open=True, listed_now=edit_form(sheet).listed_now, **fields)
    value = person_page(request.visit, sheet.id, Asked(), form)
    return page("person.html", shell(request, "people"), value, next(iter(wrong.values())).status)


def _back(request: WebRequest, person_id: UUID, done: Done, said: str) -> HttpResponse:
    return go_to(request, f"/people/{person_id}", said, done.journal_id)
