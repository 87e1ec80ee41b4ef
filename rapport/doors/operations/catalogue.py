"""The catalogue: every operation once, with its words, its right, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from rapport.accounts.access import Right, Viewer, require
from rapport.accounts.acting import By, Door
from rapport.kit import clock
from rapport.kit.clock import end_of_day

Method = Literal["GET", "POST", "PATCH", "DELETE"]


class Nothing(Schema):
    """No parameters."""


class Reading(Schema):
    """What every reading operation takes."""

    as_of: date | None = Field(None, description="Answer as of the end of this day, in the reader's time zone.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: who asks, by which door, and at which moment it is answered."""

    viewer: Viewer
    door: Door
    now: datetime
    is_as_of: bool = False

    @property
    def by(self) -> By:
        """Who acts, for the rooms' verbs."""
        return By(self.viewer, self.door, self.now)


Run = Callable[[Asked, Any], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """A verb: `name` is noun.verb, `path` names its path parameters in braces as fields of `takes`."""

    name: str
    method: Method
    path: str
    summary: str
    right: Right
    takes: type[Schema]
    gives: Any
    run: Run
    status: int = 200

    @property
    def is_reading(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"


_catalogue: dict[str, Operation] = {}


def operation(
    name: str,
    method: Method,
    path: str,
    summary: str,
    *,
    right: Right,
    takes: type[Schema],
    gives: Any,
    status: int = 200,
) -> Callable[[Run], Run]:
    """Put a function into the catalogue."""

    def register(run: Run) -> Run:
        assert name not in _catalogue, name
        _catalogue[name] = Operation(name, method, path, summary, right, takes, gives, run, status)
        return run

    return register


def catalogue() -> dict[str, Operation]:
    """All operations, by name."""
    from . import imports, interactions, journal, people, today  # noqa: F401 - they register themselves

    return dict(sorted(_catalogue.items()))


def call(name: str, viewer: Viewer, door: Door, given: dict[str, Any] | Schema) -> Any:
    """Do an operation in the current transaction, for a viewer who may; its answer as the schema it promises."""
    found = catalogue()[name]
    require(viewer, found.right)
    values = given if isinstance(given, Schema) else found.takes(**given)
    day = getattr(values, "as_of", None)
    now = end_of_day(day, viewer.time_zone) if day else clock.now()
    return found.run(Asked(viewer, door, now, is_as_of=day is not None), values)
