"""What the palette finds: people by name, address or where they are, organizations, and actions; what begins so comes
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import may
from rapport.kit.text import fold
from rapport.people.organizations import find_organizations
from rapport.people.searching import find
from rapport.relationships.listing import list_people

from ..addresses import with_query
from ..entering import Visit
from ..knowing import known
from ..organizations.filtering import people_words
from ..pages.finding import FindPage, FoundAction, FoundPerson, FoundPlace
from ..telling_apart import beside
from .searching import newest

MOST_PEOPLE = 8
MOST_PLACES = 3
MOST_MOMENTS = 3
WITHIN = 2


def find_page(visit: Visit, q: str) -> FindPage:
    """People, organizations and actions for these words; without words the people one is closest to."""
    people: tuple[FoundPerson, ...] = ()
    guesses: tuple[FoundPerson, ...] = ()
    if not q:
        closest = list_people(visit.viewer, visit.now, sort="strength", limit=MOST_PEOPLE).rows
        people = _people(visit, [one.id for one in closest if one.standing])
    else:
        found = find(visit.viewer, q, MOST_PEOPLE)
        shown = _people(visit, [one.id for one in found.people])
        people, guesses = ((), shown) if found.is_guess else (shown, ())
    actions, places = _actions(visit, q), _places(visit, q)
    so_called, places_so_called = (
        _begins(q, [one.face.name for one in people]),
        _begins(q, [one.name for one in places]),
    )
    return FindPage(
        q, people, actions, guesses, with_query("/people/new", name=q),
        acts_first=_begins(q, [one.label for one in actions]) and not (so_called or places_so_called),
        moments=newest(visit, q, MOST_MOMENTS), search_address=with_query("/search", q=q),
        places=places, places_first=places_so_called and not so_called,
    )  # fmt: skip


def _people(visit: Visit, ids: Sequence[UUID]) -> tuple[FoundPerson, ...]:
    people = known(visit, ids)
    notes = beside(visit.viewer, people.values())
    return tuple(
        FoundPerson(
            face=people[one].face,
            note=notes[one],
            address=people[one].address,
            bond=people[one].bond if people[one].standing else None,
        )
        for one in ids
        if one in people
    )


def _actions(visit: Visit, q: str) -> tuple[FoundAction, ...]:
    words = fold(q).split()
    fitting = [one for one in _everything(visit) if all(word in fold(one.label) for word in words)]
    return tuple(sorted(fitting, key=lambda one: how_it_begins(q, one.label)) if q else fitting)


def _places(visit: Visit, q: str) -> tuple[FoundPlace, ...]:
    return tuple(
        FoundPlace(one.name, people_words(one.people), f"/organizations/{one.id}")
        for one in find_organizations(visit.viewer, q, MOST_PLACES)
    )


def _begins(q: str, names: Iterable[str]) -> bool:
    """Whether one of these begins so: Enter opens what stands first."""
    return bool(q) and any(how_it_begins(q, one) < WITHIN for one in names)


def how_it_begins(q: str, label: str) -> int:
    """0 where it begins with these words, 1 where words of it do, 2 where they are only within."""
    asked, said = fold(q), fold(label)
    if said.startswith(asked):
        return 0
    return 1 if all(any(one.startswith(word) for one in said.split()) for word in asked.split()) else WITHIN


def _everything(visit: Visit) -> list[FoundAction]:
    actions = [
        FoundAction("sun", _("Go to Today"), "/", ("G", "T")),
        FoundAction("users", _("Go to People"), "/people", ("G", "P")),
        FoundAction("briefcase", _("Go to Organizations"), "/organizations", ("G", "O")),
        FoundAction("clock", _("People by last contact"), "/people?sort=last"),
        FoundAction("search", _("Search mail and notes"), "/search"),
        FoundAction("users-round", _("Go to Team"), "/team"),
        FoundAction("settings", _("Settings"), "/settings", ("G", "S")),
        FoundAction("history", _("Recent changes"), "/settings/changes"),
        FoundAction("keyboard", _("Keys"), "#keys", ("?",)),
    ]
    if may(visit.viewer, "write"):
        actions[:0] = [
            FoundAction("pencil", _("Log what happened"), "/log", ("L",)),
            FoundAction("user-plus", _("New person"), "/people/new", ("N",)),
        ]
    if may(visit.viewer, "import"):
        actions.append(FoundAction("import", _("Import mail, calendar and contacts"), "/import", ("G", "I")))
        actions.append(FoundAction("history", _("All imports"), "/imports"))
        actions.append(FoundAction("file-text", _("What imports set aside"), "/imports?aside=1"))
    return actions
