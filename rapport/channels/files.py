"""The file store: large or uploaded bytes by the hash of their content, each written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

CHUNK = 1 << 20


def keep(folder: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store these bytes; their name (SHA-256, hex) and size. Temporary, fsync, rename: only then may a row name it."""
    draft = folder / f".draft-{uuid4().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        place = path_of(folder, digest.hexdigest())
        place.parent.mkdir(mode=0o700, exist_ok=True)
        draft.rename(place)
        _sync(place.parent)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest(), size


def keep_file(folder: Path, source: Path) -> tuple[str, int]:
    """Store a copy of a file on disk."""
    with source.open("rb") as file:
        return keep(folder, iter(lambda: file.read(CHUNK), b""))


def path_of(folder: Path, name: str) -> Path:
    """Where the bytes of this name lie. The name is ours (hex): paths of senders never reach the disk."""
    return folder / name[:2] / name


def let_go(folder: Path, names: Iterable[str]) -> None:
    """Remove stored bytes nobody names any more."""
    for name in names:
        path_of(folder, name).unlink(missing_ok=True)


def room_left(folder: Path) -> int:
    """Free bytes on the disk of the store."""
    return shutil.disk_usage(folder).free


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
