"""What surrounds every page, and the small values all pages share: a face, a bond, a rhythm, a quote, a field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Tone = Literal["well", "care", "risk", "unsure"]
Theme = Literal["system", "light", "dark"]
Reading = Literal["plain", "legible", "system"]


@dataclass(frozen=True, slots=True)
class Face:
    """A person as a small round picture: a portrait if there is one, else initials on a tint chosen by `seed`."""

    name: str
    seed: str
    picture: str | None = None  # address of the portrait
    called: str = ""  # the short name; empty means the whole name


@dataclass(frozen=True, slots=True)
class Bond:
    """How things stand, as the Overlap draws it. Strength None: too early to say; 0: not met yet."""

    strength: int | None  # points, 0..100
    health: float | None  # 0..1; vitality until two health areas are known
    tone: Tone
    strength_word: str
    health_word: str
    give_or_take: int = 0  # points of doubt about strength
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a rhythm: how often they reached out, and how often we did."""

    starts: date
    them: int
    us: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Who reached out, week by week, oldest first, with the sentence that says the same."""

    weeks: tuple[Week, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, where they were said, and the page that shows the whole."""

    text: str
    source: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One form field: what was typed, kept, and what to mend about it."""

    value: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select, a row of chips or a filter."""

    value: str
    label: str
    is_on: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """What just happened; `undo_id` is the journal entry that takes it back."""

    text: str
    undo_id: str | None = None


@dataclass(frozen=True, slots=True)
class WorkspaceDoor:
    """A workspace the viewer can enter; `address` is posted to."""

    name: str
    address: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around the page. `here` names the lit entry: today, people, import, team, settings, or nothing."""

    viewer: Face
    workspace: str
    csrf: str
    here: str = ""
    workspaces: tuple[WorkspaceDoor, ...] = ()
    is_sample: bool = False
    may_leave_sample: bool = False
    may_write: bool = True
    may_import: bool = True
    may_release: bool = False  # what goes out is held after a restore, and the viewer may say so
    waiting_today: int = 0
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    theme: Theme = "system"
    reading: Reading = "plain"
    keys_on: bool = True
    own_keys: str = "{}"  # as JSON: by the usual key, the one that is pressed instead
    toast: Toast | None = None
    as_of: date | None = None  # set when the page is read as of an earlier day
    now: datetime | None = None  # for "today" and "yesterday" in dates
