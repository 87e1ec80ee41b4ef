"""Person: who they are, how things stand and why, what happened, what we know; and one interaction as evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from .known import WishLine
from .shell import Bond, Choice, Face, Field, Rhythm, Tone
from .today import Reach


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One contribution: points with their sign, what they rest on, and the page with that evidence."""

    title: str
    detail: str
    points: int
    address: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure explained: sentence, scale with doubt, rows that add up, how sure."""

    sentence: str
    figure: str  # "78, give or take 6" or "62 in 100 within 40 days"
    at: int  # where on the scale, 0..100
    low: int
    high: int
    rows: tuple[WhyRow, ...]
    sure: str  # "Fairly sure: 41 signals, 3 channels."
    words: tuple[str, ...] = ()  # the names of the five parts of the scale; none draws no scale
    word_at: int = 0
    evidence_address: str = ""
    evidence_label: str = ""  # "All 41 signals"


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the timeline. `by` colours who started it; a private one has a headline and nothing else."""

    address: str
    at: datetime
    icon: str
    headline: str
    aside: str = ""  # "24 min", "3 messages"
    text: str = ""
    quote: str = ""
    by: Literal["them", "us", "neither"] = "neither"
    tone: Tone | None = None
    is_private: bool = False
    chips: tuple[str, ...] = ()
    undo_id: str | None = None
    has_time: bool = True


@dataclass(frozen=True, slots=True)
class Month:
    """The moments of one month, newest first; `is_planned`: they are still to come."""

    starts: date
    moments: tuple[Moment, ...]
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing known: who noted it and how it was learnt. `remove_address` is posted to; none hides the button."""

    icon: str
    text: str
    source: str
    is_sensitive: bool = False
    remove_address: str | None = None


@dataclass(frozen=True, slots=True)
class HandleLine:
    """An address that reaches them."""

    icon: str
    value: str
    href: str | None
    note: str = ""  # "until 2022", "not confirmed"
    remove_address: str | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """Where they are or were: title at organization, from when until when, and whether we knew them then."""

    title: str
    organization: str
    span: str
    is_current: bool = False
    knew_them: bool = False
    organization_address: str | None = None
    remove_address: str | None = None


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A colleague who knows them too."""

    face: Face
    note: str
    bond: Bond
    address: str
    is_best: bool = False  # would introduce the viewer best


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note somebody wrote."""

    text: str
    by: str
    at: datetime
    remove_address: str | None = None


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag, and where to post to take it off."""

    name: str
    address: str
    remove_address: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Somebody this person was joined with, and how to part them again."""

    name: str
    at: datetime
    unmerge_address: str


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """The edit form, opened by `?edit`; empty errors unless it came back."""

    name: Field
    said_as: Field
    title: Field
    organization: Field
    email: Field
    phone: Field
    birthday: Field  # in words, "14 March"
    listed_as: Field = field(default_factory=Field)  # what somebody said
    listed_now: str = ""  # what they go by now
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The whole page."""

    id: str
    address: str
    face: Face
    said_as: str  # how to say the name, "PREE-yah"
    title: str
    organization: str
    organization_address: str | None
    local_time: str  # "09:18 in Manchester"; empty if unknown
    whose: str  # "Yours, with Ali and Sofia"
    bond: Bond
    bond_sentence: str
    strength: Explanation | None
    vitality: Explanation | None
    rhythm: Rhythm | None
    months: tuple[Month, ...]
    moment_filters: tuple[Choice, ...]
    moments_total: str  # "212 moments since March 2020"
    earlier_address: str | None
    earlier_label: str
    facts: tuple[FactLine, ...]
    handles: tuple[HandleLine, ...]
    reach: tuple[Reach, ...]
    path: tuple[Station, ...]
    acquaintances: tuple[Acquaintance, ...]
    tags: tuple[TagLine, ...]
    notes: tuple[NoteLine, ...]
    merged: tuple[Merged, ...]
    edit: PersonEdit
    fact_kinds: tuple[Choice, ...]
    is_colleague: bool = False
    acquaintances_more: str = ""  # "3 more" behind those shown
    is_viewer: bool = False
    may_write: bool = True
    wishes: tuple[WishLine, ...] = ()
    is_whole: bool = True  # a guest sees no facts, notes and addresses


@dataclass(frozen=True, slots=True)
class MergePage:
    """Choosing whom to join with: candidates for the words typed, each with what would come together."""

    person: Face
    person_address: str
    q: str
    candidates: tuple[MergeCandidate, ...]
    other: MergeCandidate | None = None
    together: tuple[str, ...] = ()  # what the joined one would have, in sentences, before `other` is posted


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """Somebody who may be the same human. Posting `id` as `other` joins them."""

    id: str
    face: Face
    note: str  # "kenji@solace.example, 14 moments"
    address: str


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Both figures in full and the evidence under one of their rows: `chosen` is its title, `detail` what it says.

    `nothing` is said where no contact is to be shown.
    """

    face: Face
    person_address: str
    bond: Bond
    strength: Explanation | None
    vitality: Explanation | None
    chosen: str
    evidence: tuple[Month, ...]
    more: str | None = None
    detail: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in an interaction and their part: from, to, cc, attendee."""

    face: Face
    address: str | None
    part: str
    handle: str
    answer: str = ""  # to an invitation: "declined"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file attached; None as `address` where the mail is a colleague's, who alone may open it."""

    name: str
    size: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class InteractionPage:
    """One interaction as evidence. `html_address` is framed without scripts; `blocked` counts what was left out."""

    icon: str
    kind: str  # "Mail", "Call"
    headline: str
    at: datetime
    aside: str
    participants: tuple[Participant, ...]
    text: str
    quoted: str  # the quoted part that was folded away
    html_address: str | None
    blocked: int
    attachments: tuple[AttachedFile, ...]
    source: str  # "maya.mbox, imported on 14 November"
    is_private: bool
    person: Face | None = None
    person_address: str | None = None
    thread: tuple[Moment, ...] = ()
    lines: int = 20  # about how many the words fill
    place: str = ""
    place_address: str = ""  # where the place is one on the web
    calendar_address: str | None = None  # of a meeting or a call
