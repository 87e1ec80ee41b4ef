"""Which mail domains are ours: those our own people were invited at, and those they say are theirs and write from.

A founder signs in as a@x.example and colleagues write from y.example. That somebody signs in with another address
since is not enough, they may write down any; neither is that somebody of ours *has* an address: a colleague who once
was a customer keeps that old one. Nor is it enough that they said it is theirs: mail that they wrote from it shows it.
Guests are not ours.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.accounts.links import INVITED_FOR
from rapport.accounts.rows import ask, current_workspace

from .domains import organization_domain
from .models import Organization
from .moving import settle_ends

# Who signs in, and their addresses. Memberships belong to no workspace's rows: nothing else keeps those of others out.
# The founder had the address they founded with before they were a member; of who came later the journal says at which
# one they were invited.
_OWN_ADDRESSES = """
SELECT m.person_id, h.value, h.origin = 'hand', h.value = lower(u.email), m.joined_at,
  (SELECT domain FROM organization WHERE is_home),
  h.id < m.id AND NOT EXISTS (SELECT 1 FROM membership e WHERE e.workspace_id = m.workspace_id AND e.id < m.id)
FROM membership m JOIN "user" u ON u.id = m.user_id,
  LATERAL (SELECT id, value, origin FROM handle WHERE person_id = m.person_id AND kind = 'email' OFFSET 0) AS h
WHERE m.workspace_id = %s AND m.ended_at IS NULL AND m.role <> 'guest'
  AND (h.origin = 'hand' OR h.value = lower(u.email))
"""
_INVITED = """
SELECT EXISTS (SELECT 1 FROM journal_entry
  WHERE at > %(joined)s - %(while)s::interval AND at <= %(joined)s AND verb = 'member.invite'
    AND lower(subject_name) = %(address)s)
"""
_WROTE = "SELECT EXISTS (SELECT 1 FROM participant WHERE person_id = %s AND part = 'from' AND address = %s)"
_JOIN = """
UPDATE affiliation a SET organization_id = %(home)s WHERE a.organization_id = ANY(%(others)s) AND a.id IN (
  SELECT DISTINCT ON (b.person_id) b.id FROM affiliation b WHERE b.organization_id = ANY(%(others)s)
    AND NOT EXISTS (SELECT 1 FROM affiliation c WHERE c.person_id = b.person_id AND c.organization_id = %(home)s)
  ORDER BY b.person_id, b.id)
"""


def own_domain() -> str:
    """The domain home is known by; empty where it has none."""
    return Organization.objects.filter(is_home=True).values_list("domain", flat=True).first() or ""


def home_domains(among: Collection[str] | None = None) -> set[str]:
    """All domains, or those of `among`, that are home's besides the one it is known by; free-mail providers are
    nobody's. What somebody wrote is looked through only for the domains that are asked about.
    """
    found: set[str] = set()
    own = [_Own(*row) for row in ask(_OWN_ADDRESSES, [current_workspace()])]
    for one in sorted(own, key=lambda one: not one.signs_in):
        domain = organization_domain(one.address.lower())
        if domain is None or domain in found or (among is not None and domain not in among):
            continue
        if _speaks_for_home(one, domain):
            found.add(domain)
    return found


@dataclass(frozen=True, slots=True)
class _Own:
    """An address of one of ours: whether it was said by hand, they sign in with it, and founded home with it."""

    person_id: UUID
    address: str
    by_hand: bool
    signs_in: bool
    joined_at: datetime
    home: str | None
    founded: bool


def _speaks_for_home(one: _Own, domain: str) -> bool:
    """Ordered by what it costs."""
    if one.signs_in and (one.founded or domain == one.home):
        return True
    if one.by_hand and ask(_WROTE, [one.person_id, one.address])[0][0]:
        return True
    return one.signs_in and _was_invited_at(one)


def _was_invited_at(one: _Own) -> bool:
    while_open = {"address": one.address, "joined": one.joined_at, "while": INVITED_FOR}
    return bool(ask(_INVITED, while_open)[0][0])


def settle_home_domains(domains: Collection[str]) -> list[UUID]:
    """Let what was taken for another organization at these domains be home; who became a home person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, h.id FROM organization o JOIN organization h ON h.is_home "
            "WHERE o.domain = ANY(%s) AND NOT o.is_home",
            [list(domains)],
        )
        found = cursor.fetchall()
        if not found:
            return []
        others, home = [row[0] for row in found], found[0][1]
        move_into(home, others)
        cursor.execute(
            "UPDATE person p SET is_home = true FROM affiliation a WHERE a.person_id = p.id AND a.organization_id = %s"
            " AND NOT p.is_home RETURNING p.id",
            [home],
        )
        return [row[0] for row in cursor.fetchall()]


def move_into(home: UUID, others: Collection[UUID]) -> None:
    """Everybody at these organizations is at home, and they are no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM affiliation WHERE organization_id = ANY(%s)", [list(others)])
        people = {row[0] for row in cursor.fetchall()}
        cursor.execute(_JOIN, {"home": home, "others": list(others)})
        cursor.execute("DELETE FROM affiliation WHERE organization_id = ANY(%s)", [list(others)])
        cursor.execute("DELETE FROM organization WHERE id = ANY(%s)", [list(others)])
    settle_ends(people)
