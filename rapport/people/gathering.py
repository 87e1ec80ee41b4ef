"""Finding or making the people behind many addresses at once: a handful of statements however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import ask, current_workspace
from rapport.kit.ids import new_id, new_ids
from rapport.kit.text import db_text, fold

from .domains import organization_domain, organization_name
from .home_domains import home_domains
from .matching import CARD, SHARED, HandleKey, Holder, Named, as_kept_before, words_of
from .moving import settle_ends
from .naming import BY_HAND, FROM_CARD
from .splitting import filed_as
from .two_people import full_name
from .withdrawing import withdrawn_of

# Begun from home, where few are: asked of each person alone it is the slowest part of a first import.
_OF_DOMAINS = (
    "SELECT domain, coalesce(merged_into_id, id) FROM organization WHERE domain = ANY(%s) "
    "UNION ALL SELECT d.domain, o.id FROM unnest(%s::text[]) AS d(domain) JOIN organization o ON o.is_home"
)
_COME_HOME = """
UPDATE person SET is_home = true WHERE id = ANY(%s) AND NOT is_home AND id = ANY(ARRAY(
  SELECT a.person_id FROM affiliation a WHERE a.organization_id = (SELECT o.id FROM organization o WHERE o.is_home)))
"""


class Seen(NamedTuple):
    """An address as seen in a batch: how it was named, and between which moments; None where only known of."""

    named: Named
    first: datetime | None
    last: datetime | None


def known_of(key: HandleKey, name: str = "") -> Seen:
    """An address that was only told of, not seen in use."""
    return Seen(Named(*key, name, 0), None, None)


_PEOPLE = "hashtextextended('people:' || %s, 0)"  # what both locks are of
_ALONE, _BESIDE = f"SELECT pg_advisory_xact_lock({_PEOPLE})", f"SELECT pg_advisory_xact_lock_shared({_PEOPLE})"
_OWNERS = (
    "SELECT h.kind, h.value, h.person_id, h.called FROM handle h "
    "JOIN unnest(%s::text[], %s::text[]) AS k(kind, value) ON h.kind = k.kind AND h.value = k.value"
)
# The name has to be a card's or given by hand: beside a mail stands what its writer has set up.
_NAME = f"""CASE WHEN h.kind = 'email' AND h.called = '{{}}'
  THEN (SELECT p.name FROM person p WHERE p.id = h.person_id AND p.name_rank >= {FROM_CARD}) END"""  # noqa: S608 - only what is ours is put in
_OWNERS_NAMED = _OWNERS.replace("h.called FROM", f"h.called, {_NAME} FROM")
_ANY_SHARED = "SELECT EXISTS (SELECT FROM handle WHERE kind = %s AND value >= %s AND value < %s)"
_ANY_WITHOUT_COUNTRY = "SELECT EXISTS (SELECT FROM handle WHERE kind = 'phone' AND value >= '0' AND value < ':')"


def hold_people_still() -> None:
    """One writer of people at a time in a workspace, until the transaction ends: two would make the same person."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [str(current_workspace())])


def add_people_beside_others() -> None:
    """Beside others who add somebody, but beside no writer of people of another kind, until the transaction ends.

    For who makes one person and nothing else that could be made twice: an address belongs to one, the database sees to
    it. Where each waited for the one before to be on the disk, a hundred a second were added.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, [str(current_workspace())])


def holders_on_cards(keys: Collection[HandleKey]) -> dict[HandleKey, tuple[Holder, ...]]:
    """The same as `holders_of`, of addresses of mail with the names they were given with. Where no card gave one yet,
    and the person is called by a card or by hand, with theirs."""
    return holders_of(keys, _OWNERS_NAMED)


def any_is_shared() -> bool:
    """Whether anybody is met again by an address of mail that is another's."""
    return bool(ask(_ANY_SHARED, [CARD, SHARED, SHARED + "~"])[0][0])


def holders_of(keys: Collection[HandleKey], asked: str = _OWNERS) -> dict[HandleKey, tuple[Holder, ...]]:
    """Whom these handles reach already, also where a telephone number was kept without its country; of those who share
    a telephone the one known longest first."""
    if not keys:
        return {}
    found = _holders(keys, asked)
    phones = [key for key in keys if key[0] == "phone" and key not in found]
    if phones and ask(_ANY_WITHOUT_COUNTRY, [])[0][0]:
        before = {kept: key for key in phones if (kept := as_kept_before(key))}
        found |= {before[kept]: some for kept, some in _holders(before, asked).items()}
    return found


def owners_of(keys: Collection[HandleKey]) -> dict[HandleKey, UUID]:
    """Which person each of these handles reaches already; of those who share a telephone the one known longest."""
    return {key: some[0].person_id for key, some in holders_of(keys).items()}


def _holders(keys: Collection[HandleKey], asked: str) -> dict[HandleKey, tuple[Holder, ...]]:
    found: dict[HandleKey, tuple[Holder, ...]] = {}
    for kind, value, person, called, *named in ask(asked, [[kind for kind, _ in keys], [value for _, value in keys]]):
        before = found.get((kind, value), ())
        if named and named[0]:
            called = [full_name(named[0])]
        found[kind, value] = tuple(sorted((*before, Holder(person, frozenset(called))), key=lambda one: one.person_id))
    return found


def gather(
    seen: Collection[Seen],
    origin: str,
    import_id: UUID | None,
    now: datetime,
) -> dict[HandleKey, UUID]:
    """The persons these addresses reach; made, with handle and affiliation, where they were not known.

    Call `hold_people_still()` first.
    """
    known = owners_of([one.named.key for one in seen])
    strangers = [one for one in seen if one.named.key not in known]
    made = {one.named.key: new_id() for one in strangers}
    make_people([(made[one.named.key], one) for one in strangers], origin, import_id, now)
    people = {**known, **made}
    _see_again([(people[one.named.key], one) for one in seen if one.named.key in known])
    emails = [(people[one.named.key], one) for one in seen if one.named.kind == "email"]
    affiliate(emails, import_id, now, strangers=set(made.values()))
    return people


def make_people(
    newcomers: Sequence[tuple[UUID, Seen]],
    origin: str,
    import_id: UUID | None,
    now: datetime,
    called: Sequence[str] | None = None,
) -> None:
    """Write down somebody new under each of these ids, with the address they are known by; `affiliate` places them."""
    _insert_people([(person, one.named) for person, one in newcomers], import_id, now)
    insert_handles(newcomers, origin, import_id, called)


def _insert_people(people: list[tuple[UUID, Named]], import_id: UUID | None, now: datetime) -> None:
    if not people:
        return
    names = [db_text(named.name, 300) for _, named in people]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO person (workspace_id, id, name, sort_name, filed_as, name_rank, said, pronouns, time_zone,"
            " language, is_home, do_not_contact, portrait, import_id, touched_by_hand, made_at) "
            "SELECT %s, u.id, u.name, u.sort_name, u.filed_as, u.rank, '', '', '', '', false, false, '', %s, false, %s "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::int[])"
            " AS u(id, name, sort_name, filed_as, rank)",
            [
                current_workspace(),
                import_id,
                now,
                [person for person, _ in people],
                names,
                [fold(name) for name in names],
                [filed_as(name) for name in names],
                [named.rank for _, named in people],
            ],
        )


def insert_handles(
    rows: Sequence[tuple[UUID, Seen]], origin: str, import_id: UUID | None, called: Sequence[str] | None = None
) -> None:
    """Let these addresses reach these persons; `called` is of all but telephones what `Handle.called` says.

    Under `hold_people_still()`, and of `holders_of` it is known that they reach nobody else, a telephone not them: that
    the database need not look again is a twentieth of an import.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO handle (workspace_id, id, person_id, kind, value, as_written, origin, import_id,"
            " first_seen, last_seen, called) "
            "SELECT %s, u.id, u.person, u.kind, u.value, u.value, %s, %s, u.first, u.last,"
            " array_remove(ARRAY[u.called], '') "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[],"
            " %s::text[]) AS u(id, person, kind, value, first, last, called)",
            [
                current_workspace(),
                origin,
                import_id,
                new_ids(len(rows)),
                [person for person, _ in rows],
                [one.named.kind for _, one in rows],
                [one.named.value for _, one in rows],
                [one.first for _, one in rows],
                [one.last for _, one in rows],
                [
                    words_of(one.named.name) if one.named.kind == "phone" else said
                    for (_, one), said in zip(rows, called or [""] * len(rows), strict=True)
                ],
            ],
        )


def call_also(rows: Sequence[tuple[UUID, HandleKey, str]]) -> None:
    """Write down further names (as `Handle.called` has them) with which these were given for these persons."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE handle h SET called = u.called FROM ("
            " SELECT k.id, array_agg(DISTINCT n.name ORDER BY n.name) AS called"
            " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS g(person, kind, value, name)"
            " JOIN handle k ON k.kind = g.kind AND k.value = g.value AND k.person_id = g.person"
            " CROSS JOIN LATERAL unnest(k.called || g.name) AS n(name) GROUP BY k.id) AS u WHERE h.id = u.id",
            [
                [person for person, _, _ in rows],
                [kind for _, (kind, _), _ in rows],
                [value for _, (_, value), _ in rows],
                [name for _, _, name in rows],
            ],
        )


def _see_again(rows: list[tuple[UUID, Seen]]) -> None:
    """Widen when a known handle was seen, and take a better name where one came."""
    if not rows:
        return
    better = [(person, one.named) for person, one in rows if one.named.rank > 0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE handle h SET first_seen = least(h.first_seen, u.first), last_seen = greatest(h.last_seen, u.last) "
            "FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[]) AS u(kind, value, first, last) "
            "WHERE h.kind = u.kind AND h.value = u.value "
            "AND (least(h.first_seen, u.first) IS DISTINCT FROM h.first_seen"
            " OR greatest(h.last_seen, u.last) IS DISTINCT FROM h.last_seen)",
            [
                [one.named.kind for _, one in rows],
                [one.named.value for _, one in rows],
                [one.first for _, one in rows],
                [one.last for _, one in rows],
            ],
        )
    rename_where_better(better)


def rename_where_better(better: Iterable[tuple[UUID, Named]]) -> None:
    """Give persons these names where theirs came from a poorer source (address < organization < display name < card
    < hand).

    Of two names from equally good sources the longer one wins, so that it does not matter which was read first.
    """
    rows = list(better)
    if not rows:
        return
    names = [db_text(named.name, 300) for _, named in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE person p SET name = u.name, sort_name = u.sort_name, filed_as = u.filed_as, name_rank = u.rank "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::int[])"
            " AS u(id, name, sort_name, filed_as, rank) "
            "WHERE p.id = u.id AND (p.name_rank < u.rank OR p.name_rank = u.rank AND u.rank < %s"
            ' AND (length(p.name), p.name COLLATE "C") < (length(u.name), u.name COLLATE "C"))',
            [
                [person for person, _ in rows],
                names,
                [fold(name) for name in names],
                [filed_as(name) for name in names],
                [named.rank for _, named in rows],
                BY_HAND,
            ],
        )


def affiliate(
    rows: Collection[tuple[UUID, Seen]],
    import_id: UUID | None,
    now: datetime,
    strangers: Collection[UUID] = (),
    places: Mapping[str, UUID] | None = None,
) -> None:
    """Put people at the organizations their mail domains speak for; at home they become home people.

    Of strangers, who were made a moment ago, nobody has said that they are not there, and they have left no place.
    `places` says which organizations these domains are of, where that was asked before.
    """
    at_domain = [(person, domain, one) for person, one in rows if (domain := organization_domain(one.named.value))]
    if places is None:
        places = organizations_of({domain for _, domain, _ in at_domain}, import_id, now)
    seen: dict[tuple[UUID, UUID], tuple[datetime | None, datetime | None]] = {}
    for person, domain, one in at_domain:
        pair = person, places[domain]
        first, last = seen.get(pair, (one.first, one.last))
        seen[pair] = _earlier(first, one.first), later(last, one.last)
    known_before = {person for person, _ in seen}.difference(strangers)
    for person, place in withdrawn_of("place", known_before):
        seen.pop((person, UUID(place)), None)
    if not seen:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO affiliation AS a (workspace_id, id, person_id, organization_id, title, since, last_seen,"
            " origin, import_id) "
            "SELECT %s, u.id, u.person, u.organization, '', u.first::date, u.last, 'mail', %s "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::timestamptz[], %s::timestamptz[])"
            " AS u(id, person, organization, first, last) "
            "ON CONFLICT (workspace_id, person_id, organization_id) DO UPDATE SET"
            " since = least(a.since, excluded.since), last_seen = greatest(a.last_seen, excluded.last_seen) "
            "WHERE least(a.since, excluded.since) IS DISTINCT FROM a.since"
            " OR greatest(a.last_seen, excluded.last_seen) IS DISTINCT FROM a.last_seen",
            [
                current_workspace(),
                import_id,
                new_ids(len(seen)),
                [person for person, _ in seen],
                [organization for _, organization in seen],
                [first for first, _ in seen.values()],
                [last for _, last in seen.values()],
            ],
        )
        cursor.execute(_COME_HOME, [[person for person, _ in seen]])
    settle_ends(known_before)


def place_where_known(person_id: UUID, key: HandleKey, now: datetime, is_stranger: bool = False) -> None:
    """Put somebody at the organization an address of mail speaks for, where it is known already.

    An address given by hand says how to reach somebody. Where it founded a place of its domain's name, people stood at
    an employer nobody had named, beside the one that was. Mail they write from it, or a card that holds it, does.
    """
    domain = organization_domain(key[1])
    places = organizations_known_by({domain}) if domain else {}
    if places:
        affiliate([(person_id, known_of(key))], None, now, [person_id] if is_stranger else [], places)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment), default=None)


def later(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later one of those there are."""
    return max((moment for moment in (one, other) if moment), default=None)


def organizations_of(domains: Collection[str], import_id: UUID | None, now: datetime) -> Mapping[str, UUID]:
    """The organizations of these domains, made where they were not known. All of home's domains lead home."""
    if not domains:
        return {}
    known = organizations_known_by(domains)
    missing = sorted(set(domains) - known.keys())
    if not missing:
        return known
    names = [organization_name(domain) for domain in missing]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organization (workspace_id, id, name, sort_name, domain, is_home, import_id, touched_by_hand,"
            " made_at) SELECT %s, u.id, u.name, u.sort_name, u.domain, false, %s, false, %s "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS u(id, name, sort_name, domain) "
            "ON CONFLICT (workspace_id, domain) DO NOTHING",
            [
                current_workspace(),
                import_id,
                now,
                new_ids(len(missing)),
                names,
                [fold(name) for name in names],
                missing,
            ],
        )
    return organizations_known_by(domains)


def organizations_known_by(domains: Collection[str]) -> Mapping[str, UUID]:
    """The organizations of these domains, as far as they are known. All of home's domains lead home."""
    ours = home_domains(among=domains)
    return dict(ask(_OF_DOMAINS, [sorted(set(domains) - ours), sorted(ours)])) if domains else {}
