"""How often Python looks for what refers to itself in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (50_000, 20, 50)
_guard = Lock()
_before: list[tuple[int, int, int]] = []  # for each who works so now, what held before the first of them


@contextmanager
def seldom_collected() -> Iterator[None]:
    """For work in batches of thousands, which live until the batch is done: looking through them again and again took
    a third of an import.
    """
    with _guard:
        _before.append(_before[0] if _before else gc.get_threshold())
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _guard:
            before = _before.pop()
            if not _before:
                gc.set_threshold(*before)
