"""What is read becomes people and interactions, each once, whatever the order and however often."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.db import connection, transaction

from rapport.accounts.access import Viewer
from rapport.interactions.incoming import Belonging
from rapport.interactions.models import Interaction, PairChange, Participant, Thread
from rapport.people.models import Person

from .mails import DANA, KENJI, MAYA, PRIYA, counts, flags, mail, meeting, parts, people, read, threads

LIST = "gardens@lists.example"

A_WEEK = (
    mail("hello", MAYA, [PRIYA], names={}),
    mail("hello-back", PRIYA, [MAYA], hour=2, answers="hello"),
    mail("all", KENJI, [MAYA, PRIYA], [DANA], hour=3),
    mail("all-back", DANA, [KENJI], [MAYA], hour=4, answers="all", references=["all"]),
    mail("late-back", MAYA, [DANA], hour=30, answers="all-back", references=["all", "all-back"]),
    mail("later-back", DANA, [MAYA], hour=31, answers="late-back"),
    mail("to-list", PRIYA, through=LIST, hour=5),
    mail("from-sent", MAYA, [LIST], hour=6, answers="to-list"),
    mail("list-back", KENJI, through=LIST, hour=7, answers="to-list"),
    mail("offer", "news@shop.example", [MAYA, "kim@solace.example"], hour=8, automatic="newsletter"),
    mail("hello", MAYA, [PRIYA], ["kim@solace.example"], names={}),
    meeting("plans", MAYA, PRIYA, hour=24, organizer=PRIYA),
    meeting("plans", MAYA, PRIYA, hour=24, organizer=PRIYA, cancelled=True),
    mail("short-refs", KENJI, [MAYA], hour=40, answers="lost", references=["late-back"]),
)


@pytest.mark.parametrize("seed", range(8))
def test_any_order_in_any_batches_gives_the_same(maya: Viewer, now: datetime, seed: int) -> None:
    shuffled, size = random.Random(seed), 1 + seed % 5
    week = list(A_WEEK)
    with transaction.atomic():
        read(now, *week)
        expected = people(), parts(), flags(), threads()
        transaction.set_rollback(True)
    shuffled.shuffle(week)
    for start in range(0, len(week), size):
        read(now, *week[start : start + size])
    assert (people(), parts(), flags(), threads()) == expected


def test_what_a_week_comes_to(maya: Viewer, now: datetime) -> None:
    read(now, *A_WEEK)
    assert people() == {
        ("Maya Okafor", (MAYA,)),
        ("Priya Raman", (PRIYA,)),
        ("Kenji Mori", (KENJI,)),
        ("Dana Levy", (DANA,)),
        ("Kim", ("kim@solace.example",)),
    }
    assert threads() == {
        frozenset({"hello", "hello-back"}),
        frozenset({"all", "all-back", "late-back", "later-back", "short-refs"}),
        frozenset({"to-list", "from-sent", "list-back"}),
        frozenset({"offer"}),
    }
    assert ("list-back", "Priya Raman", "answered") in parts()
    assert ("from-sent", "Priya Raman", "answered") in parts()
    assert not {one for one in parts() if one[0] == "offer"}
    assert ("plans", False, True, "", 2) in flags()


def test_the_same_again_changes_nothing(maya: Viewer, now: datetime) -> None:
    first = read(now, *A_WEEK)
    before, said = counts(), (people(), parts(), flags(), threads())
    PairChange.objects.all().delete()
    assert read(now, *A_WEEK) == first
    assert counts() == before
    assert (people(), parts(), flags(), threads()) == said
    assert not PairChange.objects.exists()


def test_robots_make_nobody(maya: Viewer, now: datetime) -> None:
    read(now, mail("ticket", "no-reply@shop.example", [MAYA, "kim@solace.example"], automatic="no-reply"))
    assert people() == {("Maya Okafor", (MAYA,))}
    assert flags() == {("ticket", False, False, "", 3)}


def test_a_crowd_is_on_the_timeline_and_no_contact(maya: Viewer, now: datetime) -> None:
    guests = [f"guest{n}@party.example" for n in range(11)]
    read(now, mail("ten", MAYA, guests[:10]), mail("eleven", MAYA, guests))
    assert dict(Interaction.objects.values_list("title", "is_contact")) == {"ten": True, "eleven": False}
    assert Participant.objects.filter(interaction__title="eleven").count() == 12


def test_a_meeting_called_off_is_no_contact(maya: Viewer, now: datetime) -> None:
    read(now, meeting("walk", MAYA, PRIYA), meeting("walk", MAYA, PRIYA, cancelled=True))
    walk = Interaction.objects.get()
    assert (walk.is_cancelled, walk.is_contact) == (True, False)


def test_a_meeting_called_off_later_is_looked_at_again(maya: Viewer, now: datetime) -> None:
    read(now, meeting("walk", MAYA, PRIYA))
    PairChange.objects.all().delete()
    read(now, meeting("walk", MAYA, PRIYA, cancelled=True))
    walk = Interaction.objects.get()
    assert (walk.is_cancelled, walk.is_contact) == (True, False)
    assert PairChange.objects.exists()


def test_a_calendar_is_its_owners_and_a_second_one_adds_its_own(maya: Viewer, now: datetime) -> None:
    read(now, meeting("walk", PRIYA), belonging=Belonging(None, None, None, (maya.person_id,)))
    assert parts() == {("walk", "Priya Raman", "attendee"), ("walk", "Maya Okafor", "attendee")}


def test_names_from_better_sources_win(maya: Viewer, now: datetime) -> None:
    read(now, mail("one", MAYA, ["p.raman@solace.example"], names={}))
    assert Person.objects.get(is_home=False).name == "P Raman"
    read(now, mail("two", "p.raman@solace.example", [MAYA], names={"p.raman@solace.example": '"Raman, Priya"'}))
    assert Person.objects.get(is_home=False).name == "Priya Raman"
    read(now, mail("three", MAYA, ["p.raman@solace.example"], names={}))
    assert Person.objects.get(is_home=False).name == "Priya Raman"


def test_a_list_taken_for_a_person_is_nobody_once_it_shows(maya: Viewer, now: datetime) -> None:
    read(now, mail("sent", MAYA, [LIST, PRIYA]))
    assert LIST in {address for _name, addresses in people() for address in addresses}
    read(now, mail("through", KENJI, through=LIST))
    assert LIST not in {address for _name, addresses in people() for address in addresses}
    assert ("sent", True, False, LIST, 2) in flags()


def test_threads_of_many_batches_are_named_so_that_they_are_found_again(maya: Viewer, now: datetime) -> None:
    chain = [mail("a", MAYA, [PRIYA])]
    for before, key in zip("abcdef", "bcdefg", strict=True):
        chain.append(mail(key, PRIYA, [MAYA], hour=ord(key), answers=before))
    for one in (chain[6], chain[4], chain[2], chain[0], chain[5], chain[1], chain[3]):
        read(now, one)
    assert threads() == {frozenset("abcdefg")}
    assert Thread.objects.get().subject == "a"


def test_words_that_are_no_ids_tie_nothing_together(maya: Viewer, now: datetime) -> None:
    from dataclasses import replace

    read(now, *(replace(mail(key, PRIYA, [MAYA]), in_reply_to="Your") for key in ("one", "two")))
    assert len(threads()) == 2


def test_a_batch_costs_the_same_however_large(maya: Viewer, now: datetime, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    many = [mail(f"m{n}", f"w{n}@many.example", [MAYA], hour=n) for n in range(60)]
    with django_assert_max_num_queries(45):
        read(now, *many)
    with django_assert_max_num_queries(20):
        read(now, *many)
    assert connection.in_atomic_block
