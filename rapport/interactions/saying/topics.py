"""Where a sentence turns from what happened to what it was about."""

from __future__ import annotations

import re
from typing import Final

TOPIC: Final = frozenset(
    "about re regarding concerning über wegen bezüglich sur concernant sobre because since that who which she they "
    "says said asked weil dass parce porque".split()
)
_TOPIC = re.compile(
    rf"\b(?:{'|'.join(sorted(TOPIC))}|à propos|au sujet|acerca)\b",
    re.IGNORECASE,
)


def topic_in(words: str) -> int | None:
    """Where what it was about begins; None where nothing is said of it."""
    found = _TOPIC.search(words)
    return found.start() if found else None
