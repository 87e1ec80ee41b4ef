"""Folders to work in. Whoever dies leaves theirs behind, and the next who works there clears it away."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def workplace(folder: Path, kind: str) -> Iterator[Path]:
    """A new folder within this one, for this block. Those of a kind whose owners live are left alone."""
    for left in folder.glob(f".{kind}-*"):
        _clear_away(left)
    place, handle = _taken(folder, kind)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(handle)


def _taken(folder: Path, kind: str) -> tuple[Path, int]:
    """The lock on a folder ends with the process that holds it, however that ends."""
    while True:
        place = Path(mkdtemp(prefix=f".{kind}-", dir=folder))
        handle = os.open(place, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if place.exists():  # nobody cleared it away before it was locked
            return place, handle
        os.close(handle)


def _clear_away(left: Path) -> None:
    try:
        handle = os.open(left, os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    except BlockingIOError:
        return  # somebody works there
    finally:
        os.close(handle)
