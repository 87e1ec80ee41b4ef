"""From the rows of a table to the people in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from rapport.kit.cells import apart, is_broken, unguarded
from rapport.kit.days import First, is_no_day
from rapport.kit.phones import number_of
from rapport.kit.text import db_text, fold, is_name

from ..cards.birthdays import birthday_of, why_none
from ..mail.addresses import read_addresses
from ..sightings import (
    BROKEN_CELL,
    IN_PART,
    Address,
    Card,
    CardWish,
    InPart,
    Parsed,
    PartialDate,
    ReadingOptions,
    Skipped,
    in_part_for,
)
from .columns import columns_of_values, names_people
from .dialect import mended, rows_of, text_of
from .proving import Proofs, first_where, laid_out

_SEPARATORS = re.compile(r"\s*(?:[;,|\n]|:::)\s*")
_NUMBERS_APART = re.compile(r"\s*(?::::|;|\n)\s*")
_EXTRA_LIMIT = 100
_YES = frozenset("yes y true 1 x ja oui sí si".split())
_NO = frozenset("no n false 0 nein non".split())


def parse_table(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """The people of a table, or of some of its rows with the header as prefix. A table of no people is skipped."""
    options = options or ReadingOptions()
    layout, proofs = laid_out(options.prefix or raw)
    header, columns = layout.header, layout.columns
    text = text_of(raw, options.prefix)
    rows = mended(text, layout.delimiter, len(header)) or list(rows_of(text, layout.delimiter))
    if not options.prefix and layout.header_at is not None:
        rows = rows[layout.header_at + 1 :]
    if header and not names_people(columns):
        return Parsed(skipped=Skipped("no-people-column", ", ".join(header)[:200]))
    filled = [_without_no_days(row) for row in rows if any(field.strip() for field in row)]
    around = _Around(header, proofs, options, options.country)
    cards = [card for row in filled if (card := _card(row, columns or columns_of_values(row), around))]
    if cards:
        return Parsed(cards=tuple(cards))
    return Parsed(skipped=Skipped("nobody-on-it" if header else "no-people-column"))


def _without_no_days(row: Sequence[str]) -> list[str]:
    """Outlook writes 0.0.00 into the days of everybody who has none."""
    return ["" if is_no_day(field.strip()) else field for field in row]


class _Around(NamedTuple):
    """What is told beside a row: the header, what is proved of its columns, where whoever reads it lives."""

    header: Sequence[str]
    proofs: Proofs
    options: ReadingOptions
    country: str

    def first(self, place: int) -> First | None:
        """Which of day and month stands first in a column."""
        return first_where(self.proofs, place, _here(self.options.time_zone, self.options.now)[0])

    def birthday(self, place: int, written: str) -> PartialDate | None:
        """What is written in a column of birthdays."""
        return _born(written, self.first(place), _here(self.options.time_zone, self.options.now)[1])

    def why_no_birthday(self, place: int, written: str) -> InPart:
        """Why that is none."""
        return why_none(written, self.first(place), self.options.today)


@lru_cache(maxsize=64)  # the same for each row
def _here(time_zone: str, now: datetime | None) -> tuple[First | None, date | None]:
    """Which of day and month is written first where they live, and which day it is there."""
    there = ReadingOptions(time_zone=time_zone, now=now)
    return there.first, there.today


@lru_cache(maxsize=64)  # a row's is asked for again for what could not be read
def _born(written: str, first: First | None, today: date | None) -> PartialDate | None:
    return birthday_of(written, first=first, today=today)


class _Beside(NamedTuple):
    """A field that did not go into a card whole: its column, how that is called, what it holds and should mean."""

    place: int
    name: str
    value: str
    meaning: str


def _card(row: Sequence[str], columns: Mapping[int, str], around: _Around) -> Card | None:
    values: dict[str, list[str]] = {}
    for place, meaning in columns.items():
        if place < len(row) and row[place].strip():
            values.setdefault(meaning, []).append(unguarded(row[place].strip()))
    addresses = tuple(dict.fromkeys(_addresses(values, around.country)))
    name = next(filter(is_name, _names(values)), "")
    if not name and not addresses:
        return None
    beside = _beside(row, columns, around)
    unread = [one for one in beside if one.meaning]
    return Card(
        uid=_clean(_first(values, "uid"), 500),
        name=_clean(name, 300),
        given=_clean(_first(values, "given"), 200),
        family=_clean(_first(values, "family"), 200),
        organization=_clean(_first(values, "organization"), 300),
        title=_clean(_first(values, "title"), 300),
        addresses=addresses,
        birthday=_birthday(row, columns, around) if "birthday" in values else None,
        note=_clean("\n\n".join(values.get("note", [])), 20_000),
        tags=_tags(values),
        extra=tuple((one.name, one.value) for one in beside)[:_EXTRA_LIMIT],
        unread=tuple(dict.fromkeys(one.name for one in unread))[:_EXTRA_LIMIT],
        unread_as=_why(unread, around) if unread else IN_PART,
        wishes=(CardWish("do-not-contact"),) if _is_yes(_first(values, "left_alone")) else (),
        whose=_clean(_first(values, "whose"), 50),
    )


def _addresses(values: dict[str, list[str]], country: str) -> list[Address]:
    emails = [one for written in values.get("email", []) for part in _mailboxes(written) for one in part]
    numbers = [one for written in values.get("phone", []) for one in _numbers(written, country)]
    return [Address("email", db_text(one.value)) for one in emails] + [Address("phone", one) for one in numbers if one]


@lru_cache(maxsize=64)  # a row's are asked for again for the name beside them, and for what could not be read
def _mailboxes(written: str) -> tuple[tuple[Address, ...], ...]:
    """The addresses in each part of a field; none in a part that holds none."""
    parts = _SEPARATORS.split(written) if "<" not in written else [written]
    return tuple(read_addresses(part) for part in parts if part.strip())


@lru_cache(maxsize=64)
def _numbers(written: str, country: str) -> tuple[str, ...]:
    """The numbers in a field; empty for each part that is none."""
    return tuple(number_of(part, country) for part in _NUMBERS_APART.split(written) if part.strip())


def _names(values: dict[str, list[str]]) -> Iterator[str]:
    """What they may be called, best first."""
    yield _first(values, "name")
    given, family = _first(values, "given"), _first(values, "family")
    # "Name" beside "Vorname" is the family's, but not to everybody who fills in a table.
    in_parts = (family,) if _holds(family, given) else (given, _first(values, "middle"), family)
    yield " ".join(filter(None, in_parts))
    boxes = (one for written in values.get("email", []) for part in _mailboxes(written) for one in part)
    yield next((one.name for one in boxes if one.name), "")


def _holds(name: str, given: str) -> bool:
    return " " in name and bool(given) and set(fold(given).split()) < set(fold(name).replace(",", " ").split())


def _tags(values: dict[str, list[str]]) -> tuple[str, ...]:
    written = [one for value in values.get("tags", []) for one in apart(value)]
    # "* myContacts": Google marks so what it put there itself.
    tags = (_clean(tag, 100) for tag, is_quoted in written if is_quoted or not tag.startswith("*"))
    return tuple(dict.fromkeys(filter(None, tags)))[:50]


def _birthday(row: Sequence[str], columns: Mapping[int, str], around: _Around) -> PartialDate | None:
    written = ((place, row[place]) for place, meaning in columns.items() if meaning == "birthday" and place < len(row))
    return next((day for place, one in written if (day := around.birthday(place, unguarded(one.strip())))), None)


def _why(unread: Sequence[_Beside], around: _Around) -> InPart:
    """Why a row was read in part."""
    return in_part_for(_why_not(one, around) for one in unread)


def _why_not(one: _Beside, around: _Around) -> InPart:
    """Why a field was not read: of a broken number and of a birthday more is said than that there is something."""
    written = unguarded(one.value)
    if one.meaning == "birthday":
        return around.why_no_birthday(one.place, written)
    is_number = one.meaning == "phone" and any(map(is_broken, _NUMBERS_APART.split(written)))
    return BROKEN_CELL if is_number else IN_PART


def _beside(row: Sequence[str], columns: Mapping[int, str], around: _Around) -> list[_Beside]:
    """The fields that did not go into the card whole."""
    found = []
    for place, value in enumerate(row):
        if value.strip() and not _is_read(columns.get(place), unguarded(value.strip()), place, around):
            name = around.header[place].strip() if place < len(around.header) else ""
            meaning = columns.get(place, "")
            found.append(_Beside(place, _clean(name or str(place + 1), 200), _clean(value, 4_000), meaning))
    return found


def _is_read(meaning: str | None, written: str, place: int, around: _Around) -> bool:
    """Whether a field went into the card as what it means."""
    match meaning:
        case "email":
            return _is_whole(_mailboxes(written))
        case "phone":
            return _is_whole(_numbers(written, around.country))
        case "left_alone":
            return _is_yes(written) or written.lower() in _NO
        case "birthday":
            return around.birthday(place, written) is not None
    return meaning is not None


def _is_whole(parts: Sequence[object]) -> bool:
    return bool(parts) and all(parts)


def _is_yes(written: str) -> bool:
    return written.strip().lower() in _YES


def _first(values: dict[str, list[str]], meaning: str) -> str:
    return values.get(meaning, [""])[0]


def _clean(text: str, limit: int) -> str:
    return db_text(text.strip()[:limit])
