"""Train the weights of vitality on public logs: `python -m benchmarks.engine.train [folder]`.

Writes the product's weights.json (all logs) and, under benchmarks/engine/weights/, one file for each log left out,
which judging that log must use. Prints what the signs cost: each log judged by weights that never saw it, with and
without them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine.constraints import feasible_start, sign_rows
from benchmarks.engine.fitting import fit
from benchmarks.engine.logs import read_logs, ties_folder
from benchmarks.engine.snapshots import Examples, examples_from
from rapport.relationships.engine.features import FEATURES, SLOPES

Floats = NDArray[np.float64]
LEFT_OUT = Path(__file__).parent / "weights"
SHIPPED = Path(__file__).parents[2] / "rapport" / "relationships" / "engine" / "weights.json"


def main() -> None:
    """Read, fit, write, and say what it cost."""
    logs = read_logs(Path(sys.argv[1]) if len(sys.argv) > 1 else ties_folder())
    seen = examples_from(logs)
    print(f"{len(seen.came)} examples of {len(logs)} logs")
    everything = np.ones(len(seen.came), bool)
    _write(SHIPPED, _fitted(seen, everything, signs=True), seen, {})
    for log in logs:
        others = seen.log != log.name
        held = _fitted(seen, others, signs=True)
        free = _fitted(seen, others, signs=False)
        _write(LEFT_OUT / f"{log.name}.json", held, seen, {"left_out": log.name, "begins": log.begins})
        for name, kept in (("all", ~others), ("established", ~others & seen.established)):
            with_signs, without = (_judged(seen, kept, w) for w in (held, free))
            print(f"{log.name:14} {name:12} AUROC {with_signs[0]:.3f} ({without[0]:.3f} without signs)"
                  f"  log loss {with_signs[1]:.3f} ({without[1]:.3f})")  # fmt: skip


def design(seen: Examples) -> Floats:
    """Features, then slopes times ln(H / 30)."""
    reach = np.log(seen.horizon / 30)
    slopes = [seen.seen[:, FEATURES.index(name)] * reach for name in SLOPES]
    return np.column_stack([seen.seen, *slopes])


def _fitted(seen: Examples, rows: NDArray[np.bool_], signs: bool) -> Floats:
    return fit(design(seen)[rows], seen.came[rows], seen.weight[rows], sign_rows() if signs else None, feasible_start())


def _write(path: Path, w: Floats, seen: Examples, about: dict[str, object]) -> None:
    neutral = np.average(seen.seen[seen.established], axis=0, weights=seen.weight[seen.established])
    plain = about | {
        "eta": _named(FEATURES, w[: len(FEATURES)]),
        "rho": _named(SLOPES, w[len(FEATURES) :]),
        "neutral": _named(FEATURES, neutral),
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(plain, indent=1) + "\n", "utf-8")


def _named(names: tuple[str, ...], numbers: Floats) -> dict[str, float]:
    return {name: round(float(number), 6) for name, number in zip(names, numbers, strict=True)}


def _judged(seen: Examples, rows: NDArray[np.bool_], w: Floats) -> tuple[float, float]:
    """AUROC and log loss, the mean over horizons."""
    figures = []
    z = design(seen) @ w
    for horizon in np.unique(seen.horizon):
        here = rows & (seen.horizon == horizon)
        if here.sum() > 60 and 0 < seen.came[here].mean() < 1:
            figures.append(_auroc_and_loss(seen.came[here], z[here]))
    return tuple(np.mean(figures, axis=0))


def _auroc_and_loss(came: Floats, z: Floats) -> tuple[float, float]:
    _, place, count = np.unique(z, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    yes, no = came.sum(), (1 - came).sum()
    auroc = (rank[came == 1].sum() - yes * (yes + 1) / 2) / (yes * no)
    return float(auroc), float((np.logaddexp(0, z) - came * z).mean())


if __name__ == "__main__":
    main()
