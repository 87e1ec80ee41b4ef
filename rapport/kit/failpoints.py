"""Named places between two effects where a test may stop the process, to show that nothing is lost there."""

from __future__ import annotations

import os
import signal

SETTING = "RAPPORT_FAILPOINT"  # "name:kind" or "name:kind:hit", kind one of raise, exit, kill

_hits: dict[str, int] = {}


class Stopped(BaseException):
    """Raised by a failpoint of kind `raise`. Like an end of the process, no care for faults may get over it."""


def failpoint(name: str) -> None:
    """Stop here when the environment asks for it; otherwise do nothing."""
    wanted = os.environ.get(SETTING)
    if not wanted:
        return
    asked, kind, *at = wanted.split(":")
    if asked != name:
        return
    _hits[name] = _hits.get(name, 0) + 1
    if at and _hits[name] != int(at[0]):
        return
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "exit":
        os._exit(70)
    raise Stopped(name)
