"""What a log line may say: what failed, of which kind and where. Never a fault's message: it names values of people."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any


class Wordless(logging.Formatter):
    """Lines without values: a fault is told by its kind and its places in our code, a request by its route."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. The record itself stays as it is: others may listen to it too."""
        plain = logging.makeLogRecord(record.__dict__ | {"args": _plain(record), "exc_text": None})
        return super().format(plain)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Kinds and places, from the first cause to what came of it."""
        return "\n".join(_told(fault) for fault in reversed(list(_causes(ei[1]))))


def kind_of(fault: BaseException) -> str:
    """ "UniqueViolation 23505": the class, and what a database calls it."""
    return " ".join(part for part in (type(fault).__name__, str(getattr(fault, "sqlstate", "") or "")) if part)


def _told(fault: BaseException) -> str:
    return "".join([*traceback.format_tb(fault.__traceback__), kind_of(fault)])


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _plain(record: logging.LogRecord) -> tuple[Any, ...] | Mapping[str, Any]:
    """The values of the line: no fault's message, and of a request the route, for its path may hold a name."""
    args = record.args or ()
    if isinstance(args, Mapping):
        return {name: _without_words(one) for name, one in args.items()}
    path = getattr(getattr(record, "request", None), "path", None)
    return tuple(_route_of(record) if path and one == path else _without_words(one) for one in args)


def _without_words(value: Any) -> Any:
    return kind_of(value) if isinstance(value, BaseException) else value


def _route_of(record: logging.LogRecord) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return f"/{match.route}" if match else "an address without a page"
