"""Tables of people imported: a column is read as a whole wherever reading stops; what is not understood is said."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from rapport.accounts.acting import By
from rapport.accounts.models import Workspace
from rapport.channels.models import ImportItem
from rapport.interactions.import_progress import Progress, progress_of
from rapport.interactions.importing import LaidDown
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.not_taken import read_in_part, unknown_columns
from rapport.interactions.rereading import places_of, read_again
from rapport.kit.ids import new_id
from rapport.people.models import Handle, Person
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
Bring = Callable[..., Progress]
Day = tuple[int | None, int | None, int | None]


@pytest.fixture
def bring(by: By, workspace: Workspace, tmp_path: Path) -> Bring:
    """Import a table, for somebody who lives somewhere."""

    def brought(table: str | bytes, name: str = "people.csv", zone: str = "Europe/London") -> Progress:
        there = replace(by, viewer=replace(by.viewer, time_zone=zone))
        raw = table.encode() if isinstance(table, str) else table
        started = start_import(there, [GivenFile(name, [raw])], tmp_path).import_id
        assert run_import(workspace.id, started, tmp_path, read_on)
        return progress_of(by.viewer, started)

    return brought


def day(name: str) -> Day:
    one = Person.objects.get(name=name)
    return one.birthday_year, one.birthday_month, one.birthday_day


def table(*days: str, heading: str = "Birthday") -> str:
    rows = (f"P{number},p{number}@x.example,{one}\n" for number, one in enumerate(days))
    return f"Name,Email,{heading}\n" + "".join(rows)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "UTC"])
@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("02/03/1990", "14/03/1985"), (1990, 3, 2)),
        (("02/03/1990", "03/14/1985"), (1990, 2, 3)),
        (("02-03-1990", "14-03-1985"), (1990, 3, 2)),
        (("2/3", "", "12/25"), (None, 2, 3)),
        (("02/03/1990 00:00", "31/12/1985 00:00"), (1990, 3, 2)),
    ],
)
def test_what_one_birthday_proves_holds_for_the_whole_column(
    bring: Bring, zone: str, days: tuple[str, ...], first: Day
) -> None:
    assert bring(table(*days), zone=zone).in_part == 0
    assert day("P0") == first


@pytest.mark.parametrize(
    ("heading", "read"), [("Birthday (MM/DD/YYYY)", (1990, 2, 3)), ("Geburtstag (TT.MM.JJJJ)", (1990, 3, 2))]
)
def test_the_heading_says_which_comes_first(bring: Bring, heading: str, read: Day) -> None:
    bring(table("02/03/1990", heading=heading), zone="UTC")
    assert day("P0") == read


@pytest.mark.parametrize(
    ("zone", "read"),
    [
        ("Europe/Berlin", (1990, 3, 2)),
        ("America/Chicago", (1990, 2, 3)),
        ("America/Toronto", (None, None, None)),
        ("UTC", (None, None, None)),
    ],
)
def test_where_nothing_is_proved_it_is_as_they_write_it_where_who_imports_lives(
    bring: Bring, zone: str, read: Day
) -> None:
    found = bring(table("02/03/1990", "03/03/1990"), zone=zone)
    assert day("P0") == read
    assert day("P1") == (1990, 3, 3)
    assert found.in_part == (0 if any(read) else 1)


def test_of_a_column_that_contradicts_itself_only_what_is_certain_is_kept(bring: Bring, by: By) -> None:
    found = bring(table("02/03/1990", "14/03/1985", "03/15/1985", "5. Mai 1980"))
    assert [day(f"P{one}") for one in range(4)] == [(None, None, None), (1985, 3, 14), (1985, 3, 15), (1980, 5, 5)]
    assert (found.stored, found.in_part) == (4, 1)
    (part,) = read_in_part(by.viewer, found.id)
    assert (part.reason, part.fields, [name for _, name in part.people]) == ("which-day", "Birthday", ["P0"])


def test_each_column_has_an_order_of_its_own(bring: Bring) -> None:
    bring("Name,Email,Birthday,Date of birth\nAna,a@x.example,,02/03/1990\nBo,b@x.example,14/03/1985,\n"
          "Cy,c@x.example,,12/31/1985\nDi,d@x.example,02/03/1990,\n")  # fmt: skip
    assert (day("Ana"), day("Di")) == ((1990, 2, 3), (1990, 3, 2))


def many() -> str:
    """More than a batch, the proof at the very end."""
    return table("02/03/1990", *("" for _ in range(5_000)), "31/03/1985")


@pytest.mark.parametrize("zone", ["America/New_York"])
def test_a_proof_far_behind_holds_for_the_first_row_wherever_reading_stopped(
    by: By, workspace: Workspace, tmp_path: Path, zone: str
) -> None:
    there = replace(by, viewer=replace(by.viewer, time_zone=zone))
    started = start_import(there, [GivenFile("people.csv", [many().encode()])], tmp_path).import_id
    stops = 0

    def stopping() -> None:
        raise LaidDown

    while progress_of(by.viewer, started).state != "done" and stops < 20:
        stops += 1
        try:
            run_import(workspace.id, started, tmp_path, read_on, stopping)
        except LaidDown:
            continue
    assert stops > 2
    assert day("P0") == (1990, 3, 2)
    prefixes = ImportItem.objects.filter(run_id=started).values_list("prefix", flat=True)
    assert len({bytes(one) for one in prefixes if one is not None}) == 1


def packed(raw: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("inner/people.csv", raw)
        archive.writestr("inner/more.csv", "Name,Email\nZoe,zoe@x.example\n")
    return file.getvalue()


@pytest.mark.parametrize(("name", "wrapped"), [("people.zip", packed), ("people.csv.gz", gzip.compress)])
def test_in_an_archive_it_is_the_same(bring: Bring, name: str, wrapped: Callable[[bytes], bytes]) -> None:
    bring(wrapped(table("02/03/1990", "14/03/1985").encode()), name, zone="America/New_York")
    assert day("P0") == (1990, 3, 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_in_every_encoding_it_is_the_same(bring: Bring, encoding: str) -> None:
    bring(table("02/03/1990", "14/03/1985", heading="Geburtstag").replace(",", ";").encode(encoding), zone="UTC")
    assert day("P0") == (1990, 3, 2)


def test_what_came_before_the_damage_of_an_archive_is_read(bring: Bring) -> None:
    raw = gzip.compress(table(*("02/03/1990" for _ in range(6_000)), "14/03/1985").encode(), 0)
    found = bring(raw[: len(raw) * 3 // 4], "people.csv.gz")
    assert found.stored > 100
    assert [rule for rule, _ in found.rules] == ["broken-archive"]


def test_a_row_reads_the_same_when_it_is_read_again(bring: Bring, tmp_path: Path, now: datetime) -> None:
    bring(table("02/03/1990", "14/03/1985"), zone="America/New_York")
    (again,) = read_again(places_of([], [Person.objects.get(name="P0").id], but=new_id()), tmp_path, now)
    (card,) = again.parsed.cards
    assert card.birthday is not None
    assert (card.birthday.month, card.birthday.day) == (3, 2)


def test_the_same_table_twice_changes_nothing(bring: Bring) -> None:
    rows = table("02/03/1990", "14/03/1985")
    first, second = bring(rows), bring(rows)
    assert (first.stored, second.stored, second.already) == (2, 0, 2)
    assert day("P0") == (1990, 3, 2)


def test_birthdays_in_words_are_read(bring: Bring) -> None:
    assert bring(table("14 March 1985", "5. Mai 1980", "1980 May 5", '"March 14, 1985"', "14 mars")).in_part == 0
    assert [day(f"P{one}") for one in range(5)] == [
        (1985, 3, 14), (1980, 5, 5), (1980, 5, 5), (1985, 3, 14), (None, 3, 14),
    ]  # fmt: skip


def test_a_birthday_to_come_is_left_out_and_the_row_is_not(bring: Bring, by: By) -> None:
    found = bring(table("2990-03-14", "1985-03-14"))
    assert (found.stored, found.in_part, day("P0")) == (2, 1, (None, None, None))
    assert [part.reason for part in read_in_part(by.viewer, found.id)] == ["day-to-come"]


OUTLOOK = (
    '"Vorname","Nachname","Firma","Straße geschäftlich","Ort geschäftlich","Telefon geschäftlich","Telefon (privat)",'
    '"Mobiltelefon","E-Mail-Adresse","E-Mail-Typ","E-Mail 2: Adresse","Geburtstag","Fax privat"\r\n'
    '"Anna","Berg","Moos GmbH","Hofweg 2","Bern","+41 31 311 11 11","+41 31 311 22 22","+41 79 311 33 33",'
    '"anna@moos.example","SMTP","anna@privat.example","2.3.1990",""\r\n'
)


def test_a_table_of_outlook_is_taken_in_and_what_it_holds_besides_is_said(bring: Bring, by: By) -> None:
    found = bring(OUTLOOK, "kontakte.csv")
    anna = Person.objects.get(name="Anna Berg")
    assert set(Handle.objects.filter(person=anna).values_list("value", flat=True)) == {
        "anna@moos.example", "anna@privat.example", "+41313111111", "+41313112222", "+41793113333",
    }  # fmt: skip
    assert (found.found, found.stored, found.skipped, found.in_part, found.rules) == (1, 1, 0, 0, ())
    assert found.tables_in_part == 1
    (told,) = unknown_columns(by.viewer, found.id)
    assert (told.file, told.columns) == ("kontakte.csv", "Straße geschäftlich, Ort geschäftlich")


def test_each_table_of_an_archive_says_its_own(bring: Bring, by: By) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/one.csv", "Name,Email,Ort\nAna,ana@x.example,Bern\n")
        archive.writestr("a/two.csv", "Name,Email,City\nBo,bo@x.example,\n")
        archive.writestr("a/three.csv", "Name,Email,City\nCy,cy@x.example,Ghent\n")
    found = bring(file.getvalue(), "all.zip")
    assert [(one.file, one.columns) for one in unknown_columns(by.viewer, found.id)] == [
        ("a/one.csv", "Ort"), ("a/three.csv", "City"),
    ]  # fmt: skip
    assert (found.found, found.stored) == (3, 3)


def test_where_all_is_understood_nothing_is_said(bring: Bring) -> None:
    assert bring("Name,Email,Telefon 1\nAna,ana@x.example,020 7946 0123\n").tables_in_part == 0
