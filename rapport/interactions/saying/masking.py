"""A sentence from which understood parts are taken, so that nothing is understood twice and every place stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TAKEN = "|"


@dataclass(slots=True)
class Masked:
    """The sentence; what was taken reads as bars of the same length."""

    rest: str
    taken: list[tuple[int, int]] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern in what is left, taken out."""
        match = pattern.search(self.rest)
        if match:
            self.cover(*match.span())
        return match

    def cover(self, start: int, end: int) -> None:
        """Take a part out."""
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]
        self.taken.append((start, end))

    def copy(self) -> Masked:
        """The same sentence, to try something on."""
        return Masked(self.rest, list(self.taken))

    def is_empty(self, start: int, end: int) -> bool:
        """Whether nothing that says something is left there."""
        return not any(letter.isalnum() for letter in self.rest[start:end])
