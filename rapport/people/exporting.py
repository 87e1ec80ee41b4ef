"""What is known of people, as they are given out in a file, and a table of them (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from uuid import UUID

from django.db.models.functions import Lower

from rapport.kit.cells import guarded, listed

from .birthdays import Birthday
from .matching import CARD, SHARED
from .models import Handle, Person, PersonTag, Wish
from .stations import Station, present_stations

COLUMNS = ("Name", "Title", "Organization", "Email", "Phone", "Birthday", "Tags", "Do not contact")
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody and what is known of them, their best addresses first, those of mail that reach somebody else last."""

    person: Person
    station: Station | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    others: tuple[str, ...]  # messengers and social ids
    tags: tuple[str, ...]
    wishes: tuple[Wish, ...] = ()

    @property
    def birthday(self) -> Birthday | None:
        """The day, where it is known."""
        if self.person.birthday_month is None or self.person.birthday_day is None:
            return None
        return Birthday(self.person.birthday_month, self.person.birthday_day, self.person.birthday_year)


def rows_of(chosen: Sequence[UUID]) -> list[Row]:
    """What is known of these people, by name, in five queries."""
    people = Person.objects.filter(id__in=chosen).order_by("listed_by", "id")
    stations = present_stations(chosen)
    handles, shared = dict[tuple[UUID, str], list[str]](), dict[UUID, list[str]]()
    found = Handle.objects.filter(person_id__in=chosen).order_by("bounced_at", "id")
    for person, kind, value, called in found.values_list("person_id", "kind", "value", "called"):
        if kind != CARD:
            handles.setdefault((person, kind), []).append(value)
        elif value.startswith(SHARED):  # read in again, it is shared again
            shared.setdefault(person, []).extend(called)
    tags: dict[UUID, list[str]] = {}
    for person, word in (
        PersonTag.objects.filter(person_id__in=chosen)
        .order_by(Lower("tag__name"), "tag__name")
        .values_list("person_id", "tag__name")
    ):
        tags.setdefault(person, []).append(word)
    wishes: dict[UUID, list[Wish]] = {}
    for wish in Wish.objects.filter(person_id__in=chosen).order_by("kind"):
        wishes.setdefault(wish.person_id, []).append(wish)
    return [
        Row(
            person=one,
            station=stations.get(one.id),
            emails=(*handles.get((one.id, "email"), ()), *shared.get(one.id, ())),
            phones=tuple(handles.get((one.id, "phone"), ())),
            others=tuple(handles.get((one.id, "handle"), ())),
            tags=tuple(tags.get(one.id, ())),
            wishes=tuple(wishes.get(one.id, ())),
        )
        for one in people
    ]


def table_of(rows: Sequence[Row]) -> str:
    """A table of them."""
    file = StringIO()
    file.write("\ufeff")  # or a spreadsheet takes it for another encoding
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(one) for one in _cells(row)])
    return file.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    here = row.station
    return (
        row.person.name,
        here.title if here else "",
        here.organization if here else "",
        BETWEEN.join(row.emails),
        BETWEEN.join(row.phones),
        str(row.birthday or ""),
        listed(row.tags),
        "yes" if row.person.do_not_contact else "",
    )
