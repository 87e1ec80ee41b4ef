"""Who is known by a company's name alone is called by their own once anything says it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.models import Import
from rapport.interactions.imports import undo_import
from rapport.people.editing import edit_person
from rapport.people.models import Handle, Person
from tests.accept.importing import import_all

pytestmark = pytest.mark.django_db
ADDRESS = "anmeldung@clinic.example"
ROW = ("row.csv", f"Name,Company,E-mail\n,Clinic Nord,{ADDRESS}\n")
CARD = (
    "card.vcf",
    f"BEGIN:VCARD\nVERSION:3.0\nFN:Clinic Nord\nORG:Clinic Nord\nEMAIL:{ADDRESS}\nEND:VCARD\n",
)
MAIL = (
    "mail.eml",
    f"From: Anna Kern <{ADDRESS}>\nTo: Maya Okafor <maya@fernhill.example>\nDate: Mon, 16 Nov 2026 09:12:00 +0000\n"
    "Message-ID: <one@clinic.example>\nSubject: The new rota\n\nHi Maya,\n\nthanks for yesterday.\n\nAnna\n",
)
UNSIGNED = ("unsigned.eml", MAIL[1].replace(f"Anna Kern <{ADDRESS}>", ADDRESS).replace("<one@", "<two@"))


def brought(maya: Viewer, folder: Path, *files: tuple[str, str]) -> None:
    for name, text in files:
        (folder / name).write_text(text)
        import_all(maya, [folder / name], ["maya@fernhill.example"])


def who() -> Person:
    return Handle.objects.get(kind="email", value=ADDRESS).person


@pytest.mark.parametrize("files", list(permutations((ROW, CARD, MAIL, UNSIGNED))))
def test_a_mail_says_whose_address_it_is_whichever_came_first(
    maya: Viewer, tmp_path: Path, files: Sequence[tuple[str, str]]
) -> None:
    brought(maya, tmp_path, *files)
    assert (who().name, who().sort_name) == ("Anna Kern", "anna kern")
    assert Person.objects.filter(is_home=False).count() == 1


@pytest.mark.parametrize("files", list(permutations((ROW, UNSIGNED))))
def test_until_then_they_are_called_as_the_company(
    maya: Viewer, tmp_path: Path, files: Sequence[tuple[str, str]]
) -> None:
    brought(maya, tmp_path, *files)
    assert who().name == "Clinic Nord"


def test_a_name_that_an_address_spells_out_is_better_than_a_company(maya: Viewer, tmp_path: Path) -> None:
    brought(maya, tmp_path, ("row.csv", "Name,Company,E-mail\n,Clinic Nord,anna.kern@clinic.example\n"))
    assert Person.objects.get(is_home=False).name == "Anna Kern"


def test_a_card_says_it_as_well(maya: Viewer, tmp_path: Path) -> None:
    brought(maya, tmp_path, ROW, ("more.csv", f"Name,E-mail\nAnna Kern,{ADDRESS}\n"))
    assert who().name == "Anna Kern"


def test_what_somebody_wrote_by_hand_stays(maya: Viewer, by: By, tmp_path: Path) -> None:
    brought(maya, tmp_path, ROW)
    edit_person(by, who().id, name="The desk in Nord")
    brought(maya, tmp_path, MAIL)
    assert who().name == "The desk in Nord"


def test_who_works_under_their_own_name_keeps_it(maya: Viewer, tmp_path: Path) -> None:
    brought(maya, tmp_path, ("own.csv", f"Name,Company,E-mail\nAnna Kern,Anna Kern,{ADDRESS}\n"))
    brought(maya, tmp_path, (MAIL[0], MAIL[1].replace("Anna Kern", "A. Kern (office)")))
    assert who().name == "Anna Kern"


def test_with_that_mail_taken_back_they_are_called_as_before(maya: Viewer, by: By, tmp_path: Path) -> None:
    brought(maya, tmp_path, ROW, MAIL)
    undo_import(by, Import.objects.latest("made_at").id)
    assert who().name == "Clinic Nord"
