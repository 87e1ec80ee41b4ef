"""From the rows of a table to the people in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapport.kit.cells import apart, unguarded
from rapport.kit.phones import number_of
from rapport.kit.text import db_text, is_name

from ..cards.birthdays import birthday_of
from ..mail.addresses import read_addresses
from ..sightings import Address, Card, CardWish, Parsed, PartialDate, ReadingOptions, Skipped
from .columns import columns_of, columns_of_values, names_people
from .dialect import Dialect, dialect_of, encoding_of, rows_of

_SEPARATORS = re.compile(r"\s*(?:[;,|\n]|:::)\s*")
_NUMBERS_APART = re.compile(r"\s*(?::::|;|\n)\s*")
_EXTRA_LIMIT = 100
_MOST_QUOTES = 50
_YES = frozenset("yes y true 1 x ja oui sí si".split())
_NO = frozenset("no n false 0 nein non".split())


def parse_table(raw: bytes, options: ReadingOptions | None = None) -> Parsed:
    """The people of a table, or of some of its rows with the header as prefix. A table of no people is skipped."""
    options = options or ReadingOptions()
    dialect, header, columns = _layout(options.prefix or raw)
    text = _text(raw, options.prefix)
    rows = _mended(text, dialect.delimiter, len(header)) or list(rows_of(text, dialect.delimiter))
    if not options.prefix and dialect.header_at is not None:
        rows = rows[dialect.header_at + 1 :]
    if header and not names_people(columns, header):
        return Parsed(skipped=Skipped("no-people-column", ", ".join(header)[:200]))
    filled = [row for row in rows if any(field.strip() for field in row)]
    cards = [card for row in filled if (card := _card(row, header, columns or columns_of_values(row), options))]
    if cards:
        return Parsed(cards=tuple(cards))
    return Parsed(skipped=Skipped("nobody-on-it" if header else "no-people-column"))


def _mended(text: str, delimiter: str, columns: int) -> list[list[str]]:
    """A row in which a quote was opened and never closed, without that quote; nothing where no such row is there."""
    if text.count('"') % 2 == 0 or columns < 2:
        return []
    opening = [found.end() - 1 for found in re.finditer(rf'(?:^|{re.escape(delimiter)})\s*"', text)]
    for at in opening[-_MOST_QUOTES:]:
        rows = list(rows_of(text[:at] + text[at + 1 :], delimiter))
        if len(rows) == 1 and len(rows[0]) == columns:
            return rows
    return []


@lru_cache(maxsize=64)
def _layout(start: bytes) -> tuple[Dialect, tuple[str, ...], dict[int, str]]:
    """The dialect, the header, and what its columns mean."""
    text = start.decode(encoding_of(start), "replace")
    dialect = dialect_of(text)
    if dialect.header_at is None:
        return dialect, (), {}
    rows = rows_of(text, dialect.delimiter)
    for _ in range(dialect.header_at):
        next(rows)
    header = tuple(next(rows))
    return dialect, header, columns_of(header)


def _text(raw: bytes, prefix: bytes) -> str:
    encoding = encoding_of(prefix) if prefix else encoding_of(raw)
    if encoding == "utf-16":
        return raw.decode("utf-16-be" if prefix[:2] == b"\xfe\xff" else "utf-16-le" if prefix else "utf-16", "replace")
    return raw.decode(encoding_of(raw) if encoding.startswith("utf-8") else encoding, "replace")


def _card(row: Sequence[str], header: Sequence[str], columns: dict[int, str], options: ReadingOptions) -> Card | None:
    values: dict[str, list[str]] = {}
    for place, meaning in columns.items():
        if place < len(row) and row[place].strip():
            values.setdefault(meaning, []).append(unguarded(row[place].strip()))
    addresses = tuple(dict.fromkeys(_addresses(values, options)))
    name = next(filter(is_name, _names(values)), "")
    if not name and not addresses:
        return None
    beside = _beside(row, header, columns, options)
    return Card(
        uid=_clean(_first(values, "uid"), 500),
        name=_clean(name, 300),
        given=_clean(_first(values, "given"), 200),
        family=_clean(_first(values, "family"), 200),
        organization=_clean(_first(values, "organization"), 300),
        title=_clean(_first(values, "title"), 300),
        addresses=addresses,
        birthday=_birthday(_first(values, "birthday"), options),
        note=_clean("\n\n".join(values.get("note", [])), 20_000),
        tags=_tags(values),
        extra=tuple((name, value) for name, value, _ in beside)[:_EXTRA_LIMIT],
        unread=tuple(dict.fromkeys(name for name, _, meaning in beside if meaning))[:_EXTRA_LIMIT],
        wishes=(CardWish("do-not-contact"),) if _is_yes(_first(values, "left_alone")) else (),
    )


def _addresses(values: dict[str, list[str]], options: ReadingOptions) -> list[Address]:
    country = options.country
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
    yield " ".join(filter(None, (_first(values, "given"), _first(values, "middle"), _first(values, "family"))))
    boxes = (one for written in values.get("email", []) for part in _mailboxes(written) for one in part)
    yield next((one.name for one in boxes if one.name), "")


def _tags(values: dict[str, list[str]]) -> tuple[str, ...]:
    written = [one for value in values.get("tags", []) for one in apart(value)]
    # "* myContacts": Google marks so what it put there itself.
    tags = (_clean(tag, 100) for tag, is_quoted in written if is_quoted or not tag.startswith("*"))
    return tuple(dict.fromkeys(filter(None, tags)))[:50]


def _birthday(written: str, options: ReadingOptions) -> PartialDate | None:
    return birthday_of(written, first=options.first, today=options.today) if written else None


def _beside(
    row: Sequence[str], header: Sequence[str], columns: dict[int, str], options: ReadingOptions
) -> list[tuple[str, str, str]]:
    """The fields that did not go into the card whole: how each is called, what it holds, and what it should mean."""
    found = []
    for place, value in enumerate(row):
        if value.strip() and not _is_read(columns.get(place), unguarded(value.strip()), options):
            name = header[place].strip() if place < len(header) else ""
            found.append((_clean(name or str(place + 1), 200), _clean(value, 4_000), columns.get(place, "")))
    return found


def _is_read(meaning: str | None, written: str, options: ReadingOptions) -> bool:
    """Whether a field went into the card as what it means."""
    match meaning:
        case "email":
            return _is_whole(_mailboxes(written))
        case "phone":
            return _is_whole(_numbers(written, options.country))
        case "left_alone":
            return _is_yes(written) or written.lower() in _NO
        case "birthday":
            return _birthday(written, options) is not None
    return meaning is not None


def _is_whole(parts: Sequence[object]) -> bool:
    return bool(parts) and all(parts)


def _is_yes(written: str) -> bool:
    return written.strip().lower() in _YES


def _first(values: dict[str, list[str]], meaning: str) -> str:
    return values.get(meaning, [""])[0]


def _clean(text: str, limit: int) -> str:
    return db_text(text.strip()[:limit])
