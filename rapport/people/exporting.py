"""People as files other programs read: a table (CSV) or cards (vCard 4.0). What a viewer may not see is not in them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal
from uuid import UUID

from rapport.accounts.acting import By
from rapport.kit.cells import guarded

from .birthdays import Birthday
from .many import chosen_of
from .matching import CARD
from .models import Handle, Person, PersonTag
from .splitting import parts_of
from .stations import Station, present_stations

Format = Literal["csv", "vcard"]
COLUMNS = ("Name", "Title", "Organization", "Email", "Phone", "Birthday", "Tags", "Do not contact")
BETWEEN = "; "
WIDEST = 75  # bytes of a line of a card


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: what it is called, its bytes, how many people are in it, and the journal entry that says it was made."""

    name: str
    body: bytes
    people: int
    journal_id: UUID


@dataclass(frozen=True, slots=True)
class _Row:
    person: Person
    station: Station | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def birthday(self) -> Birthday | None:
        if self.person.birthday_month is None or self.person.birthday_day is None:
            return None
        return Birthday(self.person.birthday_month, self.person.birthday_day, self.person.birthday_year)


def export_people(by: By, people: Sequence[UUID], form: Format) -> Exported:
    """A file of these people, in four queries. It is written down that somebody took it."""
    by.may("write")
    chosen = chosen_of(by, people)
    rows = _rows(chosen)
    body = _table(rows) if form == "csv" else "".join(_cards(rows))
    entry = by.note("people.export", values={"people": len(rows), "form": form})
    return Exported(f"people.{'csv' if form == 'csv' else 'vcf'}", body.encode(), len(rows), entry)


def _rows(chosen: Sequence[UUID]) -> list[_Row]:
    people = Person.objects.filter(id__in=chosen).order_by("listed_by", "id")
    stations = present_stations(chosen)
    handles: dict[tuple[UUID, str], list[str]] = {}
    found = Handle.objects.filter(person_id__in=chosen).exclude(kind=CARD).order_by("bounced_at", "id")
    for person, kind, value in found.values_list("person_id", "kind", "value"):
        handles.setdefault((person, kind), []).append(value)
    tags: dict[UUID, list[str]] = {}
    for person, word in (
        PersonTag.objects.filter(person_id__in=chosen).order_by("tag__name").values_list("person_id", "tag__name")
    ):
        tags.setdefault(person, []).append(word)
    return [
        _Row(
            person=one,
            station=stations.get(one.id),
            emails=tuple(handles.get((one.id, "email"), ())),
            phones=tuple(handles.get((one.id, "phone"), ())),
            tags=tuple(tags.get(one.id, ())),
        )
        for one in people
    ]


def _table(rows: Sequence[_Row]) -> str:
    file = StringIO()
    file.write("\ufeff")  # or a spreadsheet takes it for another encoding
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(one) for one in _cells(row)])
    return file.getvalue()


def _cells(row: _Row) -> tuple[str, ...]:
    here = row.station
    return (
        row.person.name,
        here.title if here else "",
        here.organization if here else "",
        BETWEEN.join(row.emails),
        BETWEEN.join(row.phones),
        str(row.birthday or ""),
        BETWEEN.join(row.tags),
        "yes" if row.person.do_not_contact else "",
    )


def _cards(rows: Sequence[_Row]) -> Iterator[str]:
    for row in rows:
        for line in _card(row):
            yield _folded(line) + "\r\n"


def _card(row: _Row) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{row.person.id}")
    yield f"FN:{_escaped(row.person.name)}"
    parts = parts_of(row.person.name, row.person.language)
    yield "N:" + ";".join(map(_escaped, (parts.family, parts.given, parts.middle, parts.title, parts.suffix)))
    if row.station:
        yield f"ORG:{_escaped(row.station.organization)}"
        if row.station.title:
            yield f"TITLE:{_escaped(row.station.title)}"
    for address in row.emails:
        yield f"EMAIL:{_escaped(address)}"
    for number in row.phones:
        yield f"TEL;VALUE=uri:tel:{number}"
    if row.birthday:
        yield f"BDAY:{_day(row.birthday)}"
    if row.tags:
        yield "CATEGORIES:" + ",".join(_escaped(word) for word in row.tags)
    yield "END:VCARD"


def _day(birthday: Birthday) -> str:
    """ "19870314", or "--0314" without the year."""
    year = "--" if birthday.year is None else f"{birthday.year:04}"
    return f"{year}{birthday.month:02}{birthday.day:02}"


def _escaped(text: str) -> str:
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line goes on behind a blank; no letter is cut in two."""
    lines, width = [""], 0
    for letter in line:
        width += len(letter.encode())
        if width > WIDEST:
            lines.append(" ")
            width = 1 + len(letter.encode())
        lines[-1] += letter
    return "\r\n".join(lines)
