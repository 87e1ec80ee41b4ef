"""Something done in a copy of this process, which takes the memory it needed with it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from .supervision.tether import tether
from .trouble import Trouble, Unavailable

_fork = get_context("fork")


def apart(do: Callable[[], str]) -> str:
    """What `do` says, done in a copy of this process; a Trouble it raises is raised here, as plain Trouble.

    Only where this process has no other thread that could hold a lock just then. Raises Unavailable where the copy is
    killed.
    """
    ours, theirs = _fork.Pipe(duplex=False)
    copy = _fork.Process(target=_do, args=(do, theirs, tether(signal.SIGKILL)))
    copy.start()
    theirs.close()
    try:
        said, sentence, code = ours.recv()
    except EOFError:
        copy.join()
        raise Unavailable(f"It was stopped half-way ({copy.exitcode}). Start it again.", code="stopped") from None
    copy.join()
    if sentence:
        raise Trouble(sentence, code=code)
    return str(said)


def _do(do: Callable[[], str], answer: Connection, tie: Callable[[], None]) -> None:
    tie()  # it does not go on where whoever waits for it is gone
    try:
        answer.send((do(), "", ""))
    except Trouble as trouble:
        answer.send(("", trouble.sentence, trouble.code))
    finally:
        sys.stdout.flush()
