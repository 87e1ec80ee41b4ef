"""Reading whole folders of hostile files through the real way in: opened into pieces, read in child processes."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rapport.channels.reading import Piece, pieces_in
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import Parsed, ReadingOptions

NOT_SAMPLES = {".md", ".json", ".xml"}  # what is told of the samples, and what they should be read as
OF_XML = "defusedxml"  # whose samples are XML themselves


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    path: Path
    pieces: list[Piece] = field(default_factory=list)
    parsed: list[Parsed] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def ended(self) -> str:
        """stored, failed or skipped; a file with both good and bad pieces is stored."""
        if any(one.sightings or one.cards for one in self.parsed):
            return "stored"
        return "failed" if any(one.failure for one in self.parsed) else "skipped"

    @property
    def reasons(self) -> list[str]:
        """Why its pieces were not stored."""
        return [
            one.failure.reason if one.failure else one.skipped.rule for one in self.parsed if one.failure or one.skipped
        ]


def read_all(folder: Path, pool: ParsingPool, options: ReadingOptions) -> list[Outcome]:
    """Every sample under the folder, read piece by piece so that each is timed."""
    samples = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_sample(path)]
    return [_read(path, path.relative_to(folder).as_posix(), pool, options) for path in samples]


def _is_sample(path: Path) -> bool:
    return path.suffix not in NOT_SAMPLES or (path.parent.name == OF_XML and path.suffix == ".xml")


def _read(path: Path, name: str, pool: ParsingPool, options: ReadingOptions) -> Outcome:
    outcome = Outcome(path)
    for piece in pieces_in(path, name):
        outcome.pieces.append(piece)
        if piece.skipped:
            outcome.parsed.append(Parsed(skipped=piece.skipped))
            continue
        began = time.perf_counter()
        outcome.parsed += pool.parse([(piece.format, piece.body, piece.options(options))])
        outcome.slowest = max(outcome.slowest, time.perf_counter() - began)
    return outcome


def table_of(outcomes: dict[str, list[Outcome]]) -> str:
    """Files by how they ended, for people to read."""
    lines = [f"{'folder':10} {'files':>6} {'stored':>7} {'skipped':>8} {'failed':>7} {'slowest':>8}"]
    for name, found in outcomes.items():
        ended = Counter(outcome.ended for outcome in found)
        slowest = max(outcome.slowest for outcome in found)
        lines.append(
            f"{name:10} {len(found):6} {ended['stored']:7} {ended['skipped']:8} {ended['failed']:7} {slowest:7.2f}s"
        )
    return "\n".join(lines)
