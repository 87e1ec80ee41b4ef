"""Small mails for tests: a head of a few lines and a body."""

from __future__ import annotations

from rapport.channels.mail.parsing import parse_message
from rapport.channels.sightings import ReadingOptions, Sighting

HEAD = (
    "From: Priya Nair <priya@fernhill.org>\n"
    "To: Ana <ana@larkwood.org>\n"
    "Date: Tue, 3 Mar 2026 10:00:00 +0100\n"
    "Message-ID: <one@fernhill.org>\n"
    "Subject: Rota\n"
)


def mail(body: str = "Hello.", *more: str, head: str = HEAD) -> bytes:
    """A mail from Priya to Ana, with more headers where given."""
    return (head + "".join(line + "\n" for line in more) + "\n" + body).encode()


def seen(raw: bytes, prefix: bytes = b"") -> Sighting:
    """The one sighting in a mail that must be readable."""
    parsed = parse_message(raw, ReadingOptions(prefix=prefix))
    assert parsed.failure is None, parsed.failure
    (sighting,) = parsed.sightings
    return sighting
