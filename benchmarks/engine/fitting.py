"""A logistic fit with signs: Newton steps inside a log barrier that is loosened in stages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RIDGE = 20.0
STAGES = (100.0, 10.0, 1.0, 0.1)


def fit(design: Floats, came: Floats, weight: Floats, rows: Floats | None, start: Floats) -> Floats:
    """Weights of least log loss with a small ridge, keeping `rows @ weights > 0` where rows are given."""
    spread = design.std(0)
    ridge = RIDGE * np.where(spread > 1e-9, spread, 1.0) ** 2
    ridge[0] = 1e-6
    found = start
    for barrier in STAGES if rows is not None else (0.0,):
        found = _newton(design, came, weight, ridge, rows, barrier, found)
    return found


def _newton(
    design: Floats, came: Floats, weight: Floats, ridge: Floats, rows: Floats | None, barrier: float, start: Floats
) -> Floats:
    def loss(w: Floats) -> float:
        z = design @ w
        total = float((weight * (np.logaddexp(0, z) - came * z)).sum() + 0.5 * (ridge * w * w).sum())
        if rows is None:
            return total
        room = rows @ w
        return total - barrier * float(np.log(room).sum()) if (room > 0).all() else np.inf

    w, now = start, loss(start)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(design @ w, -30, 30)))
        slope = design.T @ (weight * (p - came)) + ridge * w
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design + np.diag(ridge)
        if rows is not None:
            room = rows @ w
            slope = slope - barrier * rows.T @ (1 / room)
            curve = curve + barrier * (rows / room[:, None] ** 2).T @ rows
        step, length = np.linalg.solve(curve, slope), 1.0
        while loss(w - length * step) > now and length > 1e-6:
            length /= 2
        w, before = w - length * step, now
        now = loss(w)
        if before - now < 1e-7 * abs(before):
            break
    return w
