"""Which addresses a member may be given without anybody who manages the workspace: a right to read hangs on each.

Who takes part in something reads its words, and takes part by their addresses. So somebody who signs in is given no
address that mail has come through for others (a colleague, a desk, a list), and none at a domain of ours beside the
one they came with: there any name may be a colleague's who has not come yet. The one they sign in with is no
exception: whoever joins has that of their invitation already, and they may write down any other for signing in.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from rapport.accounts.access import Viewer, may
from rapport.accounts.rows import ask, current_workspace

from .domains import organization_domain
from .home_domains import home_domains, own_domain
from .matching import HandleKey

_MEMBERS = "SELECT person_id FROM membership WHERE workspace_id = %s AND ended_at IS NULL AND person_id = ANY(%s)"
_OF_OTHERS = """
SELECT u.person, u.value FROM unnest(%s::uuid[], %s::text[]) AS u(person, value)
WHERE EXISTS (SELECT 1 FROM participant p WHERE p.address = u.value AND p.person_id <> u.person)
   OR EXISTS (SELECT 1 FROM address_part a WHERE a.address = u.value AND a.part <> ALL(%s))
"""
_OPENS = """
SELECT EXISTS (SELECT 1 FROM handle WHERE kind = 'email' AND value = %(address)s)
    OR EXISTS (SELECT 1 FROM participant WHERE address = %(address)s)
    OR EXISTS (SELECT 1 FROM address_part WHERE address = %(address)s AND part <> ALL(%(said_only)s))
"""
_SAID_ONLY = ["bounced", "replied"]  # parts nobody took: what is said of an address


def may_take(viewer: Viewer, person_id: UUID, key: HandleKey) -> bool:
    """Whether the viewer may let this address reach this person."""
    return may(viewer, "manage") or (person_id, key) not in kept_from([(person_id, key)])


def kept_from(wanted: Collection[tuple[UUID, HandleKey]]) -> set[tuple[UUID, HandleKey]]:
    """Of persons and free addresses for them, those pairs that nobody but a manager may join."""
    if not wanted:
        return set()
    members = _members_of({person for person, _key in wanted})
    asked = [(person, key) for person, key in wanted if person in members and key[0] == "email"]
    if not asked:
        return set()
    ours = home_domains() | {own_domain()}
    others = _of_others(asked)
    return {one for one in asked if one in others or organization_domain(one[1][1]) in ours}


def opens_mail(address: str) -> bool:
    """Whether who comes in by this address finds somebody's mail behind it, or could: it reaches a person already, or
    mail has come through it."""
    return bool(ask(_OPENS, {"address": address.strip().lower(), "said_only": _SAID_ONLY})[0][0])


def _members_of(people: Collection[UUID]) -> set[UUID]:
    return {person for (person,) in ask(_MEMBERS, [current_workspace(), list(people)])}


def _of_others(asked: Collection[tuple[UUID, HandleKey]]) -> set[tuple[UUID, HandleKey]]:
    with connection.cursor() as cursor:
        people, values = [person for person, _ in asked], [value for _, (_kind, value) in asked]
        cursor.execute(_OF_OTHERS, [people, values, _SAID_ONLY])
        return {(person, ("email", value)) for person, value in cursor.fetchall()}
