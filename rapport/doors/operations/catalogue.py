"""The catalogue: every operation once, with its words, its right, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BaseModel, TypeAdapter, ValidationError

from rapport.accounts.access import Right, Viewer, require
from rapport.accounts.acting import By, Door
from rapport.kit import clock
from rapport.kit.clock import end_of_day, zone
from rapport.kit.trouble import NotUnderstood

from .slips import what_is_wrong

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Carries = Literal["json", "files", "bytes"]


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

    @property
    def until(self) -> datetime | None:
        """The end of the day looked back at; None where it is told as of now."""
        return self.now if self.is_as_of else None


Run = Callable[[Asked, Any], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """A verb: `name` is noun.verb, `path` names its path parameters in braces as fields of `takes`.

    `carries` says what goes over the wire beside JSON: files that are sent (the field `files`), bytes that are given.
    """

    name: str
    method: Method
    path: str
    summary: str
    right: Right
    takes: type[BaseModel]
    gives: Any
    run: Run
    status: int = 200
    carries: Carries = "json"

    @property
    def is_reading(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"

    @property
    def looks_back(self) -> bool:
        """Whether it can be asked as of an earlier day."""
        return "as_of" in self.takes.model_fields


_catalogue: dict[str, Operation] = {}


@cache
def written(name: str) -> TypeAdapter[Any]:
    """What writes an operation's answers as JSON."""
    return TypeAdapter(_catalogue[name].gives)


def operation(
    name: str,
    method: Method,
    path: str,
    summary: str,
    *,
    right: Right,
    takes: type[BaseModel],
    gives: Any,
    status: int = 200,
    carries: Carries = "json",
) -> Callable[[Run], Run]:
    """Put a function into the catalogue."""

    def register(run: Run) -> Run:
        assert name not in _catalogue, name
        _catalogue[name] = Operation(name, method, path, summary, right, takes, gives, run, status, carries)
        return run

    return register


@cache
def catalogue() -> dict[str, Operation]:
    """All operations, by name."""
    from . import (  # noqa: F401 - they register themselves
        editing,
        ending,
        home,
        import_items,
        imports,
        interactions,
        journal,
        knowing,
        logging,
        many,
        members,
        merging,
        organizations,
        people,
        relationships,
        rights,
        searching,
        today,
        views,
        who_knows,
    )

    return dict(sorted(_catalogue.items()))


def call(name: str, viewer: Viewer, door: Door, given: dict[str, Any]) -> Any:
    """Do an operation in the current transaction, for a viewer who may; its answer as the schema it promises."""
    found = catalogue()[name]
    require(viewer, found.right)
    values = _read(found, given)
    day = getattr(values, "as_of", None)
    now = clock.now()
    if day is not None:
        if day > now.astimezone(zone(viewer.time_zone)).date():
            raise _not_come_yet()
        now = min(now, end_of_day(day, viewer.time_zone))
    with timezone.override(zone(viewer.time_zone)):  # sentences count the days where the reader is
        return found.run(Asked(viewer, door, now, is_as_of=day is not None), values)


def cannot_look_back() -> NotUnderstood:
    """Said where `as_of` is asked of an operation that knows only today: it must not pass for an answer of that day."""
    sentence = _("This is told as it is now and cannot look back. Ask it without “as_of”.")
    return NotUnderstood(sentence, code="not-as-of", as_of=sentence)


def _not_come_yet() -> NotUnderstood:
    """Said where a day to come is asked about: today's answer must not pass for that day's."""
    sentence = _("That day has not come yet, so nothing can be told of it. Ask for today, or for a day before.")
    return NotUnderstood(sentence, code="not-come-yet", as_of=sentence)


def not_understood(errors: Sequence[tuple[str, str]]) -> NotUnderstood:
    """The trouble of values that do not fit: each field, and what is wrong with it."""
    field, wrong = errors[0]
    sentence = _("“%(field)s” does not fit: %(wrong)s.") % {"field": field, "wrong": wrong}
    return NotUnderstood(sentence, code="not-understood", **dict(errors))


def _read(operation: Operation, given: dict[str, Any]) -> BaseModel:
    if "as_of" in given and not operation.looks_back:
        raise cannot_look_back()
    try:
        return operation.takes(**given)
    except ValidationError as wrong:
        found = [(".".join(str(part) for part in one["loc"]), what_is_wrong(one)) for one in wrong.errors()]
        raise not_understood(found) from None
