"""The addresses that reach a person, given and taken by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, may
from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.rows import ask, current_workspace
from rapport.kit.ids import new_id
from rapport.kit.trouble import Conflict, NotFound
from rapport.kit.zones import country_in

from .addresses import handle_key
from .belongings import put_back, written_down
from .domains import organization_domain
from .done import Done
from .gathering import Seen, affiliate, hold_people_still, place_where_known
from .matching import CARD, HandleKey, Holder, Named, answering, forms_of, words_of
from .merging import signs_in
from .models import Affiliation, Handle
from .moving import unmake
from .taking_addresses import may_take
from .tombstones import must_not_be_buried
from .visible import keep_by_hand, now_called, person_of
from .withdrawing import handle_told, say_again, withdraw

_GIVE = (
    "INSERT INTO handle (workspace_id, id, person_id, kind, value, as_written, origin, called)"
    " VALUES (%s, %s, %s, %s, %s, %s, 'hand', array_remove(ARRAY[%s], '')) ON CONFLICT DO NOTHING"
)
_HOLDERS = (
    "SELECT p.id, p.name, h.called FROM handle h JOIN person p ON p.id = h.person_id WHERE h.kind = %s AND h.value = %s"
)


def add_handle(by: By, person_id: UUID, kind: str, value: str) -> Done:
    """One more address of somebody. Raises Conflict, naming them, where it reaches somebody else."""
    by.may("write")
    hold_people_still()
    person = person_of(by.viewer, person_id)
    key = handle_key(kind, value, country_in(by.viewer.time_zone))
    owner = owner_named(key, person.name, person.id)
    if owner is not None and owner[0] != person.id:
        raise Conflict(
            _("%(address)s already reaches %(name)s. If they are one person, merge them.")
            % {"address": key[1], "name": owner[1]},
            code="known-already",
            person_id=str(owner[0]),
        )
    if not may_take(by.viewer, person.id, key):
        by.may("manage")  # whoever signs in reads what comes through their addresses
    way_back: dict[str, Any] | None = None
    if owner is None:
        must_not_be_buried(key)
        before = _stations(person.id)
        handle_id = give_handle(person.id, key, by.now, person.name, value.strip())
        made = sorted(_stations(person.id) - before)
        way_back = {"handle_id": str(handle_id), "made": made, "was_home": person.is_home}
        keep_by_hand(person.id)
    journal_id = by.note(
        "handle.add", subject_id=person.id, subject_name=person.name, values={"kind": kind}, way_back=way_back
    )
    return Done(person.id, journal_id)


def _may_take_from(viewer: Viewer, person_id: UUID) -> bool:
    """From whoever signs in only they themselves or a manager: the address would be free for somebody else, with the
    mail that comes through it."""
    return person_id == viewer.person_id or may(viewer, "manage") or not signs_in([person_id])


def _may_take_away(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    if may(viewer, "manage"):
        return True
    handle = Handle.objects.filter(id=way_back["handle_id"]).first()
    return handle is None or _may_take_from(viewer, handle.person_id)


@undoes("handle.add", allowed=_may_take_away)
def _take_away(way_back: dict[str, Any], now: datetime) -> None:
    """And the place it spoke for, unless more was learnt of it since."""
    hold_people_still()
    handle = Handle.objects.filter(id=way_back["handle_id"]).first()
    if handle is None:
        return
    handle.delete()
    if way_back.get("made"):  # entries of earlier days did not write it down
        unmake(way_back["made"], handle.person_id, way_back["was_home"])
        place_by_addresses(handle.person_id, {organization_domain(handle.value)}, now)


def _stations(person_id: UUID) -> set[str]:
    return {str(one.id) for one in Affiliation.objects.filter(person_id=person_id).only("id")}


def remove_handle(by: By, handle_id: UUID) -> Done:
    """Forget an address; what came through it stays with the person."""
    by.may("write")
    hold_people_still()
    handle = Handle.objects.filter(id=handle_id).exclude(kind=CARD).first()
    if handle is None:
        raise NotFound(_("There is no such address any more."))
    person = person_of(by.viewer, handle.person_id)
    if not _may_take_from(by.viewer, person.id):
        by.may("manage")
    row = written_down(handle)
    handle.delete()
    withdraw(person.id, "handle", handle_told(handle.kind, handle.value), by.now)
    journal_id = by.note(
        "handle.remove",
        subject_id=person.id,
        subject_name=person.name,
        values={"kind": handle.kind},
        way_back={"row": row},
    )
    return Done(person.id, journal_id)


def _may_give_back(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    """What somebody took from themselves is theirs to take up again; to anybody else it is given anew."""
    row = way_back["row"]
    person_id = UUID(row["person_id"])
    if person_id == viewer.person_id or may(viewer, "manage"):
        return True
    return may_take(viewer, now_called(person_id), (row["kind"], row["value"]))


@undoes("handle.remove", allowed=_may_give_back)
def _give_back(way_back: dict[str, Any], now: datetime) -> None:
    row = way_back["row"]
    say_again(row["person_id"], "handle", handle_told(row["kind"], row["value"]))
    put_back(row)


def give_handle(
    person_id: UUID, key: HandleKey, now: datetime, name: str, as_written: str = "", is_stranger: bool = False
) -> UUID:
    """Let an address reach a person of this name; one of mail also says where they are, where that place is known.
    Conflict where it reaches somebody. Of a stranger nobody has said anything yet."""
    if not is_stranger:
        say_again(person_id, "handle", handle_told(*key))
    handle_id = new_id()
    with connection.cursor() as cursor:
        called = words_of(name) if key[0] == "phone" else ""
        cursor.execute(_GIVE, [current_workspace(), handle_id, person_id, *key, as_written or key[1], called])
        if not cursor.rowcount:  # somebody who adds people beside us was faster by a moment
            raise _reaches_already(key, owner_named(key, name))
    if key[0] == "email":
        place_where_known(person_id, key, now, is_stranger)
    return handle_id


def must_be_free(key: HandleKey, name: str) -> None:
    """Raise Conflict where this address reaches somebody, naming them, or where it was erased on request. A telephone
    may reach others who are called otherwise."""
    must_not_be_buried(key)
    owner = owner_named(key, name)
    if owner is not None:
        raise _reaches_already(key, owner)


def _reaches_already(key: HandleKey, owner: tuple[UUID, str] | None) -> Conflict:
    person_id, name = owner or ("", _("somebody"))
    return Conflict(
        _("%(address)s already reaches %(name)s.") % {"address": key[1], "name": name},
        code="known-already",
        person_id=str(person_id),
    )


def place_by_addresses(person_id: UUID, domains: Collection[str | None], now: datetime) -> None:
    """Put somebody where their addresses at these domains say they are, from when until when they were seen."""
    for one in Handle.objects.filter(person_id=person_id, kind="email"):
        domain = organization_domain(one.value)
        if domain and domain in domains:
            if one.origin == "hand" and one.last_seen is None:
                place_where_known(person_id, ("email", one.value), now)
                continue
            seen = Seen(Named("email", one.value, "", 0), one.first_seen, one.last_seen)
            affiliate([(person_id, seen)], one.import_id, now)


def owner_named(key: HandleKey, name: str, among_them: UUID | None = None) -> tuple[UUID, str] | None:
    """Whom an address reaches, by id and name; of a telephone who is called so, before them this one of those it
    reaches."""
    found = next(filter(None, (ask(_HOLDERS, list(form)) for form in forms_of(key))), [])
    names = {person: called for person, called, _ in found}
    if key[0] != "phone" or among_them in names:
        person = among_them if among_them in names else next(iter(names), None)
    else:
        person = answering([Holder(one, frozenset(some)) for one, _, some in found], words_of(name))
    return (person, names[person]) if person else None
