"""A tether: the child hears a signal when the process that started it dies, however it dies."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before the fork: loading in the child may hang


def tether(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`. Linux watches the *thread* that starts the child: it must live as long as the child should."""
    parent = os.getpid()

    def tie() -> None:
        if _libc is None:
            return
        _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died before we were tied
            os._exit(1)

    return tie
