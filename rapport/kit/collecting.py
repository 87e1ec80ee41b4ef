"""How often Python looks for what refers to itself in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (50_000, 20, 50)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """For work in batches of thousands, which live until the batch is done: looking through them again and again took
    a third of an import.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


_guard = Lock()
_within: list[tuple[int, int, int]] = []  # what held before the first of those who work so now, once for each


def _enter() -> None:
    with _guard:
        _within.append(_within[0] if _within else gc.get_threshold())
        gc.set_threshold(*SELDOM)


def _leave() -> None:
    with _guard:
        before = _within.pop()
        if not _within:
            gc.set_threshold(*before)
