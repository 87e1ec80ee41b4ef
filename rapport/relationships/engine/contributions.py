"""Contributions: rows that explain a figure, add up exactly to what is shown, and each open into their evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from rapport.relationships.engine import strength
from rapport.relationships.engine.features import features, read
from rapport.relationships.engine.habits import FAMILIES, SHARED, Habits
from rapport.relationships.engine.rhythm import days_within, typical_gap_days, usual_days_in_90
from rapport.relationships.engine.rows import Row, Selector
from rapport.relationships.engine.state import TieState, days_since_epoch
from rapport.relationships.engine.vitality import chance, outlook_of, percent_shown
from rapport.relationships.engine.weights import Weights

SWITCHED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("acquaintance", ("days", "single", "span", "pace_ever")),
    ("rhythm", ("gap",)),
    ("lately", ("pace_7", "pace_30", "pace_120", "pace_365", "contacts")),
    ("answers", ("turns", "mutual", "streak", "quieter_side")),
    ("silence", ("silent_week", "silent_month", "silent_half_year", "silent_longer", "over", "over_far")),
)
"""The one order in which a neutral pair is turned into this one; another would share out the same sum differently."""
LATELY = timedelta(days=365)
"""The longest half-life among the paces: what is older counts for little in the row of contact lately."""


def strength_rows(state: TieState, now: datetime, habits: Habits) -> tuple[Row, ...]:
    """Rows in points that add up to the strength shown, biggest first, six at most.

    They stand as after a usual pause; what a longer silence has cost since then is a row of its own.
    """
    now_days = days_since_epoch(now)
    rested = min(now_days, state.last + (typical_gap_days(state, habits) or habits.unknown_gap_days))
    stock = strength.stock_of(state, rested, habits)
    exact, now_exact = strength.points(stock.total, habits), strength.strength_of(state, now_days, habits)
    parts = [("family:" + name, part) for name, part in stock.families.items() if part > 0]
    parts += [("acquaintance", stock.lasting), ("both_ways", stock.both_ways)]
    # A part of the stock gets its share of the points: the scale bends, the shares do not.
    shares = [(kind, exact * part / stock.total) for kind, part in parts if part > 0]
    if now_exact < exact:
        shares.append(("quieter", now_exact - exact))
    whole = add_up([points for _, points in shares], strength.shown(now_exact))
    rows = [_strength_row(kind, n, state, now, habits) for (kind, _), n in zip(shares, whole, strict=True)]
    return _biggest_first([row for row in rows if row.points], habits.rows_at_most)


def vitality_rows(state: TieState, now: datetime, horizon: float, habits: Habits, weights: Weights) -> tuple[Row, ...]:
    """Rows whose log-odds add up to logit of vitality, and whose points add up to the percentage shown.

    Features are switched from those of a neutral pair to this pair's, group by group in the order of SWITCHED.
    """
    now_days = days_since_epoch(now)
    actual, seen = features(read(state, now_days)), dict(weights.neutral)
    at = [outlook_of(seen, weights).log_odds(horizon)]
    for _, names in SWITCHED:
        seen |= {name: actual[name] for name in names}
        at.append(outlook_of(seen, weights).log_odds(horizon))
    steps = [at[0]] + [after - before for before, after in pairwise(at)]
    odds = [0.0] + [100 * chance(z) for z in at]
    whole = add_up([after - before for before, after in pairwise(odds)], percent_shown(chance(at[-1])))
    kinds = ["starting_point"] + [kind for kind, _ in SWITCHED]
    rows = [_vitality_row(*one, state, now, habits) for one in zip(kinds, whole, steps, strict=True)]
    return _biggest_first(rows, habits.rows_at_most)


def add_up(exact: Sequence[float], total: int) -> list[int]:
    """Whole numbers next to the exact ones that add up to the total: the largest remainders are rounded up."""
    whole = [math.floor(one) for one in exact]
    missing = total - sum(whole)
    by_remainder = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for place in range(abs(missing)):
        if missing > 0:
            whole[by_remainder[place % len(exact)]] += 1
        else:
            whole[by_remainder[-1 - place % len(exact)]] -= 1
    return whole


def _strength_row(kind: str, points: int, state: TieState, now: datetime, habits: Habits) -> Row:
    if kind.startswith("family:"):
        family = kind.removeprefix("family:")
        known = {one for kinds in FAMILIES.values() for one in kinds}
        kinds = tuple(
            one for one in state.counts if one in FAMILIES.get(family, ()) or (family == "other" and one not in known)
        )
        return Row(family, points, _of_kinds(kinds, state, now), Selector(until=now, kinds=kinds))
    if kind == "quieter":
        return Row("quieter", points, _silent(state, now, habits), _since_last(state, now))
    if kind == "acquaintance":
        return Row("acquaintance", points, _known(state, now), Selector(until=now))
    alone = tuple(one for one in state.counts if one not in SHARED)
    return Row("both_ways", points, _sent(state), Selector(until=now, kinds=alone))


def _vitality_row(kind: str, points: int, log_odds: float, state: TieState, now: datetime, habits: Habits) -> Row:
    values, evidence = {
        "starting_point": ({}, Selector(since=now, until=now)),
        "acquaintance": (_known(state, now), Selector(until=now)),
        "rhythm": (_silent(state, now, habits), Selector(until=now)),
        "lately": (_lately(state, now), Selector(since=now - LATELY, until=now)),
        "answers": (_answered(state), Selector(until=now)),
        "silence": (_silent(state, now, habits), _since_last(state, now)),
    }[kind]
    return Row(kind, points, values, evidence, log_odds)


Values = dict[str, float | int | None]


def _of_kinds(kinds: tuple[str, ...], state: TieState, now: datetime) -> Values:
    contacts = sum(sum(state.counts[one]) for one in kinds)
    age = days_since_epoch(now) - state.first
    return {
        "contacts": contacts,
        "days_ago": days_since_epoch(now) - max(state.last_of[one] for one in kinds),
        "usual": round(contacts / age * 90, 1) if age >= 90 else None,
    }


def _known(state: TieState, now: datetime) -> Values:
    return {"known_days": days_since_epoch(now) - state.first, "days": state.days}


def _lately(state: TieState, now: datetime) -> Values:
    now_days = days_since_epoch(now)
    usual = usual_days_in_90(state, now_days)
    return {"days_in_90": days_within(state, now_days, 90), "usual": None if usual is None else round(usual, 1)}


def _sent(state: TieState) -> Values:
    alone = [sides for kind, sides in state.counts.items() if kind not in SHARED]
    return {"by_us": sum(ours for ours, _ in alone), "by_them": sum(theirs for _, theirs in alone)}


def _answered(state: TieState) -> Values:
    return _sent(state) | {
        "together": sum(sum(sides) for kind, sides in state.counts.items() if kind in SHARED),
        "unanswered": state.streak if state.contacts > 1 else 0,
        "last_by_us": int(state.streak_by_us),
    }


def _silent(state: TieState, now: datetime, habits: Habits) -> Values:
    return {"silent_days": days_since_epoch(now) - state.last, "usual": typical_gap_days(state, habits)}


def _since_last(state: TieState, now: datetime) -> Selector:
    # States keep moments as days, which may round a microsecond below the contact itself.
    return Selector(since=state.last_at + timedelta(milliseconds=1), until=now)


def _biggest_first(rows: list[Row], at_most: int) -> tuple[Row, ...]:
    ranked = sorted(rows, key=lambda row: (-abs(row.points), row.kind))
    if len(ranked) <= at_most:
        return tuple(ranked)
    shown, rest = ranked[: at_most - 1], ranked[at_most - 1 :]
    # A row without kinds rests on every contact, and with it so does their sum.
    of_all = any(not row.evidence.kinds for row in rest)
    kinds = () if of_all else tuple(kind for row in rest for kind in row.evidence.kinds)
    evidence = Selector(until=rest[0].evidence.until, kinds=kinds)
    return (*shown, Row("everything_else", sum(row.points for row in rest), {}, evidence))
