"""Import: giving files, watching them being read, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .shell import Face

State = Literal["waiting", "reading", "paused", "done", "cancelled", "undoing", "undone", "failed"]


@dataclass(frozen=True, slots=True)
class SkipLine:
    """How many items one named rule left out, and in which files; `more` where those are not all."""

    rule: str
    count: int
    files: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class PartLine:
    """Fields that could not be read, why, and some of whose they are: name and address."""

    fields: str
    sentence: str = ""
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table, and its columns that were not understood."""

    file: str
    columns: str


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Somebody who appeared while reading."""

    face: Face
    address: str
    note: str  # "about every week"


@dataclass(frozen=True, slots=True)
class Progress:
    """One import. found = stored + same + skipped + quarantined + what is still to read; it always adds up."""

    id: str
    name: str  # "maya.mbox and 2 more"
    state: State
    started: datetime
    found: int | None  # an estimate while reading; None: too early to say
    read: int
    stored: int
    same: int  # already there
    skipped: int
    quarantined: int
    skips: tuple[SkipLine, ...] = ()
    in_part: int = 0  # of those stored or already there
    parts: tuple[PartLine, ...] = ()
    tables_in_part: int = 0
    tables_sentence: str = ""
    tables: tuple[TableLine, ...] = ()
    rate: str = ""  # "412 a second"
    left: str = ""  # "about 2 minutes left"
    people: int = 0
    often: int = 0
    first_people: tuple[FirstPerson, ...] = ()
    problem: str = ""
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The page to give files, with the imports so far, newest first. `error` is about the files just given."""

    imports: tuple[Progress, ...]
    kinds: str  # ".mbox, .mbox.gz, .eml, .ics, .vcf, .csv or .zip"
    mine: str = ""  # the viewer's addresses, as typed
    mine_error: str = ""
    error: str = ""
    most: int = 0  # bytes that can be sent at once
    too_much: str = ""  # why more cannot
    most_files: int = 0  # files that can be sent at once
    too_many: str = ""  # why more cannot


@dataclass(frozen=True, slots=True)
class ImportProgressPage:
    """One import, watched."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class QuarantineItem:
    """One item that could not be read, and why. `within` is the folder or archive it came in, if any."""

    id: str
    name: str
    size: str
    reason: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class QuarantinePage:
    """What was set aside of one import."""

    import_id: str
    import_name: str
    items: tuple[QuarantineItem, ...]
    total: int
    more: str | None = None
