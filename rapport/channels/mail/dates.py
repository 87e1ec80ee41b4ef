"""When a mail was sent: its Date, else when a server received it, else what its mailbox noted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import mktime_tz, parsedate_tz

LIKELY_YEARS = (1970, 2100)
POSSIBLE_YEARS = (1900, 2200)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?")
_COMMENT = re.compile(r"\([^()]*\)")


def read_date(value: str, years: tuple[int, int] = LIKELY_YEARS) -> tuple[datetime, str] | None:
    """The moment in UTC and the offset it was written with ("+02:00"); None outside the years or unreadable."""
    short = _COMMENT.sub(" ", value[:200]).strip()
    if not short:
        return None
    return _mail_date(short, years) or _iso_date(short, years)


def envelope_date(line: bytes) -> datetime | None:
    """The moment in an mbox `From ` line, taken as UTC. The epoch itself is a placeholder, not a date."""
    found = re.search(rb"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*)$", line[:300].strip())
    if not found:
        return None
    words = found.group(1).decode("ascii", "replace").replace(",", " ").split()
    if len(words) < 5:
        return None
    _day, month, date, clock, *rest = words
    year = next((word for word in reversed(rest) if word.isdecimal() and len(word) == 4), "")
    offset = next((word for word in rest if re.fullmatch(r"[+-]\d{4}", word)), "+0000")
    read = _mail_date(f"{date} {month} {year} {clock} {offset}", LIKELY_YEARS)
    return read[0] if read and read[0].year > LIKELY_YEARS[0] else None


def _mail_date(value: str, years: tuple[int, int]) -> tuple[datetime, str] | None:
    try:
        fields = parsedate_tz(value)
        if fields is None:
            return None
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=mktime_tz(fields))
        offset = fields[9] or 0
        written = datetime(2000, 1, 1, tzinfo=timezone(timedelta(seconds=offset))).isoformat()[-6:]
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    if not years[0] <= moment.year < years[1]:
        return None
    return moment, written


def _iso_date(value: str, years: tuple[int, int]) -> tuple[datetime, str] | None:
    found = _ISO.search(value)
    if not found:
        return None
    try:
        moment = datetime(*(int(part or 0) for part in found.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return (moment, "+00:00") if years[0] <= moment.year < years[1] else None
