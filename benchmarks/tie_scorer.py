"""The product's vitality as a scorer of public logs: `evaluate_ties.py LOG... --scorer benchmarks.tie_scorer:score`.

A log that the shipped weights were trained on is judged by weights that never saw it; it is known by its first moment.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engine.logs import DAY, contacts_between
from rapport.relationships.engine.batch import ARRAYS, Folded, fold_many
from rapport.relationships.engine.vitality import outlook
from rapport.relationships.engine.weights import Weights, shipped

LEFT_OUT = Path(__file__).parent / "engine" / "weights"


def score(history: Any, cutoff: float, horizon_days: float, pairs: Any) -> dict[str, Any]:
    """For each pair: `p` of contact within the horizon, how much of it is to be expected, and the median wait in days.

    The column asked for as `strength` is judged by contact to come, so it holds the forecast; ours looks back.
    """
    weights = weights_for(float(history["t"].min()))
    folded, row = _folded(history, pairs)
    now = cutoff / DAY
    ahead = outlook(folded.reading(now), weights, ARRAYS)
    p = 1 / (1 + np.exp(-ahead.log_odds(horizon_days)))
    wait = 30 * np.exp(np.clip(-ahead.eta / ahead.rho, -8, 8))
    return _Rows(p=p[row], strength=-np.log1p(-p[row]), eta_days=wait[row])


class _Rows(dict[str, Any]):
    """Columns that know how many rows they have, as the judge asks."""

    def __len__(self) -> int:
        return len(self["p"])


@cache
def weights_for(begins: float) -> Weights:
    """Weights trained without the log that begins at this moment; the shipped ones for a log never seen."""
    for path in sorted(LEFT_OUT.glob("*.json")):
        plain = json.loads(path.read_text("utf-8"))
        if plain["begins"] == begins:
            return Weights.from_json(plain)
    return shipped()


def _folded(history: Any, pairs: Any) -> tuple[Folded, Any]:
    """The asked pairs' states, and the row of each asked pair among them."""
    wanted = [tuple(sorted(pair)) for pair in zip(map(str, pairs["a"]), map(str, pairs["b"]), strict=True)]
    ends = zip(map(str, history["sender"]), map(str, history["recipient"]), strict=True)
    known = set(wanted)
    kept = np.array([tuple(sorted(pair)) in known for pair in ends])
    sender, recipient, channel = (list(map(str, history[name][kept])) for name in ("sender", "recipient", "channel"))
    contacts = contacts_between(sender, recipient, history["t"].to_numpy(float)[kept] / DAY, channel)
    folded = fold_many(contacts)
    first = {number: i for i, number in reversed(list(enumerate(contacts.pair.tolist())))}
    row_of = {
        tuple(sorted((sender[first[n]], recipient[first[n]]))): row for row, n in enumerate(folded.pairs.tolist())
    }
    return folded, np.array([row_of[pair] for pair in wanted])
