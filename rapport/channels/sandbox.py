"""Reading foreign bytes in child processes with limits of time and memory. What kills a child fails alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import LifoQueue
from types import TracebackType

import msgspec

from .frames import Piece, decode_answers, encode, receive, send
from .sightings import Failure, Parsed, ReadingOptions

CHILD = [sys.executable, "-m", "rapport.channels.parsing_child"]
TOOK_TOO_LONG = "took-too-long"
HARD_SECONDS = 10.0
# A batch is many pieces: it may take as long as a few slow ones before its pieces are asked one by one.
BATCH_SECONDS = 60.0
# What people wrote stands at the front of a mail; what lies beyond this is attachments.
MAIL_BYTES = 24 * 1024 * 1024
PIECE_BYTES = 48 * 1024 * 1024
FRAME_BYTES = 32 * 1024 * 1024

Item = tuple[str, bytes, ReadingOptions]


class ParsingPool:
    """Child processes that read. `parse` may be called from several threads; each batch has a child to itself.

    `seconds` is how long one piece may take where somebody waits for it.
    """

    def __init__(self, workers: int = 1, seconds: float | None = None) -> None:
        self._idle: LifoQueue[_Child] = LifoQueue()
        self._children = [_Child(seconds) for _ in range(workers)]
        for child in self._children:
            self._idle.put(child)

    def __enter__(self) -> ParsingPool:
        for child in self._children:
            child.start()  # it loads its readers while the first pieces are cut
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def parse(self, items: Sequence[Item]) -> list[Parsed]:
        """What each item says, in order. Never raises for what is in them."""
        pieces = [_bounded(item) for item in items]
        child = self._idle.get()
        try:
            return [answer for batch in _batches(pieces) for answer in _read(child, batch)]
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.end()


def _read(child: _Child, batch: list[Piece | Parsed]) -> list[Parsed]:
    asked = [piece for piece in batch if isinstance(piece, Piece)]
    answers = child.ask(asked, BATCH_SECONDS) if asked else []
    if isinstance(answers, Failure) and len(asked) == 1 and answers.reason == TOOK_TOO_LONG:
        answers = [Parsed(failure=answers)]
    if isinstance(answers, Failure):
        # One of them ended the child. Alone, only the guilty one does so again.
        answers = [_alone(child, piece) for piece in asked]
    given = iter(answers)
    return [next(given) if isinstance(piece, Piece) else piece for piece in batch]


def _alone(child: _Child, piece: Piece) -> Parsed:
    answer = child.ask([piece], HARD_SECONDS)
    return Parsed(failure=answer) if isinstance(answer, Failure) else answer[0]


def _bounded(item: Item) -> Piece | Parsed:
    format, body, options = item
    if format == "mail" and len(body) > MAIL_BYTES:
        return Piece(format, body[:MAIL_BYTES], options)
    if len(body) > PIECE_BYTES:
        return Parsed(failure=Failure("too-large", str(len(body))))
    return Piece(format, body, options)


def _batches(pieces: list[Piece | Parsed]) -> list[list[Piece | Parsed]]:
    batches: list[list[Piece | Parsed]] = [[]]
    size = 0
    for piece in pieces:
        weight = len(piece.body) if isinstance(piece, Piece) else 0
        if batches[-1] and size + weight > FRAME_BYTES:
            batches.append([])
            size = 0
        batches[-1].append(piece)
        size += weight
    return batches


class _Child:
    """One child process, started when first asked and again after it died."""

    def __init__(self, seconds: float | None) -> None:
        self._limit = [] if seconds is None else [str(seconds)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin without a question yet."""
        self._running()

    def ask(self, pieces: list[Piece], seconds: float) -> list[Parsed] | Failure:
        """The answers, or why there are none."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        watch = threading.Timer(seconds, process.kill)
        watch.start()
        try:
            send(process.stdin, encode(pieces))
            frame = receive(process.stdout)
            answers = decode_answers(frame) if frame is not None else None
        except (OSError, msgspec.DecodeError, MemoryError):
            answers = None
        finally:
            watch.cancel()
        if answers is not None and len(answers) == len(pieces):
            return answers
        return _why(self.end())

    def end(self) -> int:
        """Stop the process; its exit code, negative for the signal that ended it."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                pass  # what was still to be written has no reader any more
        try:
            return process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                [*CHILD, *self._limit],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._process


def _why(exit_code: int) -> Failure:
    if exit_code in (-signal.SIGPROF, -signal.SIGALRM, -signal.SIGKILL, -signal.SIGXCPU):
        return Failure(TOOK_TOO_LONG)
    if exit_code == -signal.SIGABRT or exit_code == 1:
        return Failure("too-much-memory")
    return Failure("reader-crashed", str(exit_code))


def _environment() -> dict[str, str]:
    # The child needs to find us and nothing else: no settings, no secrets.
    home = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join([home, *filter(None, sys.path)])}
