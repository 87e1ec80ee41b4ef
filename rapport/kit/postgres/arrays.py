"""Lists as PostgreSQL reads them, made at once instead of element by element: a third of an import went into that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from types import NoneType
from typing import Any
from uuid import UUID

import psycopg
from psycopg import DataError
from psycopg.abc import Buffer
from psycopg.types.array import ListDumper


def _texts(some: list[str]) -> str:
    joined = '","'.join(some)
    if "\\" in joined or joined.count('"') != 2 * (len(some) - 1):  # a few do
        joined = '","'.join([one.replace("\\", "\\\\").replace('"', '\\"') for one in some])
    return f'"{joined}"'


# How a list of each type is written, without its braces.
_PLAIN: dict[type, Callable[[list[Any]], str]] = {
    UUID: lambda some: b"".join([one.int.to_bytes(16, "big") for one in some]).hex(",", 16),
    str: _texts,
    int: lambda some: ",".join(map(str, some)),
    datetime: lambda some: ",".join([f'"{one}"' for one in some]),
    date: lambda some: ",".join(map(str, some)),
    bytes: lambda some: '"\\\\x' + '","\\\\x'.join(map(bytes.hex, some)) + '"',
}


class PlainListDumper(ListDumper):
    """A flat list of one of the plain types; any other is left to psycopg."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        """The list as an array's text."""
        kinds = set(map(type, obj))
        plain = kinds - {NoneType}
        if not obj or len(plain) > 1 or not plain <= _PLAIN.keys():
            return super().dump(obj)
        written = _PLAIN[plain.pop()] if plain else None
        if written and NoneType not in kinds:
            text = written(obj)
        else:
            text = ",".join([written([one]) if written and one is not None else "NULL" for one in obj])
        if "\x00" in text:
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        return f"{{{text}}}".encode()


def register() -> None:
    """Write lists so on every connection made from now on."""
    psycopg.adapters.register_dumper(list, PlainListDumper)
