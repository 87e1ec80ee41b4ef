"""What was understood from a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Direction = Literal["by_us", "by_them", "both"]


@dataclass(frozen=True, slots=True)
class NameGuess:
    """Words that may be a name, and where they stand in the sentence. `is_loose`: only the place speaks for it.

    `is_thing`: they read like a thing ("the deck"); where nobody is called so they are of the note.
    `is_surname`: a salutation or title stood before them ("Frau Weiß").
    """

    words: str
    start: int
    end: int
    is_loose: bool = False
    is_thing: bool = False
    is_surname: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A sentence as an interaction. `at` is aware; a note unless the sentence says what it was.

    `is_plan` says that it speaks of what is still to come: that is no interaction. `is_unanswered`: a call that reached
    nobody; it is kept and is no contact.
    """

    text: str
    kind: str
    at: datetime
    direction: Direction
    names: tuple[NameGuess, ...] = ()
    minutes: int | None = None
    place: str = ""
    note: str = ""
    kind_was_said: bool = True
    day_was_said: bool = False
    is_plan: bool = False
    is_unanswered: bool = False
