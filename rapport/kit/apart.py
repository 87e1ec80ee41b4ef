"""Something done in a copy of this process, which takes the memory it needed with it."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from .supervision.tether import tether
from .trouble import Trouble, Unavailable

_fork = get_context("fork")


class Fault(Exception):
    """What was raised in the copy and is no Trouble; its text is where and what."""


def apart(do: Callable[[], str]) -> str:
    """What `do` says, done in a copy of this process; a Trouble it raises is raised here, any other fault as Fault.

    Raises Unavailable where the copy is killed. Another thread of this process must hold no lock that `do` wants.
    """
    ours, theirs = _fork.Pipe(duplex=False)
    copy = _fork.Process(target=_do, args=(do, theirs, tether(signal.SIGKILL)))
    copy.start()
    theirs.close()
    try:
        said, trouble, fault = ours.recv()
    except EOFError:
        copy.join()
        raise Unavailable(f"It was stopped half-way ({copy.exitcode}). Start it again.", code="stopped") from None
    copy.join()
    if trouble is not None:
        kind, sentence, code = trouble
        raise kind(sentence, code=code)
    if fault:
        raise Fault(fault)
    return str(said)


def _do(do: Callable[[], str], answer: Connection, tie: Callable[[], None]) -> None:
    tie()  # it does not go on where whoever waits for it is gone
    try:
        answer.send((do(), None, ""))
    except Trouble as trouble:
        answer.send(("", (type(trouble), trouble.sentence, trouble.code), ""))
    except Exception:
        answer.send(("", None, traceback.format_exc()))
    finally:
        sys.stdout.flush()
