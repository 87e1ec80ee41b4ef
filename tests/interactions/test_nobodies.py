"""Lists and desks are nobody until a human signs there; what was read before follows, in whichever order it came."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.db import transaction

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.sightings import Address, Card
from rapport.interactions.models import AddressPart, Interaction, PairChange, Participant
from rapport.interactions.notes import add_note
from rapport.people.models import Organization, Person

from .address_books import take_in_cards
from .mails import DANA, KENJI, MAYA, PRIYA, counts, flags, mail, meeting, parts, people, read

BAKERY, GCC, CHOIR, CLINIC, LEMON = (
    "info@bakery.example",
    "gcc@gcc.gnu.org",
    "choir@village.example",
    "support@clinic.example",
    "lemon@lemon.example",
)
SIGNED = {BAKERY: "Anna Berg"}
A_MONTH = (
    mail("order", MAYA, [BAKERY, PRIYA]),
    mail("order-back", BAKERY, [MAYA], hour=2, names={BAKERY: "Bakery"}),
    mail("more-bread", BAKERY, [MAYA], [GCC], hour=3, names=SIGNED),
    mail("thanks", MAYA, [BAKERY], hour=4),
    mail("patch", MAYA, [GCC], hour=5),
    mail("patch-back", KENJI, [MAYA], [GCC, "java@gcc.gnu.org"], hour=6, answers="patch"),
    mail("songs", MAYA, [CHOIR, DANA], hour=7),
    mail("rehearsal", DANA, through=CHOIR, hour=8),
    mail("toothache", MAYA, [CLINIC], hour=9, names={CLINIC: "Clinic Support"}),
    mail("ticket", CLINIC, [MAYA, KENJI], hour=10),
    meeting("dentist", MAYA, CLINIC, KENJI, hour=30, organizer=MAYA),
    mail("to-lemon", MAYA, [LEMON], hour=11),
    mail("from-lemon", LEMON, [MAYA], hour=12),
    mail("both", KENJI, [GCC, MAYA], hour=13),
    mail("both", KENJI, [GCC, MAYA], hour=13, through="linux@home.example"),
)


def told() -> tuple[object, ...]:
    aside = set(AddressPart.objects.values_list("interaction__title", "address", "name", "part", "is_list"))
    return people(), parts(), flags(), aside


@pytest.mark.parametrize("seed", range(10))
def test_any_order_in_any_batches_gives_the_same(maya: Viewer, now: datetime, seed: int) -> None:
    month, size = list(A_MONTH), 1 + seed % 4
    with transaction.atomic():
        read(now, *month)
        expected = told()
        transaction.set_rollback(True)
    random.Random(seed).shuffle(month)
    for start in range(0, len(month), size):
        read(now, *month[start : start + size])
    assert told() == expected
    before = counts(), told()
    PairChange.objects.all().delete()
    read(now, *month)
    assert (counts(), told()) == before
    assert not PairChange.objects.exists()


def test_who_is_somebody_after_a_month(maya: Viewer, now: datetime) -> None:
    read(now, *A_MONTH)
    assert {name for name, _ in people()} == {
        "Maya Okafor", "Priya Raman", "Kenji Mori", "Dana Levy", "Anna Berg", "Lemon",
    }  # fmt: skip
    assert ("order", "Anna Berg", "to") in parts()
    assert ("both", True, False, "linux@home.example", 2) in flags()
    assert ("songs", True, False, CHOIR, 2) in flags()
    assert not Organization.objects.filter(domain__in=["clinic.example", "village.example"]).exists()


def test_an_address_that_turns_out_a_list_keeps_what_was_written_to_it(maya: Viewer, now: datetime) -> None:
    read(now, mail("songs", MAYA, [CHOIR, DANA]), mail("more-songs", MAYA, [CHOIR], hour=1))
    assert "Choir" in {name for name, _ in people()}
    read(now, mail("rehearsal", DANA, through=CHOIR, hour=8))
    assert "Choir" not in {name for name, _ in people()}
    assert Interaction.objects.count() == 3
    assert {("songs", True, False, CHOIR, 2), ("more-songs", True, False, CHOIR, 1)} < flags()


def test_a_list_somebody_wrote_a_note_about_stays_with_the_note(by: By, now: datetime) -> None:
    read(now, mail("songs", MAYA, [CHOIR, DANA]))
    choir = Person.objects.get(name="Choir")
    add_note(by, choir.id, "Rehearses on Thursdays.")
    read(now, mail("rehearsal", DANA, through=CHOIR, hour=8))
    assert Participant.objects.get(part="about").person_id == choir.id


def test_who_writes_from_an_address_that_looked_like_a_list_is_found_with_all_that_was(
    maya: Viewer, now: datetime
) -> None:
    jorik = "linux-mips@boeventronie.example"
    read(now, mail("hello", MAYA, [jorik], names={}))
    assert ("hello", True, False, jorik, 1) in flags()
    PairChange.objects.all().delete()
    read(now, mail("hello-back", jorik, [MAYA], hour=2, names={jorik: "Jorik Jonker"}))
    assert ("Jorik Jonker", (jorik,)) in people()
    assert {("hello", "Jorik Jonker", "to"), ("hello-back", "Jorik Jonker", "from")} < parts()
    assert ("hello", True, False, "", 2) in flags()
    assert not AddressPart.objects.exists()
    assert PairChange.objects.exists()


def test_a_name_under_the_mail_is_as_good_as_one_beside_the_address(maya: Viewer, now: datetime) -> None:
    desk = "admin@nectarine.example"
    read(now, mail("a", desk, [MAYA], names={}, signature="Giacomo Di Ciocco\nnectarine"))
    assert ("Giacomo Di Ciocco", (desk,)) in people()
    read(now, mail("b", "admin@plum.example", [MAYA], names={}, signature="The Plum.example team"))
    assert len(people()) == 2


def test_who_is_in_the_address_book_is_somebody_whatever_the_address(maya: Viewer, now: datetime) -> None:
    book = Card(uid="1", name="Bakery at the corner", addresses=(Address("email", BAKERY),))
    with transaction.atomic():
        read(now, mail("order", MAYA, [BAKERY], names={}))
        take_in_cards([book], None, now)
        expected = told()
        transaction.set_rollback(True)
    take_in_cards([book], None, now)
    read(now, mail("order", MAYA, [BAKERY], names={}))
    assert told() == expected
    assert ("order", "Bakery at the corner", "to") in parts()
