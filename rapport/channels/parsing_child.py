"""The process that reads foreign bytes: nothing it does can harm more than itself.

Three clocks watch each piece. Two raise in Python: after two seconds of work, so that a busy machine reads the same as
an idle one, and after eight on the wall. The third, for a reader stuck in native code where Python cannot raise, ends
the process after three seconds of work, and the parent finds out which piece it was. Where somebody waits for the
answer, the parent names a shorter time, which holds on the wall and for work alike."""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from .frames import Piece, decode_pieces, encode, receive, send
from .parsers import parse
from .sightings import Failure, Parsed

MEMORY_BYTES = 256 * 1024 * 1024


class _TookTooLong(BaseException):
    # No `except Exception` in a reader may swallow this.
    pass


@dataclass(frozen=True, slots=True)
class Clocks:
    """How many seconds one piece may take."""

    of_work: float = 2.0
    on_the_wall: float = 8.0
    until_death: float = 3.0


def main() -> None:
    """Answer batches until the parent closes the pipe."""
    clocks = _clocks(sys.argv[1:])
    answers = _claim_stdout()
    signal.signal(signal.SIGVTALRM, _raise)
    signal.signal(signal.SIGALRM, _raise)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who closes the pipe
    gc.freeze()
    gc.disable()  # between batches instead of within: a tenth of the time
    _limit_memory()
    while (frame := receive(sys.stdin.buffer)) is not None:
        pieces = decode_pieces(frame)
        del frame
        send(answers, encode(_read_all(pieces, clocks)))
        del pieces
        gc.collect()


def _clocks(said: list[str]) -> Clocks:
    seconds = [float(one) for one in said[:1]]
    return Clocks(seconds[0], seconds[0], seconds[0] * 1.25) if seconds else Clocks()


def _read_all(pieces: Sequence[Piece], clocks: Clocks) -> list[Parsed]:
    """Each piece under its clocks. They are wound up again once a fortieth of the time has passed: done for each row of
    a table, that was a sixth of reading it.
    """
    answers, wound = list[Parsed](), -math.inf
    for piece in pieces:
        if time.monotonic() - wound > clocks.of_work / 40:
            _wind(clocks.of_work, clocks.on_the_wall, clocks.until_death)
            wound = time.monotonic()
        answers.append(_read(piece))
    _wind(0, 0, 0)
    return answers


def _wind(of_work: float, on_the_wall: float, until_death: float) -> None:
    signal.setitimer(signal.ITIMER_VIRTUAL, of_work)
    signal.setitimer(signal.ITIMER_REAL, on_the_wall)
    signal.setitimer(signal.ITIMER_PROF, until_death)


def _read(piece: Piece) -> Parsed:
    try:
        return parse(piece.format, piece.body, piece.options)
    except _TookTooLong:
        return Parsed(failure=Failure("took-too-long"))
    except MemoryError:
        return Parsed(failure=Failure("too-much-memory"))
    except RecursionError:
        return Parsed(failure=Failure("too-deep"))
    except Exception as trouble:  # whatever a reader did not foresee concerns this one piece
        return Parsed(failure=Failure("reader-failed", type(trouble).__name__))


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise _TookTooLong


def _claim_stdout() -> BinaryIO:
    # A library that prints must not write into the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _limit_memory() -> None:
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError, ValueError):
        return  # not on this system: the time limits remain
    limit = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
