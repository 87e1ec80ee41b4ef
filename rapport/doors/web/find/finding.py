"""What the palette finds: people by name, address or organization, and actions; what begins so comes first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.accounts.access import may
from rapport.kit.text import fold
from rapport.people.searching import find
from rapport.relationships.listing import list_people

from ..addresses import with_query
from ..entering import Visit
from ..knowing import known
from ..pages.finding import FindPage, FoundAction, FoundPerson
from ..telling_apart import beside
from .searching import newest

MOST_PEOPLE = 8
MOST_MOMENTS = 3
WITHIN = 2


def find_page(visit: Visit, q: str) -> FindPage:
    """People and actions for these words; without words the people one is closest to."""
    people: tuple[FoundPerson, ...] = ()
    guesses: tuple[FoundPerson, ...] = ()
    if not q:
        closest = list_people(visit.viewer, visit.now, sort="strength", limit=MOST_PEOPLE).rows
        people = _people(visit, [one.id for one in closest if one.standing])
    else:
        found = find(visit.viewer, q, MOST_PEOPLE)
        shown = _people(visit, [one.id for one in found.people])
        people, guesses = ((), shown) if found.is_guess else (shown, ())
    actions = _actions(visit, q)
    return FindPage(
        q, people, actions, guesses, with_query("/people/new", name=q), _acts_first(q, people, actions),
        moments=newest(visit, q, MOST_MOMENTS), search_address=with_query("/search", q=q),
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


def _acts_first(q: str, people: Sequence[FoundPerson], actions: Sequence[FoundAction]) -> bool:
    """Whether a command begins so and nobody's name does: Enter opens what stands first."""
    called_so = any(how_it_begins(q, one.face.name) < WITHIN for one in people)
    return bool(q and actions) and how_it_begins(q, actions[0].label) < WITHIN and not called_so


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
