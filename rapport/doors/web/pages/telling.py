"""Logging what happened: one sentence and what was understood from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .shell import Face

NEW, NOTE = "new", "note"  # answers beside the people to choose from


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood. It is posted as `name`=`value`; taking the chip off leaves it out."""

    icon: str
    label: str
    name: str
    value: str
    can_remove: bool = True


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody the sentence may mean."""

    id: str
    face: Face
    note: str


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A name that is not clear. It is answered as `name`=`chosen`: somebody's id, NEW for somebody new, or NOTE."""

    name: str
    words: str
    choices: tuple[PersonChoice, ...] = ()
    chosen: str = ""
    more: int = 0  # fit as well and are not offered: so many at least


@dataclass(frozen=True, slots=True)
class Understood:
    """What the sentence says. `asked` are the names that are not clear; `question` asks for what is missing."""

    chips: tuple[Chip, ...]
    asked: tuple[NameAsked, ...] = ()
    question: str = ""
    certainty: Literal["whole", "partly", "nothing"] = "whole"


@dataclass(frozen=True, slots=True)
class LogPage:
    """The log form as a page of its own. `about` is the person it starts from; `suggestion_id` is done by saving."""

    text: str = ""
    about: Face | None = None
    about_id: str = ""
    suggestion_id: str = ""
    understood: Understood | None = None
    error: str = ""
    back: str = "/"
