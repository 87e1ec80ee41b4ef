"""Brings relationships up to what has happened: reads the marks of what changed, folds it, judges it again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import Min

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import be_patient, current_workspace
from rapport.interactions.models import PairChange
from rapport.kit.failpoints import failpoint
from rapport.kit.ids import new_ids
from rapport.people.models import Person

from .contacts import Pair, contacts_of_pairs
from .engine.judge import judge
from .engine.state import TieState
from .folding import states_of
from .models import Relationship
from .stored import written
from .ties import settle_all_ties, settle_ties_of
from .unscored import to_be_scored

PAIRS_AT_A_TIME = 2000
PAIRS_IN_A_REQUEST = 50


def read_on(now: datetime) -> int:
    """Judge what somebody just changed, in their transaction: the newest changes, as many as nobody waits for long.

    How many pairs were judged. What is left waits for the worker, whose round every change asks for.
    """
    return _judge_changed(
        "DELETE FROM pair_change WHERE (home_person_id, person_id) IN ("
        "SELECT home_person_id, person_id FROM pair_change ORDER BY id DESC LIMIT %s) "
        "RETURNING home_person_id, person_id",
        PAIRS_IN_A_REQUEST,
        now,
    )


def read_far_on(now: datetime) -> int:
    """Judge some of all that changed since last time, in the current transaction; how many pairs, 0 when none is left.

    Changes are marks that are taken away once judged. Only marks of finished transactions are visible to us, so one
    that commits late is simply taken next time.
    """
    return _judge_changed(
        "DELETE FROM pair_change WHERE (home_person_id, person_id) IN ("
        "SELECT home_person_id, person_id FROM pair_change GROUP BY 1, 2 LIMIT %s) "
        "RETURNING home_person_id, person_id",
        PAIRS_AT_A_TIME,
        now,
    )


def look_again(now: datetime, most: int = PAIRS_AT_A_TIME) -> int:
    """Judge again the pairs whose time has come: silence alone changed a word."""
    due = Relationship.objects.filter(next_look_at__lte=now).order_by("next_look_at")
    pairs = set(due.values_list("home_person_id", "person_id")[:most])
    judge_pairs(pairs, now)
    return len(pairs)


def judge_pairs(pairs: Collection[Pair], now: datetime) -> None:
    """Fold and judge these pairs from their whole history. A pair without contact has no relationship."""
    if not pairs:
        return
    _one_judge_at_a_time()
    homes = Person.objects.filter(id__in={home for home, _ in pairs}, is_home=True, merged_into=None)
    ours = set(homes.values_list("id", flat=True))
    scored = to_be_scored([pair for pair in pairs if pair[0] in ours])
    states = states_of(contacts_of_pairs(scored, now))
    _remove([pair for pair in pairs if pair not in states])
    failpoint("judge.after_removal")
    _store(states, now)
    failpoint("judge.after_storing")
    settle_ties_of({person for _, person in pairs})


def settle_places() -> None:
    """Let lists of organizations go by where people are now."""
    _one_judge_at_a_time()
    settle_all_ties()


def next_turn() -> datetime | None:
    """When the next word, flag or tone changes by silence alone."""
    first: datetime | None = Relationship.objects.aggregate(first=Min("next_look_at"))["first"]
    return first


def _judge_changed(take_marks: str, most: int, now: datetime) -> int:
    if not PairChange.objects.exists():
        return 0  # nobody waits for another judge without need
    _one_judge_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute(take_marks, [most])
        pairs = set(cursor.fetchall())
    failpoint("judge.after_marks")
    judge_pairs(pairs, now)
    return len(pairs)


def _one_judge_at_a_time() -> None:
    """Until the transaction ends: a slower judge would overwrite what a faster one knew."""
    be_patient(60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('judge:' || %s, 0))", [str(current_workspace())])


def _remove(pairs: list[Pair]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM relationship r USING unnest(%s::uuid[], %s::uuid[]) AS u(home, person) "
            "WHERE r.home_person_id = u.home AND r.person_id = u.person",
            [[home for home, _ in pairs], [person for _, person in pairs]],
        )


def _store(states: dict[Pair, TieState], now: datetime) -> None:
    if not states:
        return
    standings = [judge(state, now) for state in states.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO relationship (workspace_id, id, home_person_id, person_id, state, contacts, first_at, last_at,"
            " strength, judged_at, next_look_at, tone) "
            "SELECT %s, u.id, u.home, u.person, u.state, u.contacts, u.first, u.last, u.strength, %s, u.next,"
            " u.tone "
            "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::int[], %s::timestamptz[],"
            " %s::timestamptz[], %s::int[], %s::timestamptz[], %s::text[])"
            " AS u(id, home, person, state, contacts, first, last, strength, next, tone) "
            "ON CONFLICT (workspace_id, home_person_id, person_id) DO UPDATE SET state = excluded.state,"
            " contacts = excluded.contacts, first_at = excluded.first_at, last_at = excluded.last_at,"
            " strength = excluded.strength, judged_at = excluded.judged_at, next_look_at = excluded.next_look_at,"
            " tone = excluded.tone",
            [
                current_workspace(),
                now,
                new_ids(len(states)),
                [home for home, _ in states],
                [person for _, person in states],
                [written(state) for state in states.values()],
                [state.contacts for state in states.values()],
                [state.first_at for state in states.values()],
                [state.last_at for state in states.values()],
                [standing.strength for standing in standings],
                [standing.next_look for standing in standings],
                [standing.tone for standing in standings],
            ],
        )
    coming = [standing.next_look for standing in standings if standing.next_look]
    if coming:
        put_down("look", min(coming))
