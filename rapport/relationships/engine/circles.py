"""Circles: how recently and how much each of two people is in contact with anybody, and the pair's share in that.

Somebody who has fallen silent towards everybody is another matter than one who only has no time for us.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapport.relationships.engine.maths import Real

HALF_LIFE = 30.0


@dataclass(frozen=True, slots=True)
class Circle:
    """One person's contact with anybody, or that of many: when the last was (days since 1970), and contact-days with a
    half-life of 30 days as they stood on `day`, those with each other person counted for themselves.
    """

    last: Real
    pace: Real
    day: Real


Circles = tuple[Circle, Circle]  # of ours and of theirs


def circles_among(
    ours: NDArray[np.int64], theirs: NDArray[np.int64], last: Real, pace: Real, day: Real, now: float
) -> Circles:
    """Both circles of each pair, where these pairs are all there are. `ours` and `theirs` number the people."""
    people = np.r_[ours, theirs]
    size = int(people.max(initial=-1)) + 1
    present = pace * 2.0 ** (-(now - day) / HALF_LIFE)
    days = np.bincount(people, np.r_[present, present], size)
    latest = np.full(size, -np.inf)
    np.maximum.at(latest, people, np.r_[last, last])
    here = np.full(len(ours), now)
    return Circle(latest[ours], days[ours], here), Circle(latest[theirs], days[theirs], here)
