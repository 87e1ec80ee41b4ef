"""The first run: three short steps to a first own Today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .shell import Choice, Field


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """One step of three: who you are, when you work, and what to begin with."""

    step: Literal[1, 2, 3] = 1
    name: Field = field(default_factory=Field)
    business: Field = field(default_factory=Field)
    email: Field = field(default_factory=Field)
    time_zone: Field = field(default_factory=Field)
    time_zones: tuple[Choice, ...] = ()
    working_days: tuple[Choice, ...] = ()  # value 1..7, Monday first


@dataclass(frozen=True, slots=True)
class LeavePage:
    """What goes with the sample, before it goes. `has_own`: there is a workspace of one's own to go on in."""

    has_own: bool = False


@dataclass(frozen=True, slots=True)
class EndPage:
    """What goes with a workspace, before it goes; its name is to be typed."""

    workspace: str
    name: Field = field(default_factory=Field)
