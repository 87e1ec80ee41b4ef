"""The words a standing may use; sentences for people are made of them in wording.py."""

from __future__ import annotations

from typing import Literal

StrengthWord = Literal["not_met", "not_scored", "faint", "light", "steady", "strong", "close"]
Tone = Literal["too_early", "doing_well", "needs_care", "at_risk"]
Silence = Literal["none", "usual", "longer", "much_longer"]
Trend = Literal["too_early", "warming", "even", "cooling"]
Certainty = Literal["nothing", "a_guess", "fairly_sure", "sure"]
Leaning = Literal["mostly_us", "both", "mostly_them"]
