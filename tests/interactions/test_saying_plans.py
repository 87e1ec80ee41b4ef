"""Only a future day said of the talk itself makes it a plan; what was talked about may well be to come."""

from __future__ import annotations

import pytest

from .test_saying import NOW, understood


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("had a call with dana about the visit next week", "about the visit next week"),
        ("called dana about the visit tomorrow", "about the visit tomorrow"),
        ("met dana re the launch on 2026-12-01", "re the launch on 2026-12-01"),
        ("coffee with dana about the visit next week", "about the visit next week"),
        ("had a call with dana about the meeting at 16:00", "about the meeting at 16:00"),
        ("called dana and will call again next week", "will call again next week"),
        ("mit dana telefoniert wegen dem Besuch nächste Woche", "wegen dem Besuch nächste Woche"),
        ("hatte ein Gespräch mit dana über den Besuch übermorgen", "über den Besuch übermorgen"),
        ("j'ai appelé dana au sujet de la visite la semaine prochaine", "au sujet de la visite la semaine prochaine"),
        ("parlé avec dana de la visite la semaine prochaine", "visite la semaine prochaine"),
        ("hablé con dana sobre la visita la semana que viene", "sobre la visita la semana que viene"),
        ("llamé a dana sobre la visita mañana", "sobre la visita mañana"),
    ],
)
def test_a_talk_of_the_future_has_happened(text: str, note: str) -> None:
    read = understood(text)
    assert (read.is_plan, [guess.words for guess in read.names], read.at, read.note) == (False, ["dana"], NOW, note)


@pytest.mark.parametrize(
    ("text", "days_ago"),
    [
        ("coffee with dana yesterday about the plan for 2026-12-01", 1),
        ("called dana yesterday about the launch on 2026-12-01", 1),
        ("called dana about the invoice yesterday", 1),
        ("vorgestern mit dana telefoniert wegen nächster Woche", 2),
    ],
)
def test_the_day_of_the_talk_is_told_from_that_of_its_topic(text: str, days_ago: int) -> None:
    read = understood(text)
    assert (read.is_plan, (NOW.date() - read.at.date()).days) == (False, days_ago)


@pytest.mark.parametrize(
    "text",
    [
        "call dana next week", "call dana about the visit next week", "will meet dana on friday", "I'll call dana",
        "will call dana", "going to visit dana", "let's have lunch with dana", "meeting with dana tomorrow",
        "coffee with dana next week about the visit", "have lunch with dana tomorrow",
        "dana morgen anrufen", "rufe dana morgen an", "werde dana nächste Woche treffen", "Treffen mit Dana morgen",
        "ich werde dana treffen",
        "appeler dana demain", "je vais appeler dana", "je verrai dana vendredi", "réunion avec dana lundi prochain",
        "llamar a dana mañana", "voy a llamar a dana", "llamaré a dana", "reunión con dana la semana que viene",
    ],
)  # fmt: skip
def test_a_bare_plan_is_refused(text: str) -> None:
    assert understood(text).is_plan


@pytest.mark.parametrize(
    "text",
    ["dana moves next week", "dana wants to meet next week", "dana zieht nächste Woche um", "dana part demain",
     "dana viaja mañana"],
)  # fmt: skip
def test_what_somebody_else_will_do_is_a_note(text: str) -> None:
    read = understood(text)
    assert (read.kind, read.is_plan) == ("note", False)
