"""What we know about one person by source, what they asked of us, and what erasing them would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .shell import Face, Field


@dataclass(frozen=True, slots=True)
class KnownSection:
    """One source: its rows, the first of them, each as label and value; `total` counts all."""

    key: str
    title: str
    note: str
    total: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    has_more: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class WishLine:
    """What they asked of us, or might: `asked` says who wrote it down and when; empty where they did not."""

    kind: str
    title: str
    what: str  # what follows from it
    why: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """The page. `whole` is the form for their own request, with what is wrong on it."""

    person: Face
    person_address: str
    introduction: str
    sections: tuple[KnownSection, ...]
    wishes: tuple[WishLine, ...]
    may_write: bool
    may_own: bool
    whole: Field = field(default_factory=Field)


@dataclass(frozen=True, slots=True)
class ErasePage:
    """What goes and what stays, and the name to be written."""

    person: Face
    person_address: str
    going: tuple[str, ...]
    staying: tuple[str, ...]
    name: Field = field(default_factory=Field)
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """An erasure: when and by whom it was asked for, and how far it is."""

    at: datetime
    by: str
    state: str
    counts: str


@dataclass(frozen=True, slots=True)
class ErasuresPage:
    """The latest erasures."""

    lines: tuple[ErasureLine, ...]
    address: Field = field(default_factory=Field)
