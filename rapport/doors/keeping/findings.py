"""A finding: something that must always be so and is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind for programs, a sentence for people, how many rows it is about and the first of their ids."""

    kind: str
    sentence: str
    count: int = 1
    ids: tuple[str, ...] = ()


def finding(kind: str, sentence: str, ids: Sequence[object]) -> list[Finding]:
    """One finding about these rows; none where there are none."""
    return [Finding(kind, sentence, len(ids), tuple(map(str, ids[:SHOWN])))] if ids else []
