"""Phone numbers as one writes them, and as they are dialled from anywhere."""

from __future__ import annotations

import re

import phonenumbers

_EXTENSION = re.compile(r"(?:;ext=|\s*(?:x|ext\.?)\s*)\d+$", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[^\d+*#]")


def phone_of(written: str, country: str = "") -> str:
    """The number in E.164 where its country is known, else its digits as dialled; empty where there are too few."""
    bare = _EXTENSION.sub("", written.strip().removeprefix("tel:"))[:60]
    try:
        number = phonenumbers.parse(bare, country or None)
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    dialled = _NOT_DIALLED.sub("", bare)
    return dialled if sum(letter.isdigit() for letter in dialled) >= 3 else ""
