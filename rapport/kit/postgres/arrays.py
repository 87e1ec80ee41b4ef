"""Lists as PostgreSQL reads them, made at once instead of element by element: a third of an import went into that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import DataError
from psycopg.abc import Buffer
from psycopg.types.array import ListDumper


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_WRITTEN: dict[type, Callable[[Any], str]] = {
    UUID: lambda one: f"{one.int:032x}",
    str: _quoted,
    int: str,
    datetime: lambda one: f'"{one}"',
    date: str,
    bytes: lambda one: f'"\\\\x{one.hex()}"',
}


class PlainListDumper(ListDumper):
    """A flat list of one of the plain types; any other is left to psycopg."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        """The list as an array's text."""
        kinds = set(map(type, obj))
        kinds.discard(type(None))
        written = _WRITTEN.get(kinds.pop()) if len(kinds) == 1 else None
        if written is None:
            return super().dump(obj)
        text = "{" + ",".join(["NULL" if one is None else written(one) for one in obj]) + "}"
        if "\x00" in text:
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        return text.encode()


def register() -> None:
    """Write lists so on every connection made from now on."""
    psycopg.adapters.register_dumper(list, PlainListDumper)
