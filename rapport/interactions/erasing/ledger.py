"""The ledger of erasures: in the home beside the key, outside the database, so that a restore cannot undo them.

Only marks stand in it, one erasure a line, and it is only ever added to.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

NAME = "erasures"


@dataclass(frozen=True, slots=True)
class Line:
    """An erasure as the ledger keeps it: ids, when, the key's mark, and the marks of the addresses."""

    erasure: str
    workspace: str
    at: str
    key: str
    marks: tuple[str, ...]


def place_of(house: Path) -> Path:
    """Where the ledger of a home lies."""
    return house / "keys" / NAME


def lines_in(house: Path) -> list[Line]:
    """All erasures of a home that hold; a last line cut off by a power cut is none, and was written again."""
    found: dict[str, Line] = {}
    try:
        written = place_of(house).read_text("utf-8")
    except FileNotFoundError:
        return []
    for line in written.splitlines():
        try:
            kept = json.loads(line)
        except ValueError:
            continue
        if "lifted" in kept:
            found.pop(kept["lifted"], None)
        else:
            found[kept["erasure"]] = Line(**{**kept, "marks": tuple(kept["marks"])})
    return list(found.values())


def lift(house: Path, erasure_id: UUID) -> None:
    """Whoever this was may be written down again: a restore does not erase them once more."""
    _add(house, {"lifted": str(erasure_id)})


def write(house: Path, erasure_id: UUID, workspace_id: UUID, at: str, key: str, marks: Sequence[str]) -> None:
    """Keep an erasure, on the disk when this returns. Twice is once."""
    if any(line.erasure == str(erasure_id) for line in lines_in(house)):
        return
    _add(house, asdict(Line(str(erasure_id), str(workspace_id), at, key, tuple(marks))))


def joined(one: bytes, other: bytes) -> bytes:
    """What stands in either of two ledgers, each line once; what one of them lifted is lifted."""
    lines = dict.fromkeys(line for line in (*one.splitlines(), *other.splitlines()) if line.strip())
    erased = [line for line in lines if not _lifts(line)]
    lifted = [line for line in lines if _lifts(line)]
    return b"".join(b"\n%s\n" % line for line in (*erased, *lifted))


def _lifts(line: bytes) -> bool:
    try:
        return "lifted" in json.loads(line)
    except ValueError:
        return False


def _add(house: Path, told: dict[str, Any]) -> None:
    place = place_of(house)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps(told)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
        file.write(f"\n{line}\n")  # a line cut off before stays one of its own
        file.flush()
        os.fsync(file.fileno())
