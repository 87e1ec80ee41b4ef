"""Which way each feature may count, as rows of an inequality `rows @ weights > 0`; the reasons are in vitality.md."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rapport.relationships.engine.features import GAP_GUESS_WEIGHT, SLOPES

RAISE = (
    "days", "span", "pace_7", "pace_30", "pace_120", "pace_365", "pace_ever", "contacts", "turns", "mutual", "busier",
    "less_busy", "share", "share_of_busier",
)  # fmt: skip
SILENCES = ("silent_week", "silent_month", "silent_half_year", "silent_longer")
LOWER = ("single", "streak", "quieter_side", *SILENCES, "over", "over_far", "one_quiet", "both_quiet")
REACH = tuple(math.log(days / 30) for days in (1, 30, 730))
"""The signs hold for every horizon from one day to two years: they are linear in log H, so the ends suffice."""
LARGEST_GAP_STEP = 1 / (1 + GAP_GUESS_WEIGHT)
"""How far one long gap can pull the typical log gap towards itself."""

Floats = NDArray[np.float64]


def sign_rows(names: tuple[str, ...]) -> Floats:
    """All inequalities over the weights of these features, then slopes."""
    rows = []
    for reach in REACH:
        rows += [_effect(names, name, reach) for name in RAISE if name in names]
        rows += [-_effect(names, name, reach) for name in (*LOWER, "gap") if name in names]
        # A contact after a long silence makes the typical gap longer; ending that silence must win more than that.
        gap = LARGEST_GAP_STEP * _effect(names, "gap", reach)
        rows += [gap - _effect(names, name, reach) for name in SILENCES]
    return np.unique(np.array(rows), axis=0)


def feasible_start(names: tuple[str, ...]) -> Floats:
    """Weights that keep every sign with room to spare."""
    start = dict.fromkeys(RAISE, 0.05) | dict.fromkeys(LOWER, -0.1) | {"one": 0.0, "gap": -0.05}
    return np.array([start[name] for name in names] + [0.7] + [0.0] * (len(SLOPES) - 1))


def _effect(names: tuple[str, ...], name: str, reach: float) -> Floats:
    row = np.zeros(len(names) + len(SLOPES))
    row[names.index(name)] = 1.0
    if name in SLOPES:
        row[len(names) + SLOPES.index(name)] = reach
    return row
