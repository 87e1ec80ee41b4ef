"""One log file per process; a log that has grown large is set aside once, and the one set aside before is let go."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

LARGE = 10 * 1024 * 1024


def open_log(path: Path) -> BinaryIO:
    """The log, ready to be written on at its end."""
    if path.exists() and path.stat().st_size > LARGE:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab")
