"""Tables of people from any program, in any dialect."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest

from rapport.channels.sightings import Card, PartialDate, ReadingOptions
from rapport.channels.tables.csv import parse_table
from rapport.channels.tables.layout import layout_of
from rapport.channels.tables.slices import people_in, split_table
from rapport.channels.tables.unread import Unread
from rapport.kit.cells import guarded, listed


def cards(raw: bytes) -> list[Card]:
    assert people_in(raw)
    pieces = list(split_table(BytesIO(raw)))
    found = [parse_table(row, ReadingOptions(prefix=prefix)) for prefix, row, _ in pieces]
    if pieces:
        assert pieces[0][0] + b"".join(row for _, row, _ in pieces) == raw
    return [card for parsed in found for card in parsed.cards]


@pytest.mark.parametrize(
    "table",
    [
        "First Name,Last Name,E-mail Address\nPriya,Nair,priya@x.org\n",
        "Vorname;Nachname;E-Mail-Adresse\nPriya;Nair;priya@x.org\n",
        "Prénom\tNom de famille\tCourriel\nPriya\tNair\tpriya@x.org\n",
        "Nombre;Apellidos;Correo electrónico\r\nPriya;Nair;priya@x.org\r\n",
        "First Name,Last Name,E-mail 1 - Value,Labels\nPriya,Nair,priya@x.org,* myContacts\n",
        'Notes:\n"Some may be missing"\n\nFirst Name,Last Name,URL,Email Address\nPriya,Nair,,priya@x.org\n',
        "sep=;\nName;Email\nPriya Nair;priya@x.org\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_headers_of_many_programs_are_known(table: str, encoding: str) -> None:
    (found,) = cards(table.encode(encoding))
    assert (found.name, found.addresses[0].value) == ("Priya Nair", "priya@x.org")


def test_all_that_is_known_of_a_person_is_kept() -> None:
    header = b"Name,Email,Company,Job Title,Birthday,Tags,Notes,Shoe size\n"
    raw = header + b'Priya,"p@x.org; q@x.org",Fern,Head,1985-04-12,a;b,"one\ntwo",38\n'
    (found,) = cards(raw)
    assert [one.value for one in found.addresses] == ["p@x.org", "q@x.org"]
    assert (found.organization, found.title, found.birthday) == ("Fern", "Head", PartialDate(4, 12, 1985))
    assert (found.tags, found.note, found.extra) == (("a", "b"), "one\ntwo", (("Shoe size", "38"),))


def test_a_table_without_header_is_read_by_its_values() -> None:
    assert [card.name for card in cards(b"Priya Nair;priya@x.org\nBo Berg;bo@x.org\n")] == ["Priya Nair", "Bo Berg"]


def test_a_table_of_no_people_is_skipped() -> None:
    raw = b"date,amount\n2026-01-01,3\n"
    assert not people_in(raw)
    skipped = parse_table(raw).skipped
    assert skipped is not None
    assert skipped.rule == "no-people-column"


def test_an_open_quote_does_not_swallow_the_file() -> None:
    raw = b"Name,Email\n" + b'"Priya,p@x.org\n' + b"Bo,bo@x.org\n" * 60_000
    rows = [row for _, row, _ in split_table(BytesIO(raw))]
    assert max(map(len, rows)) < 300_000
    assert len(rows) > 30_000


def test_what_google_marks_as_its_own_is_no_tag() -> None:
    table = "First Name,E-mail 1 - Value,Labels\nPriya,priya@x.example,* myContacts ::: Gardeners ::: * starred\n"
    assert [card.tags for card in cards(table.encode())] == [("Gardeners",)]


@pytest.mark.parametrize(
    "tags", [["VIP, sehr wichtig"], ["a", "b; c", 'the "boss"', "x ::: y", "* mine", '"'], ["=1, 2"]]
)
def test_tags_we_wrote_ourselves_are_the_same_again(tags: list[str]) -> None:
    file = StringIO()
    csv.writer(file).writerows([("Name", "Email", "Tags"), ("Ana", "ana@x.org", guarded(listed(tags)))])
    assert [card.tags for card in cards(file.getvalue().encode())] == [tuple(tags)]


def test_a_field_of_which_a_part_is_nothing_keeps_its_words() -> None:
    table = b"Name,Email,Phone\nAna,ana@x.org; ask Bo,+44 161 496 0123 ; after six\nBo,bo@x.org;,;\n"
    ana, bo = parse_table(table).cards
    assert [one.value for one in ana.addresses] == ["ana@x.org", "+441614960123"]
    assert ana.extra == (("Email", "ana@x.org; ask Bo"), ("Phone", "+44 161 496 0123 ; after six"))
    assert (bo.addresses[0].value, bo.extra) == ("bo@x.org", (("Phone", ";"),))


def test_a_row_with_an_open_quote_is_read_by_its_parts() -> None:
    table = (
        b"Name,Email,Phone\n"
        b'"Open Quote,open@x.org,\n'
        b'"Raman, Priya",priya@x.org,\n'
        b'Bo "Big" Berg,bo@x.org,\n'
        b'"Berg, Ana",ana@x.org,"+44 161 496 0123"\n'
    )
    assert [(card.name, card.addresses[0].value) for card in cards(table)] == [
        ("Open Quote", "open@x.org"),
        ("Raman, Priya", "priya@x.org"),
        ('Bo "Big" Berg', "bo@x.org"),
        ("Berg, Ana", "ana@x.org"),
    ]


def test_a_file_cut_off_within_a_note_makes_nobody_of_its_lines() -> None:
    table = b'Name,Email,Notes\nBo,bo@x.org,"one\ntwo"\nAna,ana@x.org,"Called on Monday\nClara was there\n'
    assert [card.name for card in cards(table)] == ["Bo", "Ana"]


@pytest.mark.parametrize("phone", ["4,91512E+12", "4.91512E+12", "4.91512e+12", "4E+12", "########"])
def test_a_telephone_a_spreadsheet_has_broken_is_no_number(phone: str) -> None:
    """The rest of the row is taken in, also another number in the same cell."""
    (found,) = cards(f'Name;E-Mail;Telefon;Mobil\nAna;ana@x.org;"{phone} ; 030 1234567";{phone}\n'.encode())
    assert [one.value for one in found.addresses] == ["ana@x.org", "0301234567"]
    assert (found.unread, found.unread_as) == (("Telefon", "Mobil"), "broken-cell")


def test_a_birthday_in_a_column_that_was_too_narrow_is_told_as_such() -> None:
    (found,) = cards(b"Name;Geburtstag\nAna;########\n")
    assert (found.birthday, found.unread, found.unread_as) == (None, ("Geburtstag",), "broken-cell")


@pytest.mark.parametrize(
    "empty", ["0.0.00", "0.0.0000", "00.00.0000", "0/0/00", "00/00/00", "0000-00-00", "0000-00-00 00:00:00", "0-0-00"]
)
def test_what_programs_write_where_there_is_no_day_is_empty(empty: str) -> None:
    table = f"Name;E-Mail;Geburtstag;Jahrestag;Telefon\nAna;ana@x.org;{empty};{empty};\nBo;bo@x.org;1.2.1990;{empty};\n"
    ana, bo = cards(table.encode())
    assert (ana.birthday, ana.unread, ana.extra) == (None, (), ())
    assert (bo.birthday, bo.extra) == (PartialDate(2, 1, 1990), ())


def test_a_column_of_empty_days_alone_is_not_told_to_be_unknown() -> None:
    rows = [b"Ana;0.0.00;0.0.00", b"Bo;0.0.00;3"]
    unread = Unread(layout_of(b"Name;Jahrestag;Schuhe\n"))
    for row in rows:
        unread.meet(row)
    assert unread.names == ("Schuhe",)


def test_fields_that_could_not_be_read_for_different_reasons_are_not_all_told_the_first() -> None:
    table = "Name;Mobiltelefon;Geburtstag\nAna;4,91512E+12;99.99.1990\nBo;4,91512E+12;#####\n"
    ana, bo = cards(table.encode())
    assert (ana.unread, ana.unread_as) == (("Mobiltelefon", "Geburtstag"), "several-reasons")
    assert (bo.unread, bo.unread_as) == (("Mobiltelefon", "Geburtstag"), "broken-cell")


def test_a_field_that_means_something_and_could_not_be_read_is_named() -> None:
    table = "Name,E-Mail,Telefon,Geburtstag,Shoe size\nAna,not-an-address,notaphone,99/99/9999,38\nBo,bo@x.org,,,41\n"
    assert [card.unread for card in cards(table.encode())] == [("E-Mail", "Telefon", "Geburtstag"), ()]
