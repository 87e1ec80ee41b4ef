"""How fast somebody may go: a bucket of requests for each, that fills up again as time passes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock

MINUTE = 60.0
MOST_BUCKETS = 10_000  # then those that are full again are forgotten


class Pace:
    """Counts in memory: a request must not wait for the database to learn that it may ask it something."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._buckets: dict[str, tuple[float, float]] = {}  # how many were left, and when

    def wait_of(self, who: str, per_minute: int) -> timedelta | None:
        """Take one, or say how long to wait until there is one. None, too, where there is no limit (0)."""
        if per_minute <= 0:
            return None
        now = self._clock()
        with self._lock:
            left, since = self._buckets.get(who, (float(per_minute), now))
            left = min(float(per_minute), left + (now - since) * per_minute / MINUTE)
            if left < 1:
                return timedelta(seconds=(1 - left) * MINUTE / per_minute)
            if who not in self._buckets and len(self._buckets) >= MOST_BUCKETS:
                self._forget_full(now)
            self._buckets[who] = (left - 1, now)
        return None

    def _forget_full(self, now: float) -> None:
        self._buckets = {who: kept for who, kept in self._buckets.items() if now - kept[1] < MINUTE}
