"""What the engine would have seen at past moments, and what came after: the examples that training learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine.logs import Log, ends_among
from rapport.relationships.engine.replay import came_within, seen_at

HORIZONS = (7, 30, 90, 180)
FRESH_IMPORTS = (21.0, 60.0)
"""Days of history of somebody who imports only the last weeks; every log is also cut like that."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of pairs at past moments: features, horizon, whether contact came, and how much each row weighs."""

    seen: Floats
    horizon: Floats
    came: Floats
    established: NDArray[np.bool_]
    log: NDArray[np.str_]
    weight: Floats


def examples_from(logs: list[Log], cap: int = 1200, cutoffs: int = 12) -> Examples:
    """Examples of all logs; each log, horizon and population (established or not) weighs the same together."""
    parts = [part for log in logs for part in _parts(log, cap, cutoffs)]
    names = np.concatenate([np.full(len(came), name) for name, _, _, came, _ in parts])
    horizon = np.concatenate([np.full(len(came), float(h)) for _, h, _, came, _ in parts])
    seen, came, established = (np.concatenate([part[i] for part in parts]) for i in (2, 3, 4))
    return Examples(seen, horizon, came, established, names, _even(names, horizon, established))


Part = tuple[str, int, Floats, Floats, NDArray[np.bool_]]


def _parts(log: Log, cap: int, cutoffs: int) -> Iterator[Part]:
    at = log.contacts.at
    first, last = np.quantile(at, [0.01, 0.998])
    inside = at[(at >= first) & (at <= last)]
    for now in np.floor(np.quantile(inside, np.linspace(0.12, 0.95, cutoffs))):
        yield from _at(log, float(now), -np.inf, float(last), cap)
    for now in np.floor(np.quantile(inside, np.linspace(0.2, 0.9, 5))):
        for length in FRESH_IMPORTS:
            yield from _at(log, float(now), float(now) - length, float(last), cap // 2)


def _at(log: Log, now: float, since: float, last: float, cap: int) -> Iterator[Part]:
    c = log.contacts
    before = (c.at < now) & (c.at >= since)
    if before.sum() < 30:
        return
    folded, kept, seen = seen_at(c.taken(before), ends_among(log.people), now, cap)
    established = (folded.days[kept] >= 3) & (now - folded.last[kept] <= 180)
    for horizon in HORIZONS:
        if now + horizon <= last:
            yield log.name, horizon, seen, came_within(c, folded.pairs[kept], now, horizon), established


def _even(names: NDArray[np.str_], horizon: Floats, established: NDArray[np.bool_]) -> Floats:
    _, name = np.unique(names, return_inverse=True)
    group = (name * 1000 + horizon.astype(int)) * 2 + established
    _, place, count = np.unique(group, return_inverse=True, return_counts=True)
    weight = 1.0 / count[place]
    return np.asarray(weight * len(weight) / weight.sum())
