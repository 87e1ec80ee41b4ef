"""What a reader saw in a piece of the world: sightings of people together, cards of people, what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Literal

from rapport.kit.clock import day_at
from rapport.kit.days import First, first_in
from rapport.kit.zones import country_in

AddressKind = Literal["email", "phone", "handle"]
PartyPart = Literal["from", "to", "cc", "bcc", "organizer", "attendee", "list", "bounced"]
Response = Literal["", "accepted", "declined", "tentative", "needs-action"]
WishKind = Literal["do-not-contact", "do-not-score"]
SightingKind = Literal["mail", "meeting", "call"]
# Why a card was read in part: one of its fields holds nothing we know, a day that may be two, a birthday to come, what
# a spreadsheet left of a number or a day; or several of them do, each another of these.
InPart = Literal["in-part", "which-day", "day-to-come", "broken-cell", "several-reasons"]
IN_PART: InPart = "in-part"
WHICH_DAY: InPart = "which-day"
DAY_TO_COME: InPart = "day-to-come"
BROKEN_CELL: InPart = "broken-cell"
SEVERAL_REASONS: InPart = "several-reasons"

UNKNOWN_COLUMNS = "unknown-columns"  # the rule by which columns of a table are left out, whose rows are not

TEXT_LIMIT = 20_000
EXCERPT_LIMIT = 280
EVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached: `value` is normalised, `name` is as written beside it, or empty."""

    kind: AddressKind
    value: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An address and its part in what happened."""

    address: Address
    part: PartyPart
    response: Response = ""


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """That something was attached: its name as written, its media type, its size in bytes as it travelled."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing that happened between addresses. `at` and `until` are in UTC, `text` is in the sender's own words."""

    kind: SightingKind
    origin: str
    at: datetime
    parties: tuple[Party, ...]
    until: datetime | None = None
    all_day: bool = False
    time_zone: str = ""
    subject: str = ""
    text: str = ""
    excerpt: str = ""
    question: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    list_address: str = ""
    automatic: str = ""
    cancelled: bool = False
    tentative: bool = False
    language: str = ""
    has_html: bool = False
    attachments: tuple[AttachmentNote, ...] = ()
    signature: str = ""
    bounced: tuple[str, ...] = ()  # addresses that will not be reached again
    location: str = ""
    revision: int = 0  # of a meeting that is sent again when it changes: the higher is the later version
    revised_at: datetime | None = None  # tells versions of one revision apart

    @property
    def version(self) -> tuple[int, datetime, bool]:
        """What says which of two tellings of one thing is the later. Of one time of a meeting that repeats, what is
        told of it alone is later than what is told of all: calendars write both with the same stamp."""
        return self.revision, self.revised_at or EVER, self.kind != "mail" and self.in_reply_to != ""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birthday, whose year is often kept to oneself."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class CardWish:
    """What the person on a card asked for: not to be contacted, not to be scored; why, and when it was noted."""

    kind: WishKind
    why: str = ""
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A person as an address book sees them; `extra` holds what we have no place for, word for word. `unread` names the
    fields of which something could not be read, though we have a place for it, `unread_as` says why. `whose` is our own
    id of the person, where we gave the row out to be mended."""

    uid: str
    name: str
    given: str = ""
    family: str = ""
    organization: str = ""
    title: str = ""
    addresses: tuple[Address, ...] = ()
    birthday: PartialDate | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    photo: bool = False
    extra: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    unread_as: InPart = IN_PART
    revised: datetime | None = None  # when somebody last saw to it
    wishes: tuple[CardWish, ...] = ()
    whose: str = ""


def in_part_for(reasons: Iterable[InPart]) -> InPart:
    """The reason of a card whose unread fields have these."""
    told = set(reasons)
    if len(told) > 1:
        return SEVERAL_REASONS
    return told.pop() if told else IN_PART


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card as it is written there: `value` with its escapes; `means` is what we read in it, an
    address, a number or a day, in our own form."""

    name: str
    value: str
    group: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    means: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Left out by a named rule: nothing is wrong with it."""

    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Could not be read, for a reason `wording` turns into a sentence."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML that may be shown, and how many images were not fetched for it."""

    html: str
    blocked_images: int


@dataclass(frozen=True, slots=True)
class MailPage:
    """A mail as a page shows it: its formatted version, if it has one, and what was cut off from its plain words."""

    formatted: CleanHtml | None
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file taken out of a mail."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything read from one raw item. `remarks` name what was mended; `page`, `file` and the `properties` of each of
    its cards come only when asked for."""

    sightings: tuple[Sighting, ...] = ()
    cards: tuple[Card, ...] = ()
    skipped: Skipped | None = None
    failure: Failure | None = None
    remarks: tuple[str, ...] = ()
    page: MailPage | None = None
    file: Enclosed | None = None
    properties: tuple[tuple[Property, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a reader may be told beside the bytes: the `prefix` of its piece, the name of the file it came from, the
    zone of times that name none, and the time it is. Of a file that is to be taken out of a mail `name` is its own,
    and `place` says which it is of those attached."""

    prefix: bytes = b""
    name: str = ""
    time_zone: str = "UTC"
    now: datetime | None = None
    place: int = 0

    @property
    def country(self) -> str:
        """The country of telephone numbers written without one: where whoever reads them lives."""
        return country_in(self.time_zone)

    @property
    def first(self) -> First | None:
        """Which of day and month is written first there; None where nobody can tell."""
        return first_in(self.country)

    @property
    def today(self) -> date | None:
        """Which day it is there; None where no time is told."""
        return day_at(self.now, self.time_zone) if self.now else None


def origin_of(*parts: str) -> str:
    """The identity of what happened: the same parts give the same 32 letters, wherever a copy was found."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def identity_of_mail(message_id: str, sender: str, at: datetime | None) -> str:
    """The origin of a mail that has an id. Copies differ in when they arrived, so `at` is the date its sender wrote;
    None where there is none.
    """
    return origin_of("mail", message_id, sender, at.isoformat(timespec="seconds") if at else "")
