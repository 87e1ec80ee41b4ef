"""A mail as a page shows it, read in a child process with limits. Called outside the transaction: it takes a while."""

from __future__ import annotations

from rapport.channels.looking_in import look_in
from rapport.channels.raw import Raw
from rapport.channels.sightings import MailPage


def page_of_mail(raw: Raw) -> MailPage | None:
    """What may be shown of it; None where it is no mail, or takes too long to read."""
    return look_in("mail-page", raw.body).page if raw.format == "mail" else None
