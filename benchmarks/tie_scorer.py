"""The product's vitality as a scorer of public logs: `evaluate_ties.py LOG... --scorer benchmarks.tie_scorer:score`.

`score` replays the history it is given, which the product does not do yet; `score_as_shipped` does not. A log that the
shipped weights were trained on is judged by weights that never saw it; it is known by its first moment.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engine.logs import DAY, contacts_between, ends_among
from rapport.relationships.engine.batch import ARRAYS, Contacts
from rapport.relationships.engine.features import WITH_CIRCLES
from rapport.relationships.engine.replay import Ends, replay, snapshot
from rapport.relationships.engine.vitality import outlook
from rapport.relationships.engine.weights import Weights, shipped_with_circles

LEFT_OUT = Path(__file__).parent / "engine" / "weights"


def score(history: Any, cutoff: float, horizon_days: float, pairs: Any) -> dict[str, Any]:
    """For each pair: `p` of contact within the horizon, how much of it is to be expected, and the median wait in days.

    The column asked for as `strength` is judged by contact to come, so it holds the forecast; ours looks back.
    """
    contacts, ends, numbers = _columns(history)
    weights = replay(contacts, ends, cutoff / DAY, _weights(history), (horizon_days,)).weights
    return _scored(contacts, ends, cutoff, horizon_days, weights, numbers(pairs))


def score_as_shipped(history: Any, cutoff: float, horizon_days: float, pairs: Any) -> dict[str, Any]:
    """The same by the shipped weights, as on the first day."""
    contacts, ends, numbers = _columns(history)
    return _scored(contacts, ends, cutoff, horizon_days, _weights(history), numbers(pairs))


class _Rows(dict[str, Any]):
    """Columns that know how many rows they have, as the judge asks."""

    def __len__(self) -> int:
        return len(self["p"])


def _scored(
    contacts: Contacts, ends: Ends, cutoff: float, horizon_days: float, weights: Weights, asked: Any
) -> dict[str, Any]:
    folded, reading = snapshot(contacts, ends, cutoff / DAY)
    row = np.searchsorted(folded.pairs, asked)
    ahead = outlook(reading, weights, ARRAYS)
    p = 1 / (1 + np.exp(-ahead.log_odds(horizon_days)))
    wait = 30 * np.exp(np.clip(-ahead.eta / ahead.rho, -8, 8))
    return _Rows(p=p[row], strength=-np.log1p(-p[row]), eta_days=wait[row])


def _weights(history: Any) -> Weights:
    return weights_for(float(history["t"].min()))


@cache
def weights_for(begins: float) -> Weights:
    """Weights trained without the log that begins at this moment; the shipped ones for a log never seen."""
    for path in sorted(LEFT_OUT.glob("*.json")):
        plain = json.loads(path.read_text("utf-8"))
        if plain["begins"] == begins:
            return Weights.from_json(plain, WITH_CIRCLES)
    return shipped_with_circles()


def _columns(history: Any) -> tuple[Contacts, Ends, Any]:
    """The history as contacts, whose its pairs are, and how asked pairs are numbered."""
    sender, recipient, channel = (list(map(str, history[name])) for name in ("sender", "recipient", "channel"))
    contacts, people = contacts_between(sender, recipient, history["t"].to_numpy(float) / DAY, channel)
    code = {name: number for number, name in enumerate(np.unique(np.array(sender + recipient)))}

    def numbers(pairs: Any) -> Any:
        ends = [sorted((code[str(a)], code[str(b)])) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
        return np.array([low * people + high for low, high in ends], np.int64)

    return contacts, ends_among(people), numbers
