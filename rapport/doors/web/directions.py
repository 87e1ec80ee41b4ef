"""Right-to-left words inside a sentence of ours: set apart, so that what follows keeps its place."""

from __future__ import annotations

import unicodedata

APART, TOGETHER = "\u2068", "\u2069"  # first strong isolate, pop directional isolate


def set_apart(words: str) -> str:
    """The words; where some run from right to left, between marks that keep their neighbours in order."""
    runs_back = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    return f"{APART}{words}{TOGETHER}" if runs_back else words
