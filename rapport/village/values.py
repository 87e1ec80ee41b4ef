"""What a raised village tells about itself: its people at home, its files, and what to add by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who works at the home organization. `working_days` counts Monday as 0; `role` is a workspace role."""

    key: str
    name: str
    given: str
    email: str
    title: str
    time_zone: str
    working_days: tuple[int, ...]
    role: str
    portrait: str
    languages: tuple[str, ...]
    joined_days_ago: int
    phone: str


@dataclass(frozen=True, slots=True)
class VillageFile:
    """One written file; `owner` is the address of the colleague whose mailbox, calendar or address book it is."""

    path: Path
    format: str
    owner: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line worth remembering about a person, with who told it."""

    email: str
    kind: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A word a colleague put on a person."""

    email: str
    word: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One reason that was laid out for Today: whose day, about whom, and why (question, silence, birthday, first)."""

    kind: str
    owner: str
    email: str


@dataclass(frozen=True, slots=True)
class Village:
    """A raised village. `portraits` maps an address to the name of a drawn face."""

    name: str
    domain: str
    colleagues: tuple[Colleague, ...]
    files: tuple[VillageFile, ...]
    facts: tuple[Fact, ...]
    tags: tuple[Tag, ...]
    portraits: dict[str, str]
    scenes: tuple[Scene, ...]
