"""What the machine says about processes: who lives, where they stand, what they were told at birth."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROC = Path("/proc")  # where it is missing (macOS), a process is known by its number alone


def is_alive(pid: int) -> bool:
    """Whether this process still runs; one that has died and waits to be buried does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) not in ("Z", "X")


def name_of(pid: int) -> str | None:
    """The program's short name, or None where the machine does not tell."""
    text = _read(pid, "stat")
    return text[text.index("(") + 1 : text.rindex(")")] if text else None


def folder_of(pid: int) -> Path | None:
    """The working folder of a process, or None where we may not see it."""
    try:
        return (PROC / str(pid) / "cwd").readlink()
    except OSError:
        return None


def born_with(setting: str) -> Iterator[int]:
    """The processes that were started with this `NAME=value` in their environment, ourselves excepted."""
    for pid in all_processes():
        if pid != os.getpid() and setting in _read(pid, "environ").split("\0"):
            yield pid


def all_processes() -> Iterator[int]:
    """Every process this machine shows us."""
    if PROC.is_dir():
        yield from (int(entry) for entry in os.listdir(PROC) if entry.isdecimal())


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal; a process that is gone already is as good."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def send_to_group(group: int, number: signal.Signals) -> None:
    """Send a signal to a process and all it has started in its group."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        pass


def waited(done: Callable[[], bool], seconds: float, step: float = 0.05) -> bool:
    """Wait until something is so; False when it still is not after that many seconds."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= until:
            return False
        time.sleep(step)
    return True


def _state(pid: int) -> str:
    text = _read(pid, "stat")
    return text[text.rindex(")") + 2] if text else ""


def _read(pid: int, entry: str) -> str:
    try:
        return (PROC / str(pid) / entry).read_text("utf-8", "replace")
    except OSError:
        return ""
