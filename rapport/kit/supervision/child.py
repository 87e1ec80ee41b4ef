"""One process under supervision: started, watched, started again a little later each time it falls quickly."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .logs import open_log
from .processes import send_to_group
from .tether import tether

FIRST_DELAY, LONGEST_DELAY = 0.5, 8.0  # seconds; the service is to be back within 15 whatever falls
STEADY = 30.0  # seconds of life after which a fall is a first fall again


@dataclass(frozen=True, slots=True)
class Child:
    """What shall run: a name, a command, and what its environment has besides ours."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Ward:
    """A child and its present process. It leads its own group, so that what it started can be ended with it."""

    def __init__(self, child: Child, mark: str, log: Path) -> None:
        self.child = child
        self.restarts = 0
        self._mark = mark
        self._log = log
        self._quick_falls = 0
        self._born = 0.0
        self._due = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of its process, while it lives."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process. It hears SIGTERM if we die first."""
        name, _, value = self._mark.partition("=")
        with open_log(self._log) as output:
            self._process = subprocess.Popen(
                list(self.child.command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.child.environment, name: value},
                start_new_session=True,
                preexec_fn=tether(signal.SIGTERM),
            )
        self._born = time.monotonic()

    def has_fallen(self) -> int | None:
        """Its exit code, once, when it has just died; what it had started is ended too."""
        if self._process is None or (code := self._process.poll()) is None:
            return None
        send_to_group(self._process.pid, signal.SIGKILL)
        self._process = None
        self._quick_falls = 0 if time.monotonic() - self._born > STEADY else self._quick_falls + 1
        self._due = time.monotonic() + min(LONGEST_DELAY, FIRST_DELAY * 2 ** max(0, self._quick_falls - 1))
        return code

    def restart_when_due(self) -> bool:
        """Start it again if it has fallen and its pause is over."""
        if self._process is not None or time.monotonic() < self._due:
            return False
        self.restarts += 1
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """SIGTERM to the process, which ends what it started in its own order."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def has_stopped(self) -> bool:
        """Whether the process itself is gone."""
        return self._process is None or self._process.poll() is not None

    def end(self) -> None:
        """Whatever is left of it, now."""
        if self._process:
            send_to_group(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
