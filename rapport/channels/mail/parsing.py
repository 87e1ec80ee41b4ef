"""From the bytes of one mail to what was seen in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from rapport.kit.text import db_text

from ..sightings import (
    Address,
    AttachmentNote,
    Failure,
    Parsed,
    Party,
    ReadingOptions,
    Sighting,
    Skipped,
    identity_of_mail,
    origin_of,
)
from .addresses import email_of, read_addresses
from .automatic import Origin, author_behind, origin_of_mail
from .bodies import Parts, read_parts
from .bounces import gone_addresses, is_bounce
from .dates import POSSIBLE_YEARS, envelope_date, read_date
from .encoded import readable
from .headers import Head, read_head
from .language import language_of
from .markup import text_of_html
from .own_words import excerpt_of, own_words
from .questions import question_in

_IDENTITY = re.compile(r"<([^<>\s]{1,990})>")
_REFERENCES_LIMIT = 100
_KNOWN = {"from", "to", "date", "subject", "message-id", "received", "sender", "return-path", "cc", "reply-to"}


def parse_message(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """What one mail says. Never raises for its content: what cannot be read is a Failure with its reason."""
    options = options or ReadingOptions()
    if not raw.strip():
        return Parsed(failure=Failure("empty"))
    head = read_head(raw)
    if not _KNOWN & head.values.keys():
        return Parsed(failure=Failure("not-a-mail"))
    remarks = ["long-head"] if head.cut else []
    sender, sender_remark = _sender(head, options)
    if sender is None and "return-path" not in head.values and not _is_from_nobody(head):
        return Parsed(failure=Failure("no-sender"))
    when = _when(head, options)
    parts = read_parts(head, raw)
    if when is None:
        # Mail that came back needs no place in time: there is nobody to be in touch with.
        came_back = is_bounce(head, sender.value if sender else "", parts)
        return Parsed(skipped=Skipped("bounce")) if came_back else Parsed(failure=Failure("no-date"))
    remarks += [remark for remark in (sender_remark, when.remark) if remark]
    sighting = _sighting(head, parts, sender, when)
    return Parsed(sightings=(sighting,), remarks=tuple(dict.fromkeys(remarks + parts.remarks)))


@dataclass(frozen=True, slots=True)
class _When:
    at: datetime
    offset: str
    remark: str = ""


def _sender(head: Head, options: ReadingOptions) -> tuple[Address | None, str]:
    if _is_from_nobody(head):
        return next(iter(read_addresses(head.first("from"))), None), ""
    for name in ("from", "sender", "resent-from", "reply-to", "return-path", "x-original-sender", "x-from"):
        for value in head.every(name):
            if found := read_addresses(value):
                return found[0], "" if name == "from" else "sender-elsewhere"
    # The line before a mail in its mailbox is of whoever kept the mailbox, and names where mail came back to. Alone it
    # would make somebody of it; beside a name in the mail itself it is where they are reached.
    envelope = options.prefix.split(b" ") if head.first("from").strip() else []
    if len(envelope) > 2 and (address := email_of(envelope[1].decode("ascii", "replace"))):
        return Address("email", address, readable(head.first("from"))[:200]), "sender-elsewhere"
    return None, ""


def _is_from_nobody(head: Head) -> bool:
    # "From: <>" and "From: MAILER-DAEMON" are how some servers return mail.
    written = head.first("from").lower()
    return "daemon" in written or "postmaster" in written or written.endswith("<>")


def _when(head: Head, options: ReadingOptions) -> _When | None:
    for name in ("date", "resent-date", "x-original-date"):
        for value in head.every(name):
            if read := read_date(value):
                return _When(*read, "" if name == "date" else "date-elsewhere")
    for value in (*head.every("received"), *head.every("delivery-date")):
        if read := read_date(value.rpartition(";")[2]):
            return _When(*read, "date-of-arrival")
    noted = envelope_date(options.prefix)
    if noted:
        return _When(noted, "+00:00", "date-of-envelope")
    odd = read_date(head.first("date"), POSSIBLE_YEARS)
    return _When(*odd, "date-odd") if odd else None


def _sighting(head: Head, parts: Parts, sender: Address | None, when: _When) -> Sighting:
    address = sender.value if sender else ""
    recipients = tuple(
        (part, found)
        for part, name in (("to", "to"), ("cc", "cc"), ("bcc", "bcc"))
        for value in head.every(name)
        for found in read_addresses(value)
    )
    origin = origin_of_mail(head, sender, tuple(found for _, found in recipients))
    if author := author_behind(head, sender, origin):
        sender, origin = author, Origin(origin.list_address)
    bounce = is_bounce(head, address, parts)
    own = own_words(text_of(parts))
    subject = readable(head.first("subject")).replace("\n", " ")[:1_000]
    message_id = _first_identity(head.first("message-id"))
    return Sighting(
        kind="mail",
        origin=_origin(head, address, recipients, subject, message_id, when, own.text),
        at=when.at,
        time_zone=when.offset,
        parties=_parties(sender, recipients, origin.list_address),
        subject=_storable(subject),
        text=_storable(own.text),
        excerpt=_storable(excerpt_of(own.text)),
        question=_storable(question_in(own.text)),
        message_id=_storable(message_id),
        in_reply_to=_storable(_first_identity(head.first("in-reply-to"))),
        references=_references(head),
        list_address=_storable(origin.list_address),
        automatic="bounce" if bounce else origin.automatic,
        language=language_of(own.text),
        has_html=bool(parts.html),
        attachments=tuple(
            AttachmentNote(_storable(a.name), _storable(a.media_type), a.size) for a in parts.attachments
        ),
        signature=_storable(own.signature),
        bounced=gone_addresses(head, parts, address) if bounce else (),
    )


def _parties(sender: Address | None, recipients: tuple[tuple[str, Address], ...], through: str) -> tuple[Party, ...]:
    parties = [Party(sender, "from")] if sender else []
    seen = set[str]()
    for part, address in recipients:
        if address.value in seen:
            continue
        seen.add(address.value)
        parties.append(Party(address, "list" if address.value == through else part))  # type: ignore[arg-type]
    if through and through not in seen:
        parties.append(Party(Address("email", through), "list"))
    return tuple(Party(_storable_address(party.address), party.part) for party in parties)


def _origin(
    head: Head,
    sender: str,
    recipients: tuple[tuple[str, Address], ...],
    subject: str,
    message_id: str,
    when: _When,
    text: str,
) -> str:
    written_at = None if when.remark else when.at
    if message_id:
        return identity_of_mail(message_id, sender, written_at)
    second = written_at.isoformat(timespec="seconds") if written_at else ""
    return origin_of("mail", sender, *sorted(found.value for _, found in recipients), second, subject, text)


def text_of(parts: Parts) -> str:
    """What is written in a mail as plain text, also where it came formatted only."""
    plain = "\n".join(parts.plain).replace("\x00", "")
    if plain.strip() or not parts.html:
        return plain
    return "\n".join(text_of_html(html) for html in parts.html[:5])


def _first_identity(value: str) -> str:
    found = _IDENTITY.search(value)
    return found.group(1) if found else value.strip().strip("<>")[:990].partition(" ")[0]


def _references(head: Head) -> tuple[str, ...]:
    found = [identity for value in head.every("references") for identity in _IDENTITY.findall(value)]
    kept = found if len(found) <= _REFERENCES_LIMIT else found[:1] + found[1 - _REFERENCES_LIMIT :]
    return tuple(_storable(identity) for identity in kept)


def _storable(text: str) -> str:
    return text if text.isascii() and "\x00" not in text else db_text(text)


def _storable_address(address: Address) -> Address:
    return Address(address.kind, _storable(address.value), _storable(address.name))
