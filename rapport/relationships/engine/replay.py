"""History replay: what would have been said at past moments, against what came; and weights that fit it better.

Ranking travels from one workspace to another, percentages do not: how often people answer at all differs too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rapport.relationships.engine.batch import ARRAYS, Contacts, Folded, fold_many
from rapport.relationships.engine.circles import circles_among
from rapport.relationships.engine.features import SLOPES, WITH_CIRCLES, Reading, features
from rapport.relationships.engine.fitting import Floats, Pull, Seen, Signs, fit
from rapport.relationships.engine.signs import sign_rows
from rapport.relationships.engine.weights import FLATTEST, STEEPEST, Weights

Ints = NDArray[np.int64]
Ends = Callable[[Ints], tuple[Ints, Ints]]
"""Whose pairs these are: a number for each of ours, and one for each of theirs."""
Method = Literal["provisional", "recalibrated", "refitted"]

HORIZONS = (14.0, 30.0, 90.0, 180.0)
MOMENTS = 4
"""How often one looks back for each horizon: as far as it, twice as far, and so on."""
MOST_PAIRS = 4000
FORGOTTEN_AFTER = 730.0
FIRST_DAYS = 30.0
"""Of the first month of a history too little was known to learn from it."""

FEWEST, FEWEST_TO_REFIT, FEWEST_OF_EACH = 50, 200, 20
LOOSENESS = 0.35
"""How far refitting moves a weight: one standard deviation, as its effect over one spread of what it weighs."""
RECALIBRATED_WITHIN = (1.0, 0.3)
STRETCHED = (0.3, 2.0)
STAGES = (10.0, 1.0, 0.1, 0.01)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Past predictions that are resolved: what was seen (columns of WITH_CIRCLES), for which horizon, and what came."""

    seen: Floats
    horizon: Floats
    came: Floats

    def __len__(self) -> int:
        return len(self.came)


@dataclass(frozen=True, slots=True)
class Replayed:
    """The weights for this history, how they were found, and on how many resolved predictions; so many of them came."""

    weights: Weights
    method: Method
    resolved: int
    came: int


def replay(
    contacts: Contacts, ends: Ends, now: float, weights: Weights, horizons: Sequence[float] = HORIZONS
) -> Replayed:
    """Weights for what happened up to `now`, days since 1970, looking nowhere beyond it."""
    return refitted(look_back(contacts, ends, now, horizons), weights)


def look_back(contacts: Contacts, ends: Ends, now: float, horizons: Sequence[float] = HORIZONS) -> Resolved:
    """What would have been seen at moments a horizon and more ago, and whether contact came within it."""
    parts = list(_parts(contacts.taken(contacts.at < now), ends, now, horizons))
    if not parts:
        return Resolved(np.zeros((0, len(WITH_CIRCLES))), np.zeros(0), np.zeros(0))
    seen, horizon, came = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Resolved(seen, horizon, came)


def snapshot(contacts: Contacts, ends: Ends, now: float) -> tuple[Folded, Reading]:
    """All pairs as they were at a moment, with the circles of both. Contacts are those before it."""
    folded = fold_many(contacts)
    ours, theirs = ends(folded.pairs)
    circles = circles_among(ours, theirs, folded.last, folded.counters[:, 1], folded.day, now)
    return folded, replace(folded.reading(now), circles=circles)


def seen_at(contacts: Contacts, ends: Ends, at: float, most: int) -> tuple[Folded, Ints, Floats]:
    """All pairs as they were at a moment, rows of some of them, and what is seen of those (columns of WITH_CIRCLES).

    Some are all that are not forgotten; of more than `most`, so many by chance with a seed of the day. Contacts are
    those before the moment.
    """
    folded, reading = snapshot(contacts, ends, at)
    kept = np.flatnonzero(at - folded.last <= FORGOTTEN_AFTER)
    if len(kept) > most:
        kept = np.sort(np.random.default_rng(int(at)).choice(kept, most, replace=False))
    seen = features(reading, ARRAYS)
    return folded, kept, np.column_stack([seen[name] for name in WITH_CIRCLES])[kept]


def came_within(contacts: Contacts, pairs: Ints, at: float, horizon: float) -> Floats:
    """Whether each of these pairs was in contact from a moment on, within so many days: 1 or 0."""
    after = np.unique(contacts.pair[(contacts.at >= at) & (contacts.at < at + horizon)])
    return np.isin(pairs, after).astype(float)


def refitted(resolved: Resolved, weights: Weights) -> Replayed:
    """The best weights so many resolved predictions allow, never far from those given; signs hold."""
    many, came = len(resolved), int(resolved.came.sum())
    if many < FEWEST:
        return Replayed(weights, "provisional", many, came)
    if many < FEWEST_TO_REFIT or min(came, many - came) < FEWEST_OF_EACH:
        return Replayed(_recalibrated(resolved, weights), "recalibrated", many, came)
    return Replayed(_refitted(resolved, weights), "refitted", many, came)


def _parts(
    contacts: Contacts, ends: Ends, now: float, horizons: Sequence[float]
) -> Iterator[tuple[Floats, Floats, Floats]]:
    if not len(contacts.at):
        return
    began = float(np.quantile(contacts.at, 0.01))
    for horizon in horizons:
        for turn in range(1, MOMENTS + 1):
            at = now - horizon * turn
            if at > began + min(horizon / 2, FIRST_DAYS):
                folded, kept, seen = seen_at(contacts.taken(contacts.at < at), ends, at, MOST_PAIRS)
                yield seen, np.full(len(kept), horizon), came_within(contacts, folded.pairs[kept], at, horizon)


def _slope_part(resolved: Resolved, weights: Weights) -> Floats:
    """What the horizon adds to each log-odds; it is shipped and never refitted: on small histories that diverged."""
    rho = resolved.seen[:, [WITH_CIRCLES.index(name) for name in SLOPES]] @ np.array(
        [weights.rho[name] for name in SLOPES]
    )
    part: Floats = np.clip(rho, FLATTEST, STEEPEST) * np.log(resolved.horizon / 30)
    return part


def _refitted(resolved: Resolved, weights: Weights) -> Weights:
    shipped = np.array([weights.eta[name] for name in WITH_CIRCLES])
    spread = resolved.seen.std(0)
    strength = np.where(spread > 1e-6, spread, 1.0) ** 2 / LOOSENESS**2
    strength[WITH_CIRCLES.index("one")] = 1.0
    rows = sign_rows(WITH_CIRCLES)
    slopes = rows[:, len(WITH_CIRCLES) :] @ np.array([weights.rho[name] for name in SLOPES])
    found = fit(
        Seen(resolved.seen, resolved.came, offset=_slope_part(resolved, weights)),
        Pull(shipped, strength),
        shipped,
        Signs(rows[:, : len(WITH_CIRCLES)], slopes),
        STAGES,
    )
    return replace(weights, eta=dict(zip(WITH_CIRCLES, map(float, found), strict=True)))


def _recalibrated(resolved: Resolved, weights: Weights) -> Weights:
    """Two numbers: all log-odds moved and stretched."""
    eta = resolved.seen @ np.array([weights.eta[name] for name in WITH_CIRCLES])
    log_odds = np.clip(eta + _slope_part(resolved, weights), -9, 9)
    plain = np.array([0.0, 1.0])
    shift, stretch = fit(
        Seen(np.column_stack([np.ones(len(log_odds)), log_odds]), resolved.came),
        Pull(plain, 1 / np.array(RECALIBRATED_WITHIN) ** 2),
        plain,
    )
    stretch = float(np.clip(stretch, *STRETCHED))
    moved = {name: weight * stretch for name, weight in weights.eta.items()}
    moved["one"] += float(shift)
    return replace(weights, eta=moved, rho={name: weight * stretch for name, weight in weights.rho.items()})
