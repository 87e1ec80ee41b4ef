"""What somebody likes is no meeting, and a drink is one only in company: in four languages, both ways."""

from __future__ import annotations

import pytest

from rapport.interactions.saying import settle

from .test_saying import CAST, DANA, understood


@pytest.mark.parametrize(
    "text",
    [
        "dana likes tea", "dana loves coffee", "dana drinks coffee in the morning", "dana likes wine with dinner",
        "dana gave up coffee", "dana's favourite tea is Assam", "dana orders tea", "dana takes tea with milk",
        "dana, tea with milk", "tea for dana is Assam", "tea is what dana likes", "coffee order for dana: flat white",
        "dana likes flowers", "dana prefers mail to calls", "dana prefers to be called Dan", "dana has a new card",
        "dana is at a conference", "dana wants a call next week", "heard dana likes tea", "didn't call dana",
        "haven't met dana", "tried to call dana", "never had coffee with dana", "meeting room 3 is dana's favourite",
        "dana mag Tee", "dana trinkt gern Kaffee", "dana liebt Blumen", "Tee mag Dana lieber",
        "dana hat noch nie Sushi gegessen", "dana trinkt keinen Wein", "dana möchte einen Termin",
        "dana aime le café", "dana adore le thé", "dana boit du thé", "dana ne boit pas de vin", "le thé de dana",
        "dana prefiere el té", "a dana le gusta el café", "a dana no le gusta el vino", "dana quiere una reunión",
    ],
)  # fmt: skip
def test_a_fact_is_a_note(text: str) -> None:
    read = understood(text)
    assert (read.kind, read.is_plan, read.note) == ("note", False, text)


@pytest.mark.parametrize(
    "text",
    [
        "coffee with dana", "quick coffee with dana", "had tea with dana", "dana had coffee with me",
        "met for coffee with dana", "dinner dana yesterday", "coffee dana 30 min", "went for a walk with dana",
        "went out for dinner with dana", "out for drinks with dana", "took dana to lunch", "dana came over for tea",
        "lunch at noon with dana", "coffee and cake with dana", "first lunch with dana", "had a meeting with dana",
        "Kaffee mit Dana", "mit Dana Kaffee getrunken", "Kaffee getrunken mit Dana", "mit Dana gegessen",
        "zum Kaffee getroffen mit Dana", "Dana kam zum Kaffee", "Spaziergang mit Dana", "hatte einen Termin mit Dana",
        "café avec Dana", "pris un café avec Dana", "on a bu un verre avec Dana", "Dana est venue prendre un café",
        "déjeuner avec Dana hier", "thé avec Dana",
        "café con Dana", "tomé un café con Dana", "fui a tomar un café con Dana", "quedé con Dana para un café",
        "cena con Dana ayer", "té con Dana",
    ],
)  # fmt: skip
def test_a_drink_in_company_is_a_meeting(text: str) -> None:
    settled = settle(understood(text), CAST)
    assert settled.understood.kind == "meeting"
    assert settled.people == (DANA.id,)
    assert not settled.unclear


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        ("wrote dana an email", "mail", ""),
        ("sent dana the deck by email", "mail", "deck"),
        ("sent the deck to dana by email", "mail", "deck"),
        ("gave dana a call", "call", ""),
        ("dropped dana a text", "chat", ""),
        ("schrieb dana eine Mail", "mail", ""),
        ("habe dana einen Brief geschrieben", "letter", ""),
        ("écrit à dana un mail", "mail", ""),
        ("le escribí a dana un correo", "mail", ""),
        ("envié a dana flores", "gift", ""),
        ("met dana and the kids", "meeting", "kids"),
        ("weekly product call with dana", "call", "weekly product"),
    ],
)
def test_ordinary_words_are_no_names(text: str, kind: str, note: str) -> None:
    settled = settle(understood(text), CAST)
    assert (settled.understood.kind, settled.people, settled.understood.note) == (kind, (DANA.id,), note)
    assert not settled.unclear


def test_a_stranger_behind_an_article_is_asked_about_where_nobody_else_is_named() -> None:
    assert [one.certainty for one in settle(understood("coffee with the plumber"), CAST).meant] == ["unknown"]
