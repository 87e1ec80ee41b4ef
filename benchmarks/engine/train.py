"""Train the weights of vitality on public logs: `python -m benchmarks.engine.train [folder]`.

Writes the product's weights.json and weights_with_circles.json (all logs) and, under benchmarks/engine/weights/, the
latter for each log left out, which judging that log must use. Prints what the signs cost: each log judged by weights
that never saw it, with and without them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine.logs import read_logs, ties_folder
from benchmarks.engine.snapshots import Examples, examples_from
from rapport.relationships.engine.features import FEATURES, SLOPES, WITH_CIRCLES
from rapport.relationships.engine.fitting import Pull, Seen, Signs, fit
from rapport.relationships.engine.signs import feasible_start, sign_rows

Floats = NDArray[np.float64]
Names = tuple[str, ...]
RIDGE = 20.0
LEFT_OUT = Path(__file__).parent / "weights"
SHIPPED = Path(__file__).parents[2] / "rapport" / "relationships" / "engine"


def main() -> None:
    """Read, fit, write, and say what it cost."""
    logs = read_logs(Path(sys.argv[1]) if len(sys.argv) > 1 else ties_folder())
    seen = examples_from(logs)
    print(f"{len(seen.came)} examples of {len(logs)} logs")
    everything = np.ones(len(seen.came), bool)
    for names, path in ((FEATURES, "weights.json"), (WITH_CIRCLES, "weights_with_circles.json")):
        _write(SHIPPED / path, names, _fitted(seen, names, everything, signs=True), seen, {})
    for log in logs:
        held = {names: _without(seen, names, log.name) for names in (FEATURES, WITH_CIRCLES)}
        about = {"left_out": log.name, "begins": log.begins}
        _write(LEFT_OUT / f"{log.name}.json", WITH_CIRCLES, held[WITH_CIRCLES], seen, about)


def _without(seen: Examples, names: Names, log: str) -> Floats:
    """Weights that never saw this log; says what their signs cost."""
    others = seen.log != log
    signed, free = (_fitted(seen, names, others, signs=one) for one in (True, False))
    about = "circles" if names == WITH_CIRCLES else "pairs"
    for name, kept in (("all", ~others), ("established", ~others & seen.established)):
        with_signs, without = (_judged(seen, names, kept, w) for w in (signed, free))
        print(f"{about:8} {log:14} {name:12} AUROC {with_signs[0]:.3f} ({without[0]:.3f} without signs)"
              f"  log loss {with_signs[1]:.3f} ({without[1]:.3f})")  # fmt: skip
    return signed


def design(seen: Examples, names: Names) -> Floats:
    """These features, then slopes times ln(H / 30)."""
    reach = np.log(seen.horizon / 30)
    columns = seen.seen[:, [WITH_CIRCLES.index(name) for name in names]]
    return np.column_stack([columns, *(columns[:, names.index(name)] * reach for name in SLOPES)])


def _fitted(seen: Examples, names: Names, rows: NDArray[np.bool_], signs: bool) -> Floats:
    columns = design(seen, names)[rows]
    spread = columns.std(0)
    ridge = RIDGE * np.where(spread > 1e-9, spread, 1.0) ** 2
    ridge[names.index("one")] = 1e-6
    return fit(
        Seen(columns, seen.came[rows], seen.weight[rows]),
        Pull(np.zeros(len(ridge)), ridge),
        feasible_start(names),
        Signs(sign_rows(names)) if signs else None,
    )


def _write(path: Path, names: Names, w: Floats, seen: Examples, about: dict[str, object]) -> None:
    neutral = np.average(seen.seen[seen.established], axis=0, weights=seen.weight[seen.established])
    plain = about | {
        "eta": _named(names, w[: len(names)]),
        "rho": _named(SLOPES, w[len(names) :]),
        "neutral": _named(names, neutral[[WITH_CIRCLES.index(name) for name in names]]),
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(plain, indent=1) + "\n", "utf-8")


def _named(names: Names, numbers: Floats) -> dict[str, float]:
    return {name: round(float(number), 6) for name, number in zip(names, numbers, strict=True)}


def _judged(seen: Examples, names: Names, rows: NDArray[np.bool_], w: Floats) -> tuple[float, float]:
    """AUROC and log loss, the mean over horizons."""
    figures = []
    z = design(seen, names) @ w
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
