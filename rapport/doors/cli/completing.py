"""What may stand at a place of the line that is being typed: for a shell that finishes words. No database is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

import typer

# As the operations take them. They are not asked: a shell waits while Django loads.
SORTS = ("name", "last", "strength")
STRENGTHS = ("not_met", "faint", "light", "steady", "strong", "close")
STATES = ("doing_well", "needs_care", "at_risk", "too_early")
WHOSE = ("anybody", "nobody")
OURS_OR_THEIRS = ("ours", "theirs")
COMING = ("today", "meeting", "birthday")
FORMS = ("csv", "vcard")
KINDS = (
    "mail", "meeting", "call", "visit", "chat", "letter", "card", "gift", "social", "form", "purchase", "event", "note",
)  # fmt: skip

Words = Callable[[str], list[str]]


def of(*words: str) -> Words:
    """Finishes one of these words."""

    def begun(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return begun


def operations(incomplete: str) -> list[tuple[str, str]]:
    """The operations of `rapport do`, each with what it does."""
    known = _catalogue().items()
    return [(name, operation.summary) for name, operation in known if name.startswith(incomplete)]


def values(typed: typer.Context, incomplete: str) -> list[str]:
    """What the operation takes, as name=; behind that the words that fit there."""
    operation = _catalogue().get(typed.params.get("name") or "")
    if operation is None:
        return []
    fields = operation.takes.model_fields
    name, sign, begun = incomplete.partition("=")
    if sign:  # zsh and fish hand over the whole of it
        return [f"{name}={word}" for word in _words_for(fields.get(name), begun)]
    before = [one for one in typed.params.get("values") or () if one != "="]  # bash parts a line at each =
    if before and before[-1] in fields:
        return list(_words_for(fields[before[-1]], incomplete))
    return [f"{one}=" for one in fields if one.startswith(incomplete)]


def _words_for(field: Any, begun: str) -> Iterator[str]:
    words = ("true", "false") if field is not None and field.annotation is bool else None
    for word in words or _literals(None if field is None else field.annotation):
        if word.startswith(begun):
            yield word


def _literals(annotation: Any) -> Iterator[str]:
    """The words of every Literal in an annotation."""
    for one in get_args(annotation):
        if isinstance(one, str) and one:
            yield one
        else:
            yield from _literals(one)


def _catalogue() -> Any:
    from rapport.doors.running.database import set_up_django

    set_up_django()
    from rapport.doors.operations.catalogue import catalogue

    return catalogue()
