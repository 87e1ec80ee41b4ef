"""What is noted may be long in every script; the same noted twice is once, however long."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.channels.sightings import Address, Card
from rapport.interactions.joining import merge
from rapport.people.editing import note_fact
from rapport.people.models import Fact
from tests.interactions.address_books import take_in_cards

from ..interactions.mails import PRIYA
from .people import somebody

# Drawn so that compressing does not make them fit: 6,000 and 4,000 bytes.
CHINESE = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(2000))
RUSSIAN = "".join(chr(0x0410 + n * n * 31 % 63) for n in range(2000))


@pytest.mark.parametrize("text", [CHINESE, RUSSIAN])
def test_a_long_fact_is_kept_from_the_screen(client_maya: Client, by: By, text: str) -> None:
    priya = somebody(by, "Priya")
    for _twice in range(2):
        answer = client_maya.post(f"/people/{priya.id}/facts", {"kind": "note", "text": text})
        assert answer.status_code == 303
    assert Fact.objects.get(person=priya).value == text


@pytest.mark.parametrize("text", [CHINESE, RUSSIAN])
def test_a_long_note_is_kept_from_a_card(maya: Viewer, now: datetime, text: str) -> None:
    card = Card(uid="1", name="Priya Raman", addresses=(Address("email", PRIYA),), note=text)
    for _twice in range(2):
        taken = take_in_cards([card], None, now)[0]
    assert Fact.objects.get(person_id=taken.person_id).value == text


def test_who_is_joined_knows_the_same_thing_once(by: By) -> None:
    both = somebody(by, "Priya"), somebody(by, "P. Raman")
    for one in both:
        note_fact(by, one.id, "note", CHINESE)
    note_fact(by, both[1].id, "note", CHINESE[::-1])
    merge(by, both[0].id, both[1].id)
    assert set(Fact.objects.filter(person=both[0]).values_list("value", flat=True)) == {CHINESE, CHINESE[::-1]}
    assert Fact.objects.count() == 2
