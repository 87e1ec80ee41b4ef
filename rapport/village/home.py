"""What the eight at Fernhill write to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random

from rapport.village.colleagues import COLLEAGUES, HOME_DOMAIN
from rapport.village.conversing import moments_of, working_day_before
from rapport.village.letters import Letter, home_signature, letter_id, quote, seat_of
from rapport.village.talk import BANKS
from rapport.village.values import Colleague

_BETWEEN_TWO = (
    (
        "Wording on the door list",
        "Could you read the door list once more before I send it? Two lines, at the top.",
        "Read. I took out “please” once, it was there twice.",
    ),
    (
        "Support on {day}",
        "Can you take support on {day} from two? I’m at the dentist, of all places.",
        "Yes, from two. I’ll put it in the calendar.",
    ),
    (
        "Northwind’s two sites",
        "For the two-site rota I need the room names at Leeds. Do you have them?",
        "Room 1 to 6, and the one they call the shed.",
    ),
    (
        "Draft of the guide",
        "The guide is in the shared folder, eleven pages. Could you check the page with the figures?",
        "Checked. One figure was from the year before, corrected.",
    ),
    (
        "Train to Manchester",
        "I go on {day} at 8:12 and there’s a seat beside mine. Shall I book it?",
        "Please book it. Window for you.",
    ),
    (
        "Screens for the waiting list",
        "Three versions of the waiting list are in the folder. Which one reads fastest to you?",
        "The second. The first hides the number I look for.",
    ),
    (
        "Contract for Palm",
        "Palm’s contract renews at the end of the month. Anything they asked for that should go in?",
        "The night rota for Loughborough, they asked in spring.",
    ),
)
_TO_ALL = (
    ("Tuesday cake", "There is plum cake in the kitchen, from the tree behind the bike shed."),
    ("Office closed between the years", "We close from the 24th to the 1st. Support mail is read once a day, at ten."),
    (
        "What customers said this month",
        "Nine notes this month, seven about the waiting list. I’ve put them on one page in the shared folder.",
    ),
    ("Fire drill", "The fire drill is tomorrow at eleven. It takes eight minutes if everyone leaves the kettle alone."),
)


def home_letters(rng: Random, dawn: datetime) -> Iterator[Letter]:
    """Pairs write every few weeks, and now and then someone writes to all who had joined by then."""
    for one, other in combinations(COLLEAGUES, 2):
        since = min(one.joined_days_ago, other.joined_days_ago) - 5
        for ago in range(since - rng.randint(0, 60), 1, -rng.randint(150, 260)):
            asks, answers = rng.sample((one, other), 2)
            yield from _pair(rng, asks, answers, _day(dawn, ago), dawn)
    for number, ago in enumerate(range(1400, 3, -95)):
        yield _to_all(rng, number, _day(dawn, ago), dawn)


def _day(dawn: datetime, ago: int) -> date:
    return (dawn - timedelta(days=ago)).date()


def _pair(rng: Random, asks: Colleague, answers: Colleague, day: date, dawn: datetime) -> Iterator[Letter]:
    subject, question, answer = rng.choice(_BETWEEN_TWO)
    weekday = rng.choice(BANKS["en"].days)
    subject, question = subject.format(day=weekday), question.format(day=weekday)
    first_at, second_at = moments_of(rng, asks, working_day_before(asks, day), 2, dawn)
    first = Letter(
        id=letter_id(HOME_DOMAIN, asks.key, answers.key, first_at.isoformat()),
        at=first_at,
        sender=seat_of(asks),
        to=(seat_of(answers),),
        subject=subject,
        words=f"{answers.given},\n\n{question}\n\n{asks.given}",
        signature=home_signature(asks),
    )
    yield first
    yield Letter(
        id=letter_id(HOME_DOMAIN, answers.key, asks.key, second_at.isoformat(), "answer"),
        at=second_at,
        sender=first.to[0],
        to=(first.sender,),
        subject=f"Re: {subject}",
        words=f"{answer}\n\n{answers.given}",
        signature=home_signature(answers),
        quoted=quote(first, BANKS["en"].quoting(asks.name, asks.email, first_at), "top"),
        answers=(first.id,),
    )


def _to_all(rng: Random, number: int, day: date, dawn: datetime) -> Letter:
    there = [c for c in COLLEAGUES if (dawn.date() - day).days < c.joined_days_ago]
    writer = rng.choice(there)
    subject, words = _TO_ALL[number % len(_TO_ALL)]
    (at,) = moments_of(rng, writer, working_day_before(writer, day), 1, dawn)
    return Letter(
        id=letter_id(HOME_DOMAIN, writer.key, "all", at.isoformat()),
        at=at,
        sender=seat_of(writer),
        to=tuple(seat_of(c) for c in there if c is not writer),
        subject=subject,
        words=f"Hello all,\n\n{words}\n\n{writer.given}",
        signature=home_signature(writer),
    )
