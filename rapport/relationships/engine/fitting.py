"""A logistic fit with signs: Newton steps inside a log barrier that is loosened in stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STAGES = (100.0, 10.0, 1.0, 0.1)
MOST_STEPS = 60
CLOSE_ENOUGH = 1e-7


@dataclass(frozen=True, slots=True)
class Pull:
    """Where weights are drawn to, and how strongly each: a normal prior, `strength` is one by its variance."""

    to: Floats
    strength: Floats


@dataclass(frozen=True, slots=True)
class Signs:
    """What must hold of the weights w: `rows @ w + room > 0`."""

    rows: Floats
    room: Floats | float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Examples: one row each of `design`, whether it `came`, how much it weighs, what is added to its log-odds."""

    design: Floats
    came: Floats
    weight: Floats | float = 1.0
    offset: Floats | float = 0.0


def fit(
    seen: Seen, pull: Pull, start: Floats, signs: Signs | None = None, stages: tuple[float, ...] = STAGES
) -> Floats:
    """Weights of least log loss under the pull, keeping the signs where there are any. `start` must keep them."""
    found = start
    for barrier in stages if signs is not None else (0.0,):
        found = _newton(seen, pull, signs, barrier, found)
    return found


def _newton(seen: Seen, pull: Pull, signs: Signs | None, barrier: float, start: Floats) -> Floats:
    w, now = start, _loss(seen, pull, signs, barrier, start)
    for _ in range(MOST_STEPS):
        step, length = _step(seen, pull, signs, barrier, w), 1.0
        while _loss(seen, pull, signs, barrier, w - length * step) > now and length > 1e-6:
            length /= 2
        w, before = w - length * step, now
        now = _loss(seen, pull, signs, barrier, w)
        if before - now < CLOSE_ENOUGH * abs(before):
            break
    return w


def _loss(seen: Seen, pull: Pull, signs: Signs | None, barrier: float, w: Floats) -> float:
    z = seen.design @ w + seen.offset
    missed = (seen.weight * (np.logaddexp(0, z) - seen.came * z)).sum()
    total = float(missed + 0.5 * (pull.strength * (w - pull.to) ** 2).sum())
    if signs is None:
        return total
    room = signs.rows @ w + signs.room
    return total - barrier * float(np.log(room).sum()) if (room > 0).all() else np.inf


def _step(seen: Seen, pull: Pull, signs: Signs | None, barrier: float, w: Floats) -> Floats:
    p = 1 / (1 + np.exp(-np.clip(seen.design @ w + seen.offset, -30, 30)))
    slope = seen.design.T @ (seen.weight * (p - seen.came)) + pull.strength * (w - pull.to)
    curve = (seen.design * np.asarray(seen.weight * p * (1 - p))[:, None]).T @ seen.design + np.diag(pull.strength)
    if signs is not None:
        room = signs.rows @ w + signs.room
        slope = slope - barrier * signs.rows.T @ (1 / room)
        curve = curve + barrier * (signs.rows / room[:, None] ** 2).T @ signs.rows
    return np.asarray(np.linalg.solve(curve, slope), np.float64)
