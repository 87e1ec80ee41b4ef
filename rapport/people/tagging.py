"""Tags: words a team sorts people by."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import current_workspace
from rapport.kit.text import one_line
from rapport.kit.trouble import Trouble

from .done import Done
from .models import Person, PersonTag, Tag
from .visible import keep_by_hand, person_of
from .withdrawing import say_again, tag_told, withdraw


def tag(by: By, person_id: UUID, word: str) -> Done:
    """Put a tag on somebody."""
    by.may("write")
    person = person_of(by.viewer, person_id)
    name = one_line(word, 60)
    if not name:
        raise Trouble(_("A tag is a word. Which one?"), code="empty-tag", field="word")
    keep_by_hand(person.id)
    say_again(person.id, "tag", tag_told(name))
    return _noted(by, "person.tag", person, name, changed=add_tag(person.id, name))


def untag(by: By, person_id: UUID, word: str) -> Done:
    """Take a tag off somebody; a tag nobody has any more is forgotten."""
    by.may("write")
    person = person_of(by.viewer, person_id)
    name = one_line(word, 60)
    withdraw(person.id, "tag", tag_told(name), by.now)
    return _noted(by, "person.untag", person, name, changed=remove_tag(person.id, name))


def _noted(by: By, verb: str, person: Person, name: str, changed: bool) -> Done:
    journal_id = by.note(
        verb,
        subject_id=person.id,
        subject_name=person.name,
        values={"tag": name},
        way_back={"person_id": str(person.id), "word": name} if changed else None,
    )
    return Done(person.id, journal_id)


@undoes("person.tag")
def _take_off(way_back: dict[str, Any], now: datetime) -> None:
    remove_tag(UUID(way_back["person_id"]), way_back["word"])


@undoes("person.untag")
def _put_on(way_back: dict[str, Any], now: datetime) -> None:
    say_again(way_back["person_id"], "tag", tag_told(way_back["word"]))
    add_tag(UUID(way_back["person_id"]), way_back["word"])


def add_tag(person_id: UUID, word: str, import_id: UUID | None = None) -> bool:
    """Put a tag on a person, in whichever case it is written; twice is once. Whether it is new."""
    name = one_line(word, 60)
    if not name:
        return False
    known = Tag.objects.filter(name__iexact=name).order_by("id").first()
    label = known or Tag.objects.get_or_create(workspace_id=current_workspace(), name=name)[0]
    _row, is_new = PersonTag.objects.get_or_create(
        workspace_id=current_workspace(), person_id=person_id, tag=label, defaults={"import_id": import_id}
    )
    return is_new


def remove_tag(person_id: UUID, word: str) -> bool:
    """Take a tag off a person; whether it was on them."""
    rows = PersonTag.objects.filter(person_id=person_id, tag__name__iexact=one_line(word, 60))
    labels = list(rows.values_list("tag_id", flat=True))
    PersonTag.objects.filter(person_id=person_id, tag_id__in=labels).delete()
    Tag.objects.filter(id__in=labels).exclude(id__in=PersonTag.objects.values("tag_id")).delete()
    return bool(labels)
