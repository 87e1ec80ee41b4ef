"""From a vCard to the person on it. Nothing on it is lost: what we have no place for stays in `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import get_args

from rapport.kit.days import is_no_day
from rapport.kit.phones import number_of
from rapport.kit.text import db_text, is_name

from ..mail.addresses import email_of
from ..sightings import (
    IN_PART,
    Address,
    Card,
    CardWish,
    Failure,
    InPart,
    Parsed,
    PartialDate,
    Property,
    ReadingOptions,
    Skipped,
    WishKind,
    in_part_for,
)
from .birthdays import birthday_of, why_none
from .lines import Line, read_lines

_USED = {"BEGIN", "END", "VERSION", "N", "FN", "ORG", "TITLE", "NOTE", "UID", "BDAY", "EMAIL", "TEL", "CATEGORIES",
         "X-RAPPORT-WISH"}  # fmt: skip
_FIELDS = {"EMAIL": "Email", "TEL": "Phone", "BDAY": "Birthday"}  # as the headings of a table
_HEAVY = {"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"}
_HANDLES = {"IMPP": "", "X-SKYPE": "skype", "X-SKYPE-USERNAME": "skype", "X-JABBER": "xmpp", "X-ICQ": "icq",
            "X-AIM": "aim", "X-MSN": "msn", "X-YAHOO": "yahoo", "X-GTALK": "xmpp", "X-TWITTER": "twitter",
            "X-QQ": "qq", "X-GOOGLE-TALK": "xmpp", "X-EVOLUTION-VIDEO-URL": ""}  # fmt: skip
_APPLE_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_GROUP_KIND = {"KIND", "X-ADDRESSBOOKSERVER-KIND"}
EXTRA_LIMIT = 200
WISH, NOTED_AT = "X-RAPPORT-WISH", "X-NOTED-AT"


def parse_card(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """The person on one vCard; several cards in the bytes give several. A card without anybody on it is skipped."""
    options = options or ReadingOptions()
    cards: list[Card] = []
    skipped: Skipped | None = None
    was_card = False
    for _lines, _nested, found in _people(read_lines(raw), options):
        was_card = True
        if isinstance(found, Card):
            cards.append(found)
        else:
            skipped = found
    if cards:
        return Parsed(cards=tuple(cards))
    return Parsed(skipped=skipped) if was_card else Parsed(failure=Failure("not-a-card"))


def card_properties(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """All that stands on each of the cards that `parse_card` gives, in its order; a card within a card as one value."""
    options = options or ReadingOptions()
    found = [
        tuple(_property(line, options) for line in (*lines, *_enclosed(nested)))
        for lines, nested, card in _people(read_lines(raw, len(raw)), options)
        if isinstance(card, Card)
    ]
    return Parsed(properties=tuple(found))


def _people(given: Iterable[Line], options: ReadingOptions) -> Iterable[tuple[list[Line], list[Line], Card | Skipped]]:
    """The lines of each card, those of cards within it, and who is on it or why nobody is."""
    for lines, nested in _cards(given):
        if any(line.name in _GROUP_KIND and line.text.lower() in ("group", "location") for line in lines):
            yield lines, nested, Skipped("card-of-a-group", _first(lines, "FN"))
            continue
        card = _card(lines, options)
        yield lines, nested, card if card.name or card.addresses else Skipped("nobody-on-it")


def _property(line: Line, options: ReadingOptions) -> Property:
    means = ""
    if line.name == "EMAIL":
        means = email_of(line.text)
    elif line.name == "TEL":
        means = number_of(line.text, options.country)
    elif line.name in _HANDLES:
        means = _handle(line)
    elif line.name == "BDAY" and (day := _birthday(line, options)):
        means = f"{day.year or '-'}-{day.month:02}-{day.day:02}"
    return Property(line.name, db_text(line.value), line.group, tuple(line.parameters.items()), db_text(means))


def _enclosed(nested: list[Line]) -> Iterable[Line]:
    if nested:
        told = [f"{line.name}:{line.value}" for line in nested]
        yield Line("", "AGENT", {}, "\\n".join(["BEGIN:VCARD", *told, "END:VCARD"]).replace(",", "\\,"))


def _cards(lines: Iterable[Line]) -> Iterable[tuple[list[Line], list[Line]]]:
    """The lines of each card, and those of cards within it."""
    kept: list[Line] = []
    nested: list[Line] = []
    depth = 0
    for line in lines:
        opens_or_ends = line.name in ("BEGIN", "END") and line.text.upper() == "VCARD"
        if not opens_or_ends:
            if depth:
                (kept if depth == 1 else nested).append(line)
            continue
        depth = max(depth + (1 if line.name == "BEGIN" else -1), 0)
        if depth == 0:
            yield kept, nested
            kept, nested = [], []
    if depth:  # never ended
        yield kept, nested


def _card(lines: list[Line], options: ReadingOptions) -> Card:
    names = next((line.fields() for line in lines if line.name == "N"), [])
    family, given, middle, _prefix, _suffix = (*names, "", "", "", "", "")[:5]
    organization = next((line.fields() for line in lines if line.name == "ORG"), [])
    birthday = next((line for line in lines if line.name == "BDAY"), None)
    notes = [line.text for line in lines if line.name == "NOTE" and line.text]
    labels = {line.group: line.text for line in lines if line.name == "X-ABLABEL" and line.group}
    said = (_first(lines, "FN"), _joined(given, middle, family), _first(lines, "NICKNAME"), _joined(*organization))
    name = next(filter(is_name, said), next(filter(None, said), ""))
    unread = [line for line in lines if _is_unread(line, options)]
    return Card(
        uid=_clean(_first(lines, "UID"), 500),
        name=_clean(name, 300),
        given=_clean(given, 200),
        family=_clean(family, 200),
        organization=_clean(organization[0] if organization else "", 300),
        title=_clean(_first(lines, "TITLE") or _first(lines, "ROLE"), 300),
        addresses=tuple(dict.fromkeys(_addresses(lines, options))),
        birthday=_birthday(birthday, options) if birthday else None,
        note=_clean("\n\n".join(notes), 20_000),
        tags=_tags(lines),
        photo=any(line.name == "PHOTO" and line.value for line in lines),
        extra=tuple(_extra(lines, labels, options))[:EXTRA_LIMIT],
        unread=tuple(dict.fromkeys(_FIELDS[line.name] for line in unread)),
        unread_as=in_part_for(_why_unread(line, options) if line.name == "BDAY" else IN_PART for line in unread),
        revised=_revised(_first(lines, "REV"), options.now),
        wishes=tuple(_wishes(lines, options.now)),
    )


def _wishes(lines: list[Line], now: datetime | None) -> Iterable[CardWish]:
    """What they asked for, as our own cards say it: of each kind once."""
    written = [(line, (*line.fields(), "", "")) for line in lines if line.name == WISH]
    for kind in get_args(WishKind):
        found = next(((line, why) for line, (said, why, *_) in written if said == kind), None)
        if found:
            yield CardWish(kind, _clean(found[1], 2_000), _revised(found[0].parameters.get(NOTED_AT, ""), now))


def _revised(written: str, now: datetime | None) -> datetime | None:
    """ "20260704T091800Z", "2026-07-04T09:18:00+02:00" or a day; nobody saw to a card tomorrow."""
    try:
        at = datetime.fromisoformat(written.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at if now is None or at <= now else None


def _addresses(lines: list[Line], options: ReadingOptions) -> Iterable[Address]:
    for line in lines:
        if line.name == "EMAIL":
            if address := email_of(line.text):
                yield Address("email", db_text(address))
        elif line.name == "TEL":
            if number := number_of(line.text, options.country):
                yield Address("phone", number)
        elif line.name in _HANDLES and (handle := _handle(line)):
            yield Address("handle", db_text(handle))


def _birthday(line: Line, options: ReadingOptions) -> PartialDate | None:
    return birthday_of(line.text, "X-APPLE-OMIT-YEAR" in line.parameters, options.first, options.today)


def _why_unread(birthday: Line, options: ReadingOptions) -> InPart:
    return why_none(birthday.text, options.first, options.today)


def _handle(line: Line) -> str:
    written = line.text.strip().lower()
    if not written or len(written) > 200:
        return ""
    service = _HANDLES[line.name] or line.parameters.get("X-SERVICE-TYPE", "").lower()
    scheme, colon, rest = written.partition(":")
    if colon and scheme.isalnum():
        return f"{scheme}:{rest.strip('/')}"
    return f"{service}:{written}" if service else written


def _tags(lines: list[Line]) -> tuple[str, ...]:
    cleaned = (_clean(tag, 100) for line in lines if line.name == "CATEGORIES" for tag in line.fields(",;"))
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:50]


def _extra(lines: list[Line], labels: dict[str, str], options: ReadingOptions) -> Iterable[tuple[str, str]]:
    seen = set[str]()
    for line in lines:
        is_second = line.name in ("FN", "N", "ORG", "TITLE", "UID", "BDAY") and line.name in seen
        seen.add(line.name)
        if line.name in _HEAVY or line.name == "X-ABLABEL" or not line.value.strip():
            continue
        if (line.name not in _USED and line.name not in _HANDLES) or is_second or _is_unread(line, options):
            label = labels.get(line.group, "")
            label = (_APPLE_LABEL.sub(r"\1", label) or line.parameters.get("TYPE", "")).strip()
            yield f"{line.name} ({label})" if label else line.name, _clean(line.value, 4_000)


def _is_unread(line: Line, options: ReadingOptions) -> bool:
    """Whether a line holds something, of which we could make nothing."""
    if not line.text.strip() or is_no_day(line.text):
        return False
    match line.name:
        case "EMAIL":
            return not email_of(line.text)
        case "TEL":
            return not number_of(line.text, options.country)
        case "BDAY":
            return _birthday(line, options) is None
    return False


def _first(lines: list[Line], name: str) -> str:
    return next((line.text for line in lines if line.name == name and line.text), "")


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())


def _clean(text: str, limit: int) -> str:
    return db_text(text.strip()[:limit])
