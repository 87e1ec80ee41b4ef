"""The process that answers short commands: Rapport loaded once, a copy of itself for each; `python -m` this."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module

from rapport.kit.house import House
from rapport.kit.line import Line, Question, heard, listening
from rapport.kit.supervision.processes import waited


def main() -> None:
    """Load everything and answer until ended. The web comes first: somebody waits for it."""
    house = House.from_environment()
    waited(house.answers, 60, step=0.2)
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks what became of a copy
    with listening(house) as listener:
        while True:
            line, _address = listener.accept()
            with line:
                _answer_apart(line, listener)


def _load() -> None:
    """All that a command may need, and no connection: that would be shared by the copies."""
    from rapport.doors.running.database import set_up_django

    set_up_django()
    for name in ("rapport.doors.cli.app", "rapport.doors.keeping.status", "rapport.doors.running.links"):
        import_module(name)
    from rapport.doors.operations.catalogue import catalogue

    catalogue()
    gc.collect()
    gc.freeze()


def _answer_apart(line: Line, listener: Line) -> None:
    """Answer one question in a copy of this process, which ends with it."""
    if os.fork():
        return
    code = 1
    try:
        listener.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        question = heard(line)
        if question:
            code = _answered(question)
            line.sendall(str(code).encode())
    finally:
        os._exit(code)


def _answered(question: Question) -> int:
    """The exit code of a command that ran as if its words had been typed to us.

    We stay in our own folder: the home we were told may be a path from there, and no command we answer names a file.
    """
    for number, theirs in enumerate(question.terminal):
        os.dup2(theirs, number)
    sys.argv = ["rapport", *question.words]
    sys.stdout.reconfigure(line_buffering=sys.stdout.isatty())  # type: ignore[union-attr]
    from .app import run

    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        _flush()
    return 0


def _flush() -> None:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # `| head` has seen enough
        pass


if __name__ == "__main__":
    main()
