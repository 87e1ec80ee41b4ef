"""Which mail domains are ours: those our own people were invited at, and those they say are theirs and write from.

A founder signs in as a@x.example and colleagues write from y.example. That somebody signs in with another address
since is not enough, they may have mistyped it; neither is that somebody of ours *has* an address: a colleague who once
was a customer keeps that old one. Nor is it enough that they said it is theirs: mail that they wrote from it shows it.
Guests are not ours.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace

from .domains import organization_domain
from .models import Organization
from .moving import settle_ends

_OWN_ADDRESSES = """
SELECT h.value FROM membership m JOIN "user" u ON u.id = m.user_id
JOIN handle h ON h.person_id = m.person_id AND h.kind = 'email' AND h.value = lower(u.email)
WHERE m.workspace_id = %(workspace)s AND m.ended_at IS NULL AND m.role <> 'guest'
UNION
SELECT h.value FROM membership m JOIN handle h ON h.person_id = m.person_id AND h.kind = 'email' AND h.origin = 'hand'
WHERE m.workspace_id = %(workspace)s AND m.ended_at IS NULL AND m.role <> 'guest' AND EXISTS (
  SELECT 1 FROM participant p WHERE p.person_id = m.person_id AND p.part = 'from' AND p.address = h.value)
"""
_JOIN = """
UPDATE affiliation a SET organization_id = %(home)s WHERE a.organization_id = ANY(%(others)s) AND a.id IN (
  SELECT DISTINCT ON (b.person_id) b.id FROM affiliation b WHERE b.organization_id = ANY(%(others)s)
    AND NOT EXISTS (SELECT 1 FROM affiliation c WHERE c.person_id = b.person_id AND c.organization_id = %(home)s)
  ORDER BY b.person_id, b.id)
"""


def own_domain() -> str:
    """The domain home is known by; empty where it has none."""
    return Organization.objects.filter(is_home=True).values_list("domain", flat=True).first() or ""


def home_domains() -> set[str]:
    """All domains that are home's besides the one it is known by; free-mail providers are nobody's."""
    with connection.cursor() as cursor:
        # Memberships belong to no workspace's rows: nothing but this keeps those of others out.
        cursor.execute(_OWN_ADDRESSES, {"workspace": current_workspace()})
        return {domain for (address,) in cursor.fetchall() if (domain := organization_domain(address.lower()))}


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
