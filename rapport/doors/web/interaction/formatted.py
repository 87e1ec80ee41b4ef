"""A mail as a page shows it, read in a child process with limits. Called outside the transaction: it takes a while."""

from __future__ import annotations

from functools import cache

from rapport.channels.raw import Raw
from rapport.channels.sandbox import ParsingPool
from rapport.channels.sightings import MailPage, ReadingOptions

AT_ONCE = 2  # mails that can be looked at; others wait
SECONDS = 2.0  # somebody waits for it


def page_of_mail(raw: Raw) -> MailPage | None:
    """What may be shown of it; None where it is no mail, or takes too long to read."""
    return _pool().parse([("mail-page", raw.body, ReadingOptions())])[0].page if raw.format == "mail" else None


@cache
def _pool() -> ParsingPool:
    """Children for the whole process: each starts with the first mail that is looked at."""
    return ParsingPool(AT_ONCE, SECONDS)
