"""How fast many pairs are folded: `python -m benchmarks.engine.folding [contacts]`."""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from rapport.relationships.engine.batch import contacts_of, fold_many
from rapport.relationships.engine.habits import KINDS

CONTACTS_OF_A_PAIR = 20


def main() -> None:
    """Fold random contacts, twenty for each pair over fourteen years, and say what each part took."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = np.random.default_rng(0)
    kinds = [KINDS[code] for code in chance.choice([0, 0, 0, 0, 1, 2], size)]
    pairs, at = chance.integers(0, size // CONTACTS_OF_A_PAIR, size), chance.uniform(15000, 20000, size)
    began = perf_counter()
    columns = contacts_of(pairs, at, chance.random(size) < 0.5, kinds)
    collected = perf_counter()
    folded = fold_many(columns)
    done = perf_counter()
    states = [state.to_json() for state in folded.states()]
    written = perf_counter()
    print(f"{size} contacts of {len(states)} pairs: columns {collected - began:.1f} s, fold {done - collected:.1f} s, "
          f"plain values {written - done:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
