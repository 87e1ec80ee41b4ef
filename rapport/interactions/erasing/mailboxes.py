"""Who stands in the head of a mail or in an entry of a calendar, and with which part. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses

from rapport.channels.calendar.slices import calendar_text

FOLD = re.compile(r"\r?\n[ \t]")
_HEADERS = {"From": "from", "Sender": "from", "To": "to", "Cc": "cc", "Bcc": "bcc", "Reply-To": ""}
_ENTRY = re.compile(r"^(ORGANIZER|ATTENDEE)((?:;(?:[^\":;]|\"[^\"]*\")*)*):\s*mailto:\s*(\S+)", re.I | re.M)
_NAME = re.compile(r";CN=(?:\"([^\"]*)\"|([^;:\"]*))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name as it is read, an address in lower case, and the part; none where only an answer would go there."""

    part: str
    called: str
    address: str


def mailboxes_of(raw: bytes, format: str) -> list[Mailbox]:
    """All of a mail or a calendar entry, in order; none of anything else."""
    if format == "mail":
        return list(_of_mail(head_of(raw)))
    return list(_of_entry(FOLD.sub("", calendar_text(raw)))) if format == "calendar" else []


def head_of(raw: bytes) -> Message:
    """The head of a mail, of one without an end the beginning."""
    return BytesParser(policy=policy.compat32).parsebytes(raw[: 256 * 1024], headersonly=True)


def plain(called: str) -> str:
    """A name out of a head, as it is read."""
    try:
        return str(make_header(decode_header(called)))
    except (HeaderParseError, LookupError, ValueError):
        return called


def _of_mail(head: Message) -> Iterator[Mailbox]:
    for name, part in _HEADERS.items():
        for called, address in getaddresses([str(one) for one in head.get_all(name, [])]):
            yield Mailbox(part, plain(called), address.casefold())


def _of_entry(text: str) -> Iterator[Mailbox]:
    for name, given, address in _ENTRY.findall(text):
        called = _NAME.search(given)
        yield Mailbox(name.lower(), (called[1] or called[2] or "").strip() if called else "", address.casefold())
