"""What stood on a card is on the one that is given out, unless somebody said since that it is not so."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Membership
from rapport.channels.files import path_of
from rapport.channels.models import RawItem
from rapport.doors.telling_changes import change_sentence
from rapport.interactions.giving_out import as_they_came
from rapport.interactions.giving_out import people as giving_people
from rapport.interactions.giving_out.people import export_people
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.people.affiliating import set_affiliation
from rapport.people.editing import edit_person
from rapport.people.handles import remove_handle
from rapport.people.models import Handle, Person, Tag
from rapport.people.tagging import tag, untag
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db

CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nUID:her-card\r\nN:Raman;Priya\r\nFN:Priya Raman\r\nORG:Northwind;Care\r\n"
    "EMAIL;HOME:priya@home.example\r\nEMAIL;TYPE=INTERNET;WORK:Priya@Northwind.example\r\nTEL;CELL:+44 161 496 0718\r\n"
    "ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;M=C3=BChlweg 1;Bern;;3000;CH\r\nBDAY:1987-03-14\r\n"
    "CATEGORIES:Partner,Choir\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j/4AAQ\r\n SkZJRg==\r\n\r\n"
    'item1.X-SPOUSE:Anu\r\nitem1.X-ABLABEL:wife\r\nX-ODD;X-NOTE="a;b":c\\,d\r\nNOTE:Two dogs.\r\nEND:VCARD\r\n'
)


@pytest.fixture
def priya(by: By, settings: object) -> UUID:
    """Priya as Maya's address book knows her."""
    bring_in(by, CARD, settings)
    return Person.objects.get(name="Priya Raman").id


def bring_in(by: By, cards: str, settings: object) -> None:
    folder = settings.HOUSE.files_folder  # type: ignore[attr-defined]
    begun = start_import(by, [GivenFile("cards.vcf", [cards.encode()])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)


def given(by: By, person: UUID) -> list[str]:
    """The lines of her card, unfolded."""
    return export_people(by, [person], "vcard").body.decode().replace("\r\n ", "").split("\r\n")


def test_all_that_stood_on_it_is_there_in_the_words_of_version_4(by: By, priya: UUID) -> None:
    lines = given(by, priya)
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[2:-2] == [
        "UID:her-card",
        "N:Raman;Priya",
        "FN:Priya Raman",
        "ORG:Northwind;Care",
        "EMAIL;TYPE=HOME:priya@home.example",
        "EMAIL;TYPE=INTERNET,WORK:Priya@Northwind.example",
        "TEL;TYPE=CELL:+44 161 496 0718",
        "ADR;TYPE=HOME:;;Mühlweg 1;Bern;;3000;CH",
        "BDAY:1987-03-14",
        "CATEGORIES:Partner,Choir",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==",
        "item1.X-SPOUSE:Anu",
        "item1.X-ABLABEL:wife",
        'X-ODD;X-NOTE="a;b":c\\,d',
        "NOTE:Two dogs.",
    ]


def test_what_was_put_right_by_hand_is_not_brought_back_by_it(by: By, priya: UUID) -> None:
    remove_handle(by, Handle.objects.get(value="priya@home.example").id)
    untag(by, priya, "Choir")
    tag(by, priya, "Guest, of honour")
    edit_person(by, priya, birthday="1987-03-15", name="Priya Raman-Smith")
    set_affiliation(by, priya, "Quayside", "Head")
    text = "\n".join(given(by, priya))
    for gone in ("home.example", "Choir", "1987-03-14", "Raman;Priya", "Northwind;Care"):
        assert gone not in text
    for there in ("FN:Priya Raman-Smith", "BDAY:19870315", "CATEGORIES:Partner", "CATEGORIES:Guest\\, of honour",
                  "ORG:Quayside", "TITLE:Head", "X-SPOUSE:Anu", "Northwind.example"):  # fmt: skip
        assert there in text


def test_tags_with_signs_in_them_stay_as_they_are(by: By, priya: UUID, settings: object) -> None:
    tags = r"Art\, and craft,Night\;day,Back\\,Choir"
    bring_in(by, CARD.replace("Partner,Choir", tags).replace("her-card", "newer"), settings)
    (given_out,) = [one for one in given(by, priya) if one.startswith("CATEGORIES") and "Art" in one]
    assert given_out == f"CATEGORIES:{tags}"
    assert {"Art, and craft", "Night;day", "Back\\"} <= set(Tag.objects.values_list("name", flat=True))


def test_a_company_with_a_semicolon_in_its_name_is_given_once(by: By, settings: object) -> None:
    bring_in(
        by, CARD.replace("Northwind;Care", r"North\;wind;Care").replace("Northwind.example", "n.example"), settings
    )
    lines = given(by, Person.objects.get(name="Priya Raman").id)
    assert [one for one in lines if one.startswith("ORG")] == [r"ORG:North\;wind;Care"]


def test_of_two_cards_what_stands_once_is_kept_under_another_name(by: By, priya: UUID, settings: object) -> None:
    bring_in(by, CARD.replace("her-card", "newer").replace("1987-03-14", "1987-02-14").replace("Anu", "Anil"), settings)
    lines = given(by, priya)
    assert [one for one in lines if "UID" in one or "BDAY" in one] == [
        "UID:newer", "X-ALSO-BDAY:1987-02-14", "X-ALSO-UID:her-card", "BDAY:1987-03-14",
    ]  # fmt: skip
    assert {"item1.X-SPOUSE:Anil", "item1-1.X-SPOUSE:Anu"} <= set(lines)
    assert lines.count("FN:Priya Raman") == 1


def test_the_rest_of_a_card_is_given_to_whoever_brought_it_in(by: By, priya: UUID) -> None:
    colleague = replace(by, viewer=replace(by.viewer, membership_id=uuid4()))
    assert Membership.objects.count() == 1
    text = "\n".join(given(by, priya))
    assert "Anu" in text
    row = export_people(by, [priya], "csv").body.decode()
    assert "Anu" not in row
    assert as_they_came.cards_as_they_came(colleague.viewer, [priya]) == {}


def test_pictures_are_held_no_longer_than_it_takes_to_write_them(
    by: By, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (as_they_came, giving_people):
        monkeypatch.setattr(module, "AT_A_TIME", 1)
    named = [f"Priya {letter}" for letter in "ABCDEFGH"]
    picture = "PHOTO;ENCODING=BASE64;TYPE=JPEG:" + "/9j4" * 100_000
    bring_in(by, "".join(f"BEGIN:VCARD\r\nFN:{one}\r\n{picture}\r\nEND:VCARD\r\n" for one in named), settings)
    people = list(Person.objects.filter(name__in=named).values_list("id", flat=True))
    export_people(by, people[:1], "vcard")  # what is loaded once
    tracemalloc.start()
    try:
        body = export_people(by, people, "vcard").body
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [line for line in body.decode().split("\r\n") if line.startswith("FN")] == [f"FN:{one}" for one in named]
    assert peak < len(body) + 8 * len(picture)


def test_a_card_whose_file_is_gone_costs_only_what_stood_on_it(
    by: By, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    folder = settings.HOUSE.files_folder  # type: ignore[attr-defined]
    bring_in(by, CARD.replace("/9j/4AAQ", "/9j4" * 300_000), settings)
    bring_in(by, CARD.replace("Priya", "Anil").replace("priya@", "anil@").replace("496 0718", "496 0719"), settings)
    path_of(folder, RawItem.objects.exclude(stored_as="").get(format="card").stored_as).unlink()
    people = list(Person.objects.filter(name__in=["Priya Raman", "Anil Raman"]).values_list("id", flat=True))
    lines = export_people(by, people, "vcard").body.decode().replace("\r\n ", "").split("\r\n")
    assert {"FN:Priya Raman", "EMAIL:priya@home.example", "FN:Anil Raman"} <= set(lines)
    assert lines.count("item1.X-SPOUSE:Anu") == 1
    assert "could not be read any more: 1." in caplog.text
    given = export_people(by, people, "vcard")
    assert given.lost == ("Priya Raman",)
    assert given.sentence.startswith("The card Priya Raman came from could not be read any more.")
    assert change_sentence(JournalEntry.objects.get(id=given.journal_id)).startswith(
        "Took a file of 2 people, of whom 1"
    )
    assert export_people(by, people, "csv").sentence == ""
