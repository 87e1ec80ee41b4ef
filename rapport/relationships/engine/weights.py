"""The trained numbers of vitality, shipped as files and read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapport.relationships.engine.features import FEATURES, SLOPES, WITH_CIRCLES

STEEPEST, FLATTEST = 2.5, 0.25
"""Limits of the horizon slope: below a quarter no window would ever end."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for each feature, one for each slope, and the neutral pair that explanations start from."""

    eta: dict[str, float]
    rho: dict[str, float]
    neutral: dict[str, float]

    @classmethod
    def from_json(cls, plain: dict[str, Any], names: tuple[str, ...] = FEATURES) -> Weights:
        """Weights as trained. Raises KeyError when they were trained for other features than these."""
        return cls(
            eta={one: float(plain["eta"][one]) for one in names},
            rho={one: float(plain["rho"][one]) for one in SLOPES},
            neutral={one: float(plain["neutral"][one]) for one in names},
        )


@cache
def shipped() -> Weights:
    """The weights this engine came with: trained on public logs, provisional until replayed on one's own history."""
    return Weights.from_json(_read("weights.json"))


@cache
def shipped_with_circles() -> Weights:
    """The same where it is known how much each of the two talks to anybody."""
    return Weights.from_json(_read("weights_with_circles.json"), WITH_CIRCLES)


def _read(name: str) -> Any:
    return json.loads(files(__package__).joinpath(name).read_text("utf-8"))
