"""Vitality: the probability that the pair is in contact again within a horizon, and the window in which.

logit P(H) = eta + rho ln(H / 30),   eta = sum of weight x feature,   t(q) = 30 exp((logit q - eta) / rho)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapport.relationships.engine.features import Reading, features
from rapport.relationships.engine.maths import ONE_PAIR, Maths, Real
from rapport.relationships.engine.weights import FLATTEST, STEEPEST, Weights

QUARTILES = (0.25, 0.75)
LONGEST_WINDOW = 3650.0
NEXT_TO_NOTHING = 1e-9  # 100 * 0.29 is 28.999… for the machine


@dataclass(frozen=True, slots=True)
class Outlook:
    """The two numbers from which every probability and window follows."""

    eta: Real
    rho: Real

    def log_odds(self, horizon_days: float) -> Real:
        """Log-odds of contact within so many days."""
        return self.eta + self.rho * math.log(horizon_days / 30)

    def window_days(self) -> tuple[float, float]:
        """Days from now by which contact comes with one chance in four, and with three; ten years at most."""
        soon, late = (self._days_until(q) for q in QUARTILES)
        return soon, late

    def _days_until(self, chance: float) -> float:
        exponent = (math.log(chance / (1 - chance)) - self.eta) / self.rho
        return min(30 * math.exp(min(exponent, 20.0)), LONGEST_WINDOW)


def outlook(reading: Reading, weights: Weights, do: Maths = ONE_PAIR) -> Outlook:
    """The outlook of a pair, or of many at once."""
    return outlook_of(features(reading, do), weights, do)


def outlook_of(seen: dict[str, Real], weights: Weights, do: Maths = ONE_PAIR) -> Outlook:
    """The outlook that these features give."""
    eta = sum(weight * seen[name] for name, weight in weights.eta.items())
    rho = sum(weight * seen[name] for name, weight in weights.rho.items())
    return Outlook(eta=eta, rho=do.minimum(do.maximum(rho, FLATTEST), STEEPEST))


def chance(log_odds: float) -> float:
    """A probability from log-odds."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds > -500 else 0.0


def percent_shown(probability: float) -> int:
    """A probability in whole percent, rounded down: 33.6% shown as 34 stood beside the word for below 34."""
    return math.floor(100 * probability + NEXT_TO_NOTHING)
