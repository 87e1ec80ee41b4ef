"""What a mail says, as one plain value: what parsers of others expect, and what ours reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from rapport.channels.mail.addresses import read_addresses
from rapport.channels.mail.bodies import read_parts
from rapport.channels.mail.dates import read_date
from rapport.channels.mail.encoded import readable
from rapport.channels.mail.headers import read_head
from rapport.channels.mail.parsing import parse_message

from .agreement import Case

RECIPIENTS = ("to", "cc", "bcc")


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says; None where the source expects nothing of the kind."""

    sender: str | None = None
    recipients: tuple[str, ...] | None = None
    subject: str | None = None
    date: datetime | None = None
    texts: tuple[str, ...] | None = None
    html: tuple[str, ...] | None = None
    files: tuple[tuple[str, str], ...] | None = None


def said_in(raw: bytes) -> Said:
    """What ours reads: through the whole reader, and of a mail that it cannot place with anybody its parts alone."""
    head = read_head(raw)
    parts = read_parts(head, raw)
    sightings = parse_message(raw).sightings
    found = sightings[0] if sightings else None
    if found:
        senders = [one.address.value for one in found.parties if one.part == "from"]
    else:
        senders = [one.value for one in read_addresses(head.first("from"))]
    read = read_date(head.first("date"))
    return Said(
        sender=next(iter(senders), ""),
        recipients=in_order(
            one.value for name in RECIPIENTS for value in head.every(name) for one in read_addresses(value)
        ),
        subject=squeezed(found.subject if found else readable(head.first("subject"))),
        date=found.at if found else read[0] if read else None,
        texts=kept(parts.plain),
        html=kept(parts.html),
        files=tuple(sorted((squeezed(one.name), one.media_type) for one in parts.attachments)),
    )


def compared(name: str, expected: Said, found: Said) -> Iterator[Case]:
    """One case for each thing that is expected."""
    for one in fields(Said):
        wanted = getattr(expected, one.name)
        if wanted is not None:
            yield Case(f"{name} {one.name}", wanted, getattr(found, one.name))


def squeezed(text: str) -> str:
    """Its words alone: how many blanks and line ends stand between them is no matter."""
    return " ".join(text.replace("\ufeff", "").replace("\x00", "").split())


def kept(texts: Iterator[str] | list[str]) -> tuple[str, ...]:
    """Those with words in them."""
    return tuple(text for text in map(squeezed, texts) if text)


def in_order(values: Iterator[str]) -> tuple[str, ...]:
    """Each once, as they stand."""
    return tuple(dict.fromkeys(values))
