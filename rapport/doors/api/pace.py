"""How fast somebody may go: a bucket of requests for each, that fills up again as time passes."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import blake2b
from threading import Lock
from typing import BinaryIO

MINUTE = 60.0
BUCKETS = 8192
LOOKED_AT = 8  # buckets one of which is somebody's; the longest unused is taken from whoever had it
_BUCKET = struct.Struct("<Qdd")  # whose, how many were left, and when


class Pace:
    """Counts in memory, a request must not wait for the database to learn that it may ask it something: memory that
    processes share which are copies of the one that made this. A file without a name holds it, for its locks: those of
    a process that is killed are gone with it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._threads = clock, Lock()
        self._file = _nameless()
        self._memory = mmap.mmap(self._file.fileno(), BUCKETS * _BUCKET.size)

    def wait_of(self, who: str, per_minute: int) -> timedelta | None:
        """Take one, or say how long to wait until there is one. None, too, where there is no limit (0)."""
        if per_minute <= 0:
            return None
        mark = int.from_bytes(blake2b(who.encode(), digest_size=8).digest()) or 1
        now, full = self._clock(), float(per_minute)
        with self._alone():
            place, left, since = self._bucket(mark, full, now)
            left = min(full, left + (now - since) * per_minute / MINUTE)
            if left < 1:
                return timedelta(seconds=(1 - left) * MINUTE / per_minute)
            _BUCKET.pack_into(self._memory, place, mark, left - 1, now)
        return None

    def _bucket(self, mark: int, full: float, now: float) -> tuple[int, float, float]:
        """Where theirs is, with what was left in it and when; a full one where they have none yet."""
        found: list[tuple[float, int]] = []
        for step in range(LOOKED_AT):
            place = (mark + step) % BUCKETS * _BUCKET.size
            whose, left, since = _BUCKET.unpack_from(self._memory, place)
            if whose == mark:
                return place, left, since
            found.append((since if whose else float("-inf"), place))
        return min(found)[1], full, now

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _nameless() -> BinaryIO:
    """A file in memory where there is such a thing: on a full disk the first count would end the process."""
    file: BinaryIO
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("pace"), "r+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
    file.truncate(BUCKETS * _BUCKET.size)
    return file
