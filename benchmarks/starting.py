"""How long the command takes to say what it can do."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

TIMES = 7


def measure() -> float:
    """The median of some runs of `rapport --help`, in milliseconds."""
    command = [str(Path(sys.executable).parent / "rapport"), "--help"]
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)
