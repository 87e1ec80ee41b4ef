"""Organizations, places in a path, lists kept under a name, wishes and erasures of the cast, each in every state."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from rapport.accounts.acting import By
from rapport.doors.operations.catalogue import call
from rapport.interactions.erasing.beginning import erase
from rapport.interactions.erasing.going_on import go_on
from rapport.people.editing import add_handle, add_person, set_affiliation
from rapport.people.models import Affiliation, Organization, Person

if TYPE_CHECKING:
    from .cast import Cast


def all_next_door(cast: Cast, by: By, nina: UUID) -> None:
    """One of each that only the stranger sees."""
    seen = {"stranger"}
    nearby, nearer = _at(by, nina, "Nearby Clinics"), _at(by, None, "Nearer Clinics")
    call("organizations.add-domain", by.viewer, "web", {"organization_id": nearby, "domain": "nearby-clinics.example"})
    cast.add("organization", "next door", seen, organization_id=nearby, domain="nearby-clinics.example")
    cast.add("places", "next door", seen, organization_id=nearby, other=nearer)
    cast.add("place", "next door", seen, person_id=nina, affiliation_id=_place(nina, nearby))
    _add_view(cast, "next door", seen, seen, _kept(by, "Far away", shared=True))
    cast.add("wish", "next door", seen, person_id=_who_wishes(by, "Wanda Near"), wished="do-not-score")
    erasable = add_person(by, "Egon Near").person_id
    cast.add("removable", "next door", seen, person_id=erasable)
    cast.add("erasable", "next door", seen, person_id=erasable, called="Egon Near")
    _erased(by, "Eve Near", "eve@nearby.example")
    cast.add("buried", "next door", seen, value="eve@nearby.example")


def organizations_here(cast: Cast) -> None:
    """Where all know somebody, where the guest knows nobody, our own, and one that became another."""
    from .cast import INSIDE, STAFF

    by = By(cast.viewers["owner"], "web", cast.now)
    met, unmet = (_person(cast, state) for state in ("met by all", "not met by the guest"))
    known, other, joined = _at(by, met, "Fairlight"), _at(by, unmet, "Aurora Labs"), _at(by, None, "Fairlight Ltd")
    for place, domain in ((known, "fairlight.example"), (other, "aurora-labs.example")):
        call("organizations.add-domain", by.viewer, "web", {"organization_id": place, "domain": domain})
    call("organizations.merge", by.viewer, "web", {"organization_id": known, "other": joined})
    home = Organization.objects.get(is_home=True).id
    cast.add("organization", "where all know somebody", INSIDE, organization_id=known, domain="fairlight.example")
    cast.add("organization", "unknown to the guest", STAFF, organization_id=other, domain="aurora-labs.example")
    cast.add("organization", "joined", INSIDE, organization_id=joined, domain="fairlight.example")
    cast.add("organization", "our own", INSIDE, organization_id=home, domain="fernhill.example")
    next_door = next(one for one in cast.things if one.kind == "organization").ids["organization_id"]
    cast.add("places", "both here", STAFF, organization_id=known, other=other)
    cast.add("places", "one is our own", STAFF, organization_id=known, other=home)
    cast.add("places", "one next door", organization_id=known, other=next_door)
    cast.add("places", "the kept one next door", organization_id=next_door, other=known)
    cast.add("place", "there", STAFF, person_id=unmet, affiliation_id=_place(unmet, other))
    _at(by, met, "Gone Clinics")
    gone = _place(met, Organization.objects.get(name="Gone Clinics").id)
    call("people.remove-place", by.viewer, "web", {"affiliation_id": gone})
    cast.add("place", "gone", person_id=met, affiliation_id=gone)


def views_here(cast: Cast) -> None:
    """Shared lists all members see; of a list of one's own nobody else knows, whoever manages."""
    from .cast import MANAGING, STAFF

    by = By(cast.viewers["owner"], "web", cast.now)
    mels = replace(by, viewer=cast.viewers["member"])
    _add_view(cast, "the owner's", {"owner"}, {"owner"}, _kept(by, "Mayas"))
    _add_view(cast, "the owner's, shared", STAFF, MANAGING, _kept(by, "Ours", shared=True))
    _add_view(cast, "the member's", {"member"}, {"member"}, _kept(mels, "Mels"))
    shared = _kept(mels, "Mels for all", shared=True)
    _add_view(cast, "the member's, shared", STAFF, MANAGING | {"member"}, shared)
    gone = _kept(by, "Gone")
    call("views.remove", by.viewer, "web", {"view_id": gone})
    _add_view(cast, "gone", set(), set(), gone)


def rights_here(cast: Cast) -> None:
    """Who asked something of us, who may be erased, and who was. One erasure is over, the one next door is not."""
    from .cast import INSIDE, STAFF

    by = By(cast.viewers["owner"], "web", cast.now)
    met, unmet = (_person(cast, state) for state in ("met by all", "not met by the guest"))
    cast.add("wish", "there", STAFF, person_id=_who_wishes(by, "Wendy Asks"), wished="do-not-score")
    cast.add("wish", "never said", STAFF, person_id=unmet, wished="do-not-contact")
    added = add_person(by, "Ada Added").person_id
    cast.add("removable", "nobody else's", STAFF, person_id=added)
    cast.add("removable", "joined of two", STAFF, person_id=met)
    cast.add("removable", "who signs in", STAFF, person_id=by.viewer.person_id)
    cast.add("erasable", "met by all", INSIDE, person_id=met, called=Person.objects.get(id=met).name)
    cast.add("erasable", "not met by the guest", STAFF, person_id=unmet, called="Kenji Mori")
    cast.add("erasable", "who signs in", INSIDE, person_id=by.viewer.person_id, called="Maya")
    erased = _erased(by, "Erwin Gone", "erwin@gone.example")
    go_on(cast.workspaces["here"], settings.HOUSE.path, settings.HOUSE.files_folder)
    for kind in ("erasable", "removable"):
        cast.add(kind, "erased", person_id=erased, called="Erwin Gone")
    cast.add("buried", "erased here", INSIDE, value="erwin@gone.example")


def _add_view(cast: Cast, state: str, seen_by: Set[str], changed_by: Set[str], view_id: UUID) -> None:
    """A list is changed by fewer than may go by it."""
    cast.add("view", state, seen_by, changed_by, view_id=view_id)
    cast.add("list", state, seen_by, view_id=view_id)


def _person(cast: Cast, state: str) -> UUID:
    ids = next(one for one in cast.things if (one.kind, one.state) == ("person", state)).ids
    return UUID(ids["person_id"])


def _at(by: By, person_id: UUID | None, called: str) -> UUID:
    """An organization where somebody is now; somebody new, where nobody is said."""
    at = person_id or add_person(by, f"Somebody of {called}").person_id
    set_affiliation(by, at, called, "")
    return Organization.objects.get(name=called).id


def _place(person_id: UUID, organization_id: UUID) -> UUID:
    return Affiliation.objects.get(person_id=person_id, organization_id=organization_id).id


def _kept(by: By, name: str, shared: bool = False) -> UUID:
    given = {"name": name, "sort": "last", "shared": shared}
    return UUID(str(call("views.save", by.viewer, "web", given).id))


def _who_wishes(by: By, name: str) -> UUID:
    person = add_person(by, name).person_id
    call("people.ask-not", by.viewer, "web", {"person_id": person, "kind": "do-not-score"})
    return person


def _erased(by: By, name: str, address: str) -> UUID:
    """Somebody who is nowhere any more; what is left to do is written down."""
    person = add_person(by, name).person_id
    add_handle(by, person, "email", address)
    erase(by, person, name)
    return person
