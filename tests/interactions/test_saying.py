"""A sentence about what happened is understood, in four languages, and nothing is guessed silently."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.interactions.saying import Candidate, Understood, answered, meant_by, resolve, settle, understand
from rapport.interactions.saying.nearness import slips
from rapport.interactions.saying.wording import said_in

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 9, 18, tzinfo=LONDON)  # a Tuesday

PRIYA = Candidate(UUID(int=1), "Priya Raman", "Northwind Clinics", 78)
DANA = Candidate(UUID(int=2), "Dana Whitfield", "Brightside", 60)
WEI = Candidate(UUID(int=3), "Wei Chen", "Solace Ltd", 40)
OTHER_WEI = Candidate(UUID(int=4), "Wei Zhang", "Northwind Clinics", 50)
JONAS = Candidate(UUID(int=5), "Jonas Lindqvist", "", 30)
AMINA = Candidate(UUID(int=6), "Amina Yusuf", "", 30)
TOMAS = Candidate(UUID(int=7), "Tomás Herrera", "", 20)
CAST = [PRIYA, DANA, WEI, OTHER_WEI, JONAS, AMINA, TOMAS]


def understood(text: str) -> Understood:
    """What the sentence says on this Tuesday morning in London."""
    return understand(text, NOW, LONDON)


@pytest.mark.parametrize(
    ("text", "kind", "direction", "name", "days_ago", "minutes", "note"),
    [
        ("called priya 10 min, rota works", "call", "by_us", "priya", 0, 10, "rota works"),
        ("Priya rang me yesterday", "call", "by_them", "Priya", 1, None, ""),
        ("coffee with dana tuesday 30m", "meeting", "both", "dana", 0, 30, ""),
        ("coffee with dana last tuesday 2 hours", "meeting", "both", "dana", 7, 120, ""),
        ("met wei chen at solace 2026-11-19", "meeting", "both", "wei chen", 5, None, ""),
        ("mailed dana about the invoice", "mail", "by_us", "dana", 0, None, "about the invoice"),
        ("emailed Dana yesterday at 3pm: sent the deck", "mail", "by_us", "Dana", 1, None, "sent the deck"),
        ("got an email from Dana", "mail", "by_them", "Dana", 0, None, ""),
        ("Dana replied yesterday", "mail", "by_them", "Dana", 1, None, ""),
        ("visited wei on 3 nov", "visit", "by_us", "wei", 21, None, ""),
        ("visit from Dana last friday", "visit", "by_them", "Dana", 4, None, ""),
        ("sent a card to Amina", "card", "by_us", "Amina", 0, None, ""),
        ("sent Amina a birthday card", "card", "by_us", "Amina", 0, None, ""),
        ("gift for Amina", "gift", "by_us", "Amina", 0, None, ""),
        ("texted jonas", "chat", "by_us", "jonas", 0, None, ""),
        ("talked to Wei half an hour. He wants the demo", "call", "both", "Wei", 0, 30, "He wants the demo"),
        ("mit Priya telefoniert, 10 min", "call", "both", "Priya", 0, 10, ""),
        ("gestern Kaffee mit Jonas", "meeting", "both", "Jonas", 1, None, ""),
        ("Jonas hat mich angerufen, will eine Demo", "call", "by_them", "Jonas", 0, None, "will eine Demo"),
        ("habe gestern Jonas angerufen, halbe Stunde", "call", "by_us", "Jonas", 1, 30, ""),
        ("Karte von Jonas bekommen", "card", "by_them", "Jonas", 0, None, ""),
        ("vor drei Tagen Treffen mit Jonas, 1,5 Std", "meeting", "both", "Jonas", 3, 90, ""),
        ("19.11. Mittagessen mit Jonas", "meeting", "both", "Jonas", 5, None, ""),
        ("appelé Amina hier", "call", "by_us", "Amina", 1, None, ""),
        ("Amina m'a appelé ce matin", "call", "by_them", "Amina", 0, None, ""),
        ("J'ai déjeuné avec Amina vendredi, 1h30", "meeting", "both", "Amina", 4, 90, ""),
        ("comí con Tomás el martes", "meeting", "both", "Tomás", 0, None, ""),
        ("llamé a Tomás 5 minutos", "call", "by_us", "Tomás", 0, 5, ""),
        ("Tomás me llamó ayer, quiere más", "call", "by_them", "Tomás", 1, None, "quiere más"),
        ("yesterday, coffee with Dana, 30 min, she moves in May", "meeting", "both", "Dana", 1, 30, "she moves in May"),
    ],
)
def test_what_when_with_whom_and_who_began(
    text: str, kind: str, direction: str, name: str, days_ago: int, minutes: int | None, note: str
) -> None:
    read = understood(text)
    assert (read.kind, read.direction, [guess.words for guess in read.names]) == (kind, direction, [name])
    assert (NOW.date() - read.at.date()).days == days_ago
    assert (read.minutes, read.note, read.is_plan) == (minutes, note, False)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("called dana", "2026-11-24T09:18"),
        ("called dana yesterday", "2026-11-23T12:00"),
        ("called dana yesterday at 14:30", "2026-11-23T14:30"),
        ("called dana this morning", "2026-11-24T09:00"),
        ("gestern um 15 Uhr mit Dana telefoniert", "2026-11-23T15:00"),
        ("3 dec lunch with dana", "2025-12-03T12:00"),  # a day without its year has passed
        ("lunch with dana 03/11/2026", "2026-11-03T12:00"),
    ],
)
def test_the_hour_where_it_is_said(text: str, at: str) -> None:
    assert understood(text).at == datetime.fromisoformat(at).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    "text",
    ["lunch with dana tomorrow", "met Dana at 16:00", "will call dana on friday", "Kaffee mit Dana nächste Woche",
     "met dana 2026-12-01", "déjeuner avec Amina demain"],
)  # fmt: skip
def test_what_is_still_to_come_is_a_plan(text: str) -> None:
    assert understood(text).is_plan


def test_what_was_said_about_the_future_is_no_plan() -> None:
    read = understood("called priya 10 min, rota works, she'll introduce me to elena next week")
    assert not read.is_plan
    assert read.note == "rota works, she'll introduce me to elena next week"


def test_a_sentence_that_does_not_say_how_is_a_note() -> None:
    read = understood("Priya prefers mornings")
    assert (read.kind, read.kind_was_said, read.note) == ("note", False, "Priya prefers mornings")
    assert settle(read, CAST).people == (PRIYA.id,)
    assert understood("note: Dana likes oat milk").note == "Dana likes oat milk"


def test_what_is_given_beside_the_words_wins() -> None:
    at = NOW - timedelta(days=2)
    read = understand("called priya 10 min tomorrow", NOW, LONDON, kind="visit", minutes=25, at=at)
    assert (read.kind, read.minutes, read.at, read.is_plan) == ("visit", 25, at, False)


def test_several_people_in_one_sentence() -> None:
    settled = settle(understood("met dana, jonas and wei chen for lunch"), CAST)
    assert settled.people == (DANA.id, JONAS.id, WEI.id)
    assert settled.understood.note == "for lunch"
    assert not settled.unclear


def test_words_after_a_name_are_the_note() -> None:
    settled = settle(understood("called dana rota works"), CAST)
    assert settled.people == (DANA.id,)
    assert settled.understood.note == "rota works"


def test_two_of_a_name_are_asked_about_strongest_first() -> None:
    settled = settle(understood("called wei"), CAST)
    assert [one.choices for one in settled.meant] == [(OTHER_WEI, WEI)]
    assert settled.people == ()
    assert settled.unclear == settled.meant


def test_where_they_work_tells_two_of_a_name_apart() -> None:
    settled = settle(understood("met wei at solace"), CAST)
    assert settled.people == (WEI.id,)
    assert settled.understood.note == ""


@pytest.mark.parametrize(
    ("words", "who", "certainty"),
    [
        ("priya raman", PRIYA, "sure"),
        ("Raman", PRIYA, "sure"),
        ("tomas", TOMAS, "sure"),
        ("d. whitfield", DANA, "sure"),
        ("lindq", JONAS, "sure"),
        ("Pryia", PRIYA, "slip"),
        ("dna whitfeild", DANA, "slip"),
        ("Marguerite", None, "unknown"),
    ],
)
def test_a_name_is_found_as_people_write_it(words: str, who: Candidate | None, certainty: str) -> None:
    meant = resolve(words, CAST)
    assert meant.certainty == certainty
    assert meant.person_id == (who.id if who else None)


def test_a_stranger_is_said_to_be_one() -> None:
    settled = settle(understood("called Marguerite"), CAST)
    assert [(one.words, one.certainty) for one in settled.meant] == [("Marguerite", "unknown")]
    assert settled.unclear == settled.meant


def test_chips_say_what_was_understood() -> None:
    said = said_in(understood("called priya 10 min, rota works"), NOW, LONDON)
    assert [(one.name, one.value, one.label) for one in said] == [
        ("kind", "call", "Call"), ("minutes", "10", "10 min"), ("at", "2026-11-24T09:18", "today")
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    read = understood(text)
    assert read.at <= NOW or read.is_plan
    assert len(settle(read, CAST).people) <= len(CAST)


words = st.text("abcdé", max_size=8)


@given(words, words)
def test_slips_are_counted_the_same_both_ways(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)


def test_who_is_not_known_is_asked_or_stays_in_the_note() -> None:
    settled = settle(understood("lunch with Dana and Xyzzy, rota works"), CAST)
    assert [one.words for one in settled.unclear] == ["Xyzzy"]
    left = answered(settled, {"Xyzzy": None})
    assert (left.unclear, left.people, left.understood.note) == ((), (DANA.id,), "(Xyzzy) rota works")
    is_wei = answered(settled, {"Xyzzy": WEI.id})
    assert (is_wei.unclear, is_wei.people, is_wei.understood.note) == ((), (DANA.id, WEI.id), "rota works")


def test_said_with_whom_it_was_no_other_name_is_lost() -> None:
    settled = settle(understood("lunch with wei and Dana and Xyzzy, rota works"), CAST)
    told = meant_by(settled, [OTHER_WEI.id])
    assert (told.unclear, told.people) == ((), (OTHER_WEI.id,))
    assert told.understood.note == "(Dana, Xyzzy) rota works"


def test_whom_it_is_about_anyway_is_no_name() -> None:
    assert understood("called her, rota works").names == ()
    assert understood("ihn angerufen, 5 min").names == ()
