"""Headings of tables as address books, CRMs and people call them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest

from rapport.channels.tables.columns import columns_of
from rapport.channels.tables.layout import layout_of
from rapport.channels.tables.slices import split_table
from rapport.channels.tables.unread import Unread

KNOWN = {
    "email": "E-mail 1|E-mail 1 - Value|E-mail 2 Address|Email2|eMail|Email : home|E-Mail (privat)|E-Mail 2: Adresse"
    "|E-Mail-Adresse 3|Work Email|Personal E-mail|Email (work)|Mail|Adresse de messagerie 2|Courriel professionnel"
    "|Adresse e-mail (travail)|Correo electrónico 1|Correo electronico|Correo del trabajo",
    "phone": "Phone 1 - Value|Phone 4 - Value|Phone : mobile|Telefon 1|Telefon (mobil)|Telefon (privat 2)|Tel.|Handy"
    "|Telefon geschäftlich 2|TELEFON GESCHÄFTLICH|Mobiltelefon 2|Weiteres Telefon|Haupttelefon|Telefon Firma|Mobil 1"
    "|Business Phone 2|Home Phone|HomePhone|MOBILEPHONE|Car Phone|Company Main Phone|WhatsApp Phone Number"
    "|Phone Number (mobile)|Tél. (bureau)|Tél. mobile|Téléphone professionnel|Téléphone du bureau|Teléfono móvil"
    "|Telefono 2|Telefon-Nr.",
    "birthday": "Birthday|Birthday (MM/DD/YYYY)|Geburtstag (TT.MM.JJJJ)|Geb.-Datum|Date de naissance (JJ/MM/AAAA)"
    "|Fecha de nacimiento|BIRTHDATE",
    "organization": "Firma|Company Name|Organization 1 - Name|Organization Name|Société|Nombre de la empresa"
    "|Account: Account Name|Unternehmen|Company / Organization",
    "title": "Job Title|Jobtitel|Position|Organization 1 - Title|Stellenbezeichnung|Intitulé du poste|Puesto",
    "note": "Notes|Notizen|Anmerkungen|Commentaires|Observaciones",
    "tags": "Labels|Group Membership|Kategorien|Schlagwörter|Étiquettes|Etiquetas",
    "name": "Full Name|Vor- und Nachname|Ansprechpartner|Nom et prénom|Nombre y apellidos",
    "given": "First Name|Given Name|Vorname|Prénom|Nombre",
    "family": "Last Name|Family Name|Nachname|Nom de famille|Apellidos",
}
UNKNOWN = (
    "Ort|Straße|City|Business Fax|Fax geschäftlich|Assistant's Phone|Telefon Assistent|Phone Extension|Email Opt Out"
    "|Email Domain|Home|Work|Company 2|Office Location|Home Address|Adresse|Number|Website 1 - Value|URL|Titel|dd mm"
)


@pytest.mark.parametrize(("heading", "meaning"), [(h, m) for m, all_ in KNOWN.items() for h in all_.split("|")])
def test_headings_are_known_in_four_languages_numbered_and_by_kind(heading: str, meaning: str) -> None:
    assert columns_of([heading]) == {0: meaning}


@pytest.mark.parametrize("heading", UNKNOWN.split("|"))
def test_what_only_sounds_alike_is_not_taken_for_it(heading: str) -> None:
    assert columns_of([heading]) == {}


@pytest.mark.parametrize(
    ("header", "meanings"),
    [
        ("Vorname;Name;E-Mail", ["given", "family", "email"]),
        ("Vorname;Nachname;Name", ["given", "family", "name"]),
        ("Prénom;Nom", ["given", "family"]),
        ("Nom;Courriel", ["name", "email"]),
        ("Name;Email", ["name", "email"]),
        ("First Name;Title;Email", ["given", "title", "email"]),
    ],
)
def test_a_heading_is_understood_beside_the_others(header: str, meanings: list[str]) -> None:
    assert list(columns_of(header.split(";")).values()) == meanings


def test_beside_a_job_title_a_title_is_how_one_is_addressed() -> None:
    assert columns_of(["Title", "First Name", "Job Title"]) == {1: "given", 2: "title"}


def unread(*rows: str, encoding: str = "utf-8") -> tuple[str, ...]:
    raw = "".join(f"{row}\r\n" for row in rows).encode(encoding)
    met = Unread(layout_of(raw))
    for _, row, _ in split_table(BytesIO(raw)):
        met.meet(row)
    return met.names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_that_hold_something_nobody_knows_are_named(encoding: str) -> None:
    rows = "Name;E-Mail;Ort;Straße;Fax", 'Ana;ana@x.org; ;"Hof; 2";', "Bo;bo@x.org;Bern;;"
    assert unread(*rows, encoding=encoding) == ("Ort", "Straße")


def test_what_is_empty_is_not_named_nor_what_tells_about_the_column_beside_it() -> None:
    header = "First Name,Phonetic First Name,Photo,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value"
    assert unread(header, "Ana,,,* Work,ana@x.org,Mobile,+44 161 496 0123") == ()


def test_fields_behind_the_last_heading_are_named_by_their_number() -> None:
    assert unread("Name,Email,", "Ana,ana@x.org", "Bo,bo@x.org,,,", "Cy,cy@x.org,blue,,late") == ("#3", "#5")


def test_of_what_one_has_only_one_of_another_is_named() -> None:
    table = ("Name,Company,Email,Account Name", "Ana,Fern,a@x.org,Fern", "Bo,,b@x.org,Moss")
    assert unread(*table) == ()
    assert unread(*table, "Cy,Fern,c@x.org,Moss") == ("Account Name",)


def test_without_headings_columns_are_named_by_their_number() -> None:
    assert unread("Priya Nair;priya@x.org;Bern", "Bo Berg;bo@x.org;") == ("#3",)


def test_a_quote_nobody_closed_hides_no_column() -> None:
    assert unread("Name,Email,City", '"Ana,ana@x.org,', '"Bo,bo@x.org,Bern') == ("City",)


def test_the_name_of_the_family_beside_the_first_name() -> None:
    from rapport.channels.tables.csv import parse_table

    file = StringIO()
    csv.writer(file).writerows(
        [
            ("Vorname", "Name", "E-Mail"),
            ("Anna", "Berg", "a@x.org"),
            ("Bo", "Bo Lind", "b@x.org"),
            ("Cy", "", "c@x.org"),
        ]
    )
    assert [one.name for one in parse_table(file.getvalue().encode()).cards] == ["Anna Berg", "Bo Lind", "Cy"]
