"""Mail that came back for good is said of the address it is about, until somebody writes from there again."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from django.db import transaction

from rapport.accounts.access import Viewer
from rapport.channels.sightings import Address, Card
from rapport.people.models import Handle, Person

from .address_books import take_in_cards
from .mails import MAYA, MORNING, PRIYA, mail, read

POSTMAN = "mailer-daemon@fernhill.example"


def came_back(key: str, address: str, hour: float) -> object:
    return mail(key, POSTMAN, [MAYA], hour=hour, automatic="bounce", bounced=(address,))


def bounced_at(address: str) -> datetime | None:
    return Handle.objects.get(value=address).bounced_at


def test_the_handle_says_when_mail_came_back(maya: Viewer, now: datetime) -> None:
    read(now, mail("hello", MAYA, [PRIYA]), came_back("back", PRIYA, 1))  # type: ignore[arg-type]
    assert bounced_at(PRIYA) == MORNING + timedelta(hours=1)
    assert not Person.objects.filter(name__icontains="daemon").exists()


@pytest.mark.parametrize(("written_at", "expected"), [(0, 5), (3, 5), (9, None)])
def test_in_any_order_the_last_word_counts(
    maya: Viewer, now: datetime, written_at: float, expected: float | None
) -> None:
    week = (came_back("a", PRIYA, 1), came_back("b", PRIYA, 5), mail("hello", PRIYA, [MAYA], hour=written_at))
    for order in permutations(week):
        with transaction.atomic():
            for one in order:
                read(now, one)  # type: ignore[arg-type]
            assert bounced_at(PRIYA) == (None if expected is None else MORNING + timedelta(hours=expected))
            transaction.set_rollback(True)


def test_who_comes_into_the_address_book_later_is_known_to_be_out_of_reach_there(maya: Viewer, now: datetime) -> None:
    read(now, came_back("back", PRIYA, 1))  # type: ignore[arg-type]
    assert not Handle.objects.filter(value=PRIYA).exists()
    take_in_cards([Card(uid="1", name="Priya Raman", addresses=(Address("email", PRIYA),))], None, now)
    assert bounced_at(PRIYA) == MORNING + timedelta(hours=1)
