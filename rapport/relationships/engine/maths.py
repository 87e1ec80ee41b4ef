"""The functions a formula needs, so that one formula serves a single pair and arrays of many."""

from __future__ import annotations

import math
from typing import Any, Protocol

Real = Any
"""A float, or an array of them."""


class Maths(Protocol):
    """`math` for floats, numpy for arrays."""

    def log(self, x: Real) -> Real: ...
    def exp(self, x: Real) -> Real: ...
    def maximum(self, a: Real, b: Real) -> Real: ...
    def minimum(self, a: Real, b: Real) -> Real: ...


class _OnePair:
    log, exp, maximum, minimum = math.log, math.exp, max, min


ONE_PAIR: Maths = _OnePair()  # type: ignore[assignment]
