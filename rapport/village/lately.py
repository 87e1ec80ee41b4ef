"""The last talks Maya had with some of them, word for word."""

# ruff: noqa: E501 - a sentence stays whole on one line, so that it can be searched for

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said in turn; under ten, `days_ago` counts Maya's working days."""

    key: str
    days_ago: int
    ours_first: bool
    subject: str
    turns: tuple[str, ...]


LATELY = (
    Talk(
        "priya",
        1,
        False,
        "Two-site rota",
        (
            "Leeds opens on the first, with two new receptionists and no night cover yet. Could you send me the two-site rota before our call, so I can print it for them?\n\nIf the first week goes quietly, I owe you a cake.",
        ),
    ),
    Talk(
        "jonas",
        2,
        False,
        "Missed appointments, how others do it",
        (
            "We lose about nine appointments a week to people who don’t come. Do you know one or two practices who got that down and would talk to me for half an hour?\n\nIngrid is glad you two meet at last.",
        ),
    ),
    Talk(
        "grace",
        41,
        False,
        "Funding talks",
        (
            "The funding talks run until the end of next month, so I’m mostly in the county hall. The volunteers’ rota runs by itself, the drivers’ list hangs in the kitchen.",
            "Thank you for the note. I’ll leave you in peace until they are done, and the coffee after that is on me.",
        ),
    ),
    Talk(
        "dana",
        39,
        False,
        "Double bookings again",
        (
            "Two double bookings on Tuesday and one on Wednesday, all in chair 2. My front desk writes everything on paper now, as well as in Fernhill.",
            "That is our fault, not your front desk’s. Ali found the cause: chair 2 had two calendars. The repair goes out tonight at ten, and I’ll look at your diary myself tomorrow.",
        ),
    ),
    Talk(
        "liat",
        1,
        True,
        "The guide in Hebrew",
        (
            "Here is the front desk guide in Hebrew, twelve pages. Tamar read it twice, and page 7 shows your waiting room.",
            "It arrived and it’s printed. תודה רבה לך ולתמר, the front desk reads it over tea.",
        ),
    ),
    Talk(
        "rosa",
        3,
        True,
        "Your colours went live",
        (
            "Coloured rooms went live on Friday. The idea came from your desk, and your name is on the release note.",
            "I showed it to everyone at handover. Green for the garden room, as it should be.",
        ),
    ),
)
