"""Adding a person and changing who they are, by hand. What people say of somebody wins over what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.models import Membership
from rapport.accounts.rows import ask, current_workspace
from rapport.kit.clock import day_at
from rapport.kit.ids import new_id
from rapport.kit.text import fold, is_name, one_line
from rapport.kit.trouble import Conflict, Trouble
from rapport.kit.zones import country_in, no_such_zone, zone_called

from .addresses import email_of, phone_of
from .affiliating import place_at, set_affiliation
from .birthdays import birthday_of
from .domains import organization_domain
from .done import Done
from .facts import LAST_SAID, forget_fact, keep_fact, note_fact
from .gathering import add_people_beside_others, hold_people_still, organizations_of
from .handles import add_handle, give_handle, must_be_free, remove_handle
from .matching import HandleKey
from .models import Merge, Person
from .naming import BY_HAND
from .splitting import filed_as
from .tagging import tag, untag
from .visible import person_of
from .withdrawing import say_again, withdraw

__all__ = [
    "Done",
    "add_handle",
    "add_person",
    "edit_person",
    "forget_fact",
    "note_fact",
    "remove_handle",
    "set_affiliation",
    "tag",
    "untag",
]

# Somebody is added with each call of a program: as a model they take five times as long to write down.
_ADD = (
    "INSERT INTO person (workspace_id, id, name, sort_name, filed_as, name_rank, said, pronouns, time_zone, language,"
    " is_home, do_not_contact, portrait, touched_by_hand, made_at)"
    " VALUES (%(workspace)s, %(id)s, %(name)s, %(sort_name)s, %(filed_as)s, %(name_rank)s, '', '', '', '', false,"
    " false, '', true, %(now)s)"
)
_NOTED = (
    "SELECT id FROM handle WHERE person_id = %(person)s UNION ALL SELECT id FROM fact WHERE person_id = %(person)s"
    " UNION ALL SELECT id FROM person_tag WHERE person_id = %(person)s"
)


def add_person(
    by: By,
    name: str,
    email: str = "",
    phone: str = "",
    organization: str = "",
    title: str = "",
    last_said: str = "",
) -> Done:
    """Somebody new. Raises Conflict, naming them, where an address reaches somebody already."""
    by.may("write")
    is_placed = bool(organization.strip() or title.strip())
    if is_placed:
        hold_people_still()  # of an organization called so there must not come to be two
    else:
        add_people_beside_others()
    handles: list[HandleKey] = []
    if email.strip():
        handles.append(("email", email_of(email)))
    if phone.strip():
        handles.append(("phone", phone_of(phone, country_in(by.viewer.time_zone))))
    for key in handles:
        must_be_free(key, name)
    if title.strip() and not organization.strip() and email.strip():
        # Who has a title works somewhere, and their address says where.
        organizations_of(set(filter(None, [organization_domain(email_of(email))])), None, by.now)
    person_id, called = _new_person(name, by.now)
    noted = [str(give_handle(person_id, key, by.now, called, is_stranger=True)) for key in handles]
    if is_placed:
        place_at(person_id, organization, title, by.now)
    if last_said.strip():
        keep_fact(person_id, LAST_SAID, last_said, "told", by)
    journal_id = by.note(
        "person.add",
        subject_id=person_id,
        subject_name=called,
        way_back={"person_id": str(person_id), "noted": _noted(person_id) if last_said.strip() else noted},
    )
    return Done(person_id, journal_id)


@undoes("person.add")
def _remove(way_back: dict[str, Any], now: datetime) -> None:
    hold_people_still()
    person_id, noted = way_back["person_id"], _noted(way_back["person_id"])
    since = set(noted) - set(way_back.get("noted", noted))  # entries of earlier days did not write it down
    if since or _has_a_history(person_id):
        raise Conflict(_("Something has happened with them since, so they stay."), code="has-history")
    Person.objects.filter(id=person_id).delete()


def _has_a_history(person_id: UUID | str) -> bool:
    """Whether they signed in or were joined with somebody, or mail, talks or cards would lose them: what was read is
    not read again.
    """
    of_other_rooms = (apps.get_model("rapport", name) for name in ("Participant", "ImportItem"))
    return (
        any(table.objects.filter(person_id=person_id).exists() for table in of_other_rooms)
        or Merge.objects.filter(Q(kept_id=person_id) | Q(gone_id=person_id), undone_at=None).exists()
        or Membership.objects.filter(workspace_id=current_workspace(), person_id=person_id).exists()
    )


def _noted(person_id: UUID | str) -> list[str]:
    """Which addresses, facts and tags somebody has, by id: the database would take them along."""
    return [str(one) for (one,) in ask(_NOTED, {"person": person_id})]


def edit_person(by: By, person_id: UUID, **fields: Any) -> Done:
    """Change who somebody is: name, listed_as, said, pronouns, time_zone, language, birthday."""
    by.may("write")
    person = person_of(by.viewer, person_id)
    values = _columns(fields, day_at(by.now, by.viewer.time_zone))
    before = {column: getattr(person, column) for column in values}
    changed = {column: value for column, value in values.items() if value != before[column]}
    Person.objects.filter(id=person.id).update(**changed, touched_by_hand=True)
    _mind_the_birthday(person.id, changed, by.now)
    journal_id = by.note(
        "person.edit",
        subject_id=person.id,
        subject_name=changed.get("name", person.name),
        values={"fields": sorted(fields)},
        way_back={
            "person_id": str(person.id),
            "columns": {column: [before[column], value] for column, value in changed.items()},
        },
    )
    return Done(person.id, journal_id)


@undoes("person.edit")
def _edit_back(way_back: dict[str, Any], now: datetime) -> None:
    """Only what nobody has changed since."""
    for column, (before, after) in way_back["columns"].items():
        Person.objects.filter(id=way_back["person_id"], **{column: after}).update(**{column: before})
    before = {column: both[0] for column, both in way_back["columns"].items()}
    _mind_the_birthday(UUID(way_back["person_id"]), before, now)


def _mind_the_birthday(person_id: UUID, changed: Mapping[str, Any], now: datetime) -> None:
    """A birthday that was taken away by hand is not read from a card again."""
    if "birthday_month" in changed:
        if changed["birthday_month"] is None:
            withdraw(person_id, "birthday", "", now)
        else:
            say_again(person_id, "birthday", "")


def _columns(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    read: dict[str, Callable[[Any], dict[str, Any]]] = {**_READ, "birthday": lambda given: _birthday(given, today)}
    unknown = min(fields.keys() - read.keys(), default=None)
    if unknown is not None:
        raise Trouble(_("A person has no “%(field)s”.") % {"field": unknown}, code="no-such-field", field=unknown)
    return {column: value for name, given in fields.items() for column, value in read[name](given).items()}


def _name(given: str) -> dict[str, Any]:
    name = one_line(given, 300)
    if not name:
        raise Trouble(_("A person needs a name. What do you call them?"), code="no-name", field="name")
    if not is_name(name):
        sentence = _("A name has letters in it. Write what you call them; their address will do for now.")
        raise Trouble(sentence, code="no-name", field="name")
    return {"name": name, "sort_name": fold(name), "filed_as": filed_as(name), "name_rank": BY_HAND}


def _time_zone(given: str) -> dict[str, Any]:
    zone = zone_called(given)
    if given.strip() and not zone:
        raise Trouble(no_such_zone(), code="bad-time-zone", field="time_zone")
    return {"time_zone": zone}


def _birthday(given: str, today: date) -> dict[str, Any]:
    day = birthday_of(given, today)
    return {
        "birthday_month": day and day.month,
        "birthday_day": day and day.day,
        "birthday_year": day and day.year,
    }


_READ: dict[str, Callable[[Any], dict[str, Any]]] = {
    "name": _name,
    "listed_as": lambda given: {"listed_as": fold(one_line(given, 300))},
    "said": lambda given: {"said": one_line(given, 200)},
    "pronouns": lambda given: {"pronouns": one_line(given, 60)},
    "time_zone": _time_zone,
    "language": lambda given: {"language": one_line(given, 20)},
}


def _new_person(name: str, now: datetime) -> tuple[UUID, str]:
    columns = _name(name)
    person_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"workspace": current_workspace(), "id": person_id, "now": now, **columns})
    return person_id, columns["name"]
