"""Names of time zones: IANA's, those of Windows, and the default where a time names none."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON


@lru_cache(maxsize=1_000)
def named_zone(name: str) -> ZoneInfo | None:
    """The zone a name means; None where only its own file can say."""
    bare = name.strip().strip('"')
    iana = WINDOWS_TO_OLSON.get(bare, bare)
    parts = iana.strip("/").split("/")
    # "/mozilla.org/20050126_1/Europe/Berlin" and "/freeassociation.sourceforge.net/Europe/Berlin" end in the name.
    for begin in range(len(parts)):
        try:
            return ZoneInfo("/".join(parts[begin:]))
        except (KeyError, ValueError, OSError):
            continue
    return None


def is_known_zone(name: str) -> bool:
    """Whether a name needs no definition from its file."""
    return named_zone(name) is not None


def zone_or_utc(name: str) -> ZoneInfo:
    """The zone a name means; UTC where it means none."""
    return named_zone(name or "UTC") or ZoneInfo("UTC")
