"""Telephone numbers in whichever way people write them, made comparable: as they are dialled from anywhere.

A number written without its country is one of the country in which whoever gives it lives, as their time zone says; but
only where there can be such a number. A wrong country would lead a call to a stranger.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat
from phonenumbers.phonenumbermatcher import _is_national_prefix_present_if_required

from .cells import is_broken

FEWEST_DIGITS = 3
LONGEST = 40
_SHORT = re.compile(r"[+*#]*(?:\d{1,5}|116\d{3})[*#]*")  # all of Europe's helplines begin with 116
_EXTENSION = re.compile(r"(?:;ext=|\s*(?:x|ext\.?)\s*)\d+$", re.IGNORECASE)
_PARAMETERS = re.compile(r";(?!ext=).*$")  # "tel:+49-30-1234;isub=2"
_NOT_DIALLED = re.compile(r"[^\d+*#]")
_LETTERS = re.compile(r"[^\W\d_]+")
_OLD_MEXICAN = re.compile(r"(?:\+|00)521(\d{10})")  # until 2019 mobiles had a 1 there, and still reach whoever had one
_PLUS = re.compile(r"[^\w+]*\+")


def number_of(written: str, country: str = "") -> str:
    """The number in E.164 where its country is known, else its digits as dialled; empty where there are too few,
    or a spreadsheet has cut them."""
    if is_broken(written):
        return ""
    bare = _bare(written)
    dialled = _NOT_DIALLED.sub("", bare)
    number = _number(bare, country) or _number(_LETTERS.sub(" ", bare), country) or _number(dialled, country)
    if number is not None:
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return dialled[:LONGEST] if sum(letter.isdigit() for letter in dialled) >= FEWEST_DIGITS else ""


def is_short(number: str) -> bool:
    """Whether so few digits reach something only from nearby, as 112 or 116117 do: no country can stand before them."""
    return _SHORT.fullmatch(number) is not None


def without_country(number: str) -> str:
    """Of a number in E.164 what stands behind the country."""
    return phonenumbers.national_significant_number(phonenumbers.parse(number))


def at_home(number: str) -> str:
    """Of a number in E.164 the digits that are dialled in its own country; empty where it is no such number."""
    there = _parsed(number, "")
    return _NOT_DIALLED.sub("", phonenumbers.format_number(there, PhoneNumberFormat.NATIONAL)) if there else ""


@lru_cache(maxsize=4096)
def grouped(number: str) -> str:
    """A number as it is shown, its digits in groups: "+44 7700 900952"; as it is where its country is not known."""
    there = _parsed(number, "") if number.startswith("+") else None
    return phonenumbers.format_number(there, PhoneNumberFormat.INTERNATIONAL) if there else number


def _bare(written: str) -> str:
    """Without what cannot be seen, in plain digits, without an extension: it is dialled once somebody answers."""
    seen = written[:200] if written.isascii() else unicodedata.normalize("NFKC", written[:200])
    if not seen.isascii():
        seen = "".join(_plain(letter) for letter in seen if unicodedata.category(letter) != "Cf")
    seen = seen.strip()
    seen = seen[4:] if seen[:4].lower() == "tel:" else seen
    return _EXTENSION.sub("", _PARAMETERS.sub("", seen))[:60]


def _plain(letter: str) -> str:
    return str(unicodedata.digit(letter)) if letter.isdigit() else letter


def _number(bare: str, country: str) -> PhoneNumber | None:
    dialled = _NOT_DIALLED.sub("", bare)
    if mexican := _OLD_MEXICAN.fullmatch(dialled):
        bare = f"+52{mexican[1]}"
    if _PLUS.match(bare):
        number = _parsed(bare, "")
        return number if number and phonenumbers.is_possible_number(number) else None
    there = _parsed(bare, country) if country else None
    if there is None or not _is_written_so(there):
        there = _parsed(f"+{dialled[2:]}", "") if dialled.startswith("00") else None
    return there if there and phonenumbers.is_valid_number(there) else None


def _is_written_so(number: PhoneNumber) -> bool:
    """Whether there is such a number at home, with the 0 where it must begin with one: 212-555-0123 is not of Germany.

    The library asks this of numbers it finds in a text, and lends the question to nobody.
    """
    return phonenumbers.is_valid_number(number) and _is_national_prefix_present_if_required(number)


def _parsed(text: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country or None, keep_raw_input=bool(country))
    except phonenumbers.NumberParseException:
        return None
