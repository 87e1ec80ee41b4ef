"""Import: giving files, watching them being read, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .shell import Choice, Face

State = Literal["waiting", "reading", "paused", "done", "cancelled", "undoing", "undone", "failed"]


@dataclass(frozen=True, slots=True)
class SkipLine:
    """How many items one named rule took, where they are listed, and some of the files; `more` where not all."""

    rule: str
    count: int
    files: tuple[str, ...] = ()
    more: bool = False
    address: str = ""


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
    is_large: bool = False  # it is said what goes before it is taken back
    by: str = ""
    robots: tuple[SkipLine, ...] = ()  # stored, but no human wrote it
    about: str = ""  # how stored cards and rows are people
    mend_address: str = ""  # a table of the rows that were not read


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
    aside: int = 0  # items set aside by any import


@dataclass(frozen=True, slots=True)
class ImportProgressPage:
    """One import, watched."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """All imports there ever were, newest first; or those with something set aside."""

    imports: tuple[Progress, ...]
    only_aside: bool = False
    aside: int = 0
    more: str | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing an import found: where it stood, why it ended so, whom or what it became, and what was in it."""

    id: str
    place: str
    size: str
    icon: str
    within: str = ""  # the folder or archive it came in, if any
    ended: str = ""  # a word for it, where several kinds are shown
    reason: str = ""
    heading: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()  # name and address
    raw_address: str = ""
    can_settle: bool = False  # be tried again, or left out


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """What an import found and how it ended, page by page."""

    import_id: str
    import_name: str
    title: str
    choices: tuple[Choice, ...]
    items: tuple[ItemLine, ...]
    lead: str = ""
    rule: str = ""  # only what this rule took
    everything_address: str = ""  # without it
    mend_address: str = ""
    is_theirs: bool = False  # a colleague brought it: what was in it is not shown
    more: str | None = None


@dataclass(frozen=True, slots=True)
class BroughtPerson:
    """Somebody an import brought."""

    face: Face
    address: str
    role: str


@dataclass(frozen=True, slots=True)
class BroughtPage:
    """Whom an import brought, by name."""

    import_id: str
    import_name: str
    total: int
    people: tuple[BroughtPerson, ...]
    about: str = ""
    more: str | None = None


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    """Before an import is taken back that is asked about: what goes and what stays."""

    import_id: str
    import_name: str
    going: tuple[str, ...]
    staying: tuple[str, ...]
