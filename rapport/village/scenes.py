"""What has just happened, so that a day has something to care for: questions, silences, a birthday, first meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from rapport.village.cast import Cast, Tie
from rapport.village.colleagues import BY_KEY, COLLEAGUES
from rapport.village.conversing import Said, bank_between, moments_of, working_day_before, write_out
from rapport.village.gatherings import Gathering, first_meeting
from rapport.village.letters import Letter
from rapport.village.rhythms import Rhythm
from rapport.village.talk import BANKS
from rapport.village.values import Colleague, Scene

_TOLD = (
    (
        "priya",
        1,
        False,
        "Two-site rota",
        (
            "Leeds opens on the first, with two new receptionists and no night cover yet. Could you send me the two-site rota "
            "before our call, so I can print it for them?\n\nIf the first week goes quietly, I owe you a cake.",
        ),
    ),
    (
        "jonas",
        2,
        False,
        "Missed appointments, how others do it",
        (
            "We lose about nine appointments a week to people who don’t come. Do you know one or two practices who got that down "
            "and would talk to me for half an hour?\n\nIngrid is glad you two meet at last.",
        ),
    ),
    (
        "grace",
        41,
        False,
        "Funding talks",
        (
            "The funding talks run until the end of next month, so I’m mostly in the county hall. The volunteers’ rota runs by "
            "itself, the drivers’ list hangs in the kitchen.",
            "Thank you for the note. I’ll leave you in peace until they are done, and the coffee after that is on me.",
        ),
    ),
    (
        "dana",
        33,
        False,
        "Double bookings again",
        (
            "Two double bookings on Tuesday and one on Wednesday, all in chair 2. My front desk writes everything on paper now, "
            "as well as in Fernhill.",
            "That is our fault, not your front desk’s. Ali found the cause: chair 2 had two calendars. The repair goes out tonight "
            "at ten, and I’ll look at your diary myself tomorrow.",
        ),
    ),
    (
        "liat",
        1,
        True,
        "The guide in Hebrew",
        (
            "Here is the front desk guide in Hebrew, twelve pages. Tamar read it twice, and page 7 shows your waiting room.",
            "It arrived and it’s printed. תודה רבה לך ולתמר, the front desk reads it over tea.",
        ),
    ),
    (
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
_FIRST = (("maya", "ingrid", 3), ("sofia", "lucy", 2))


@dataclass(frozen=True, slots=True)
class Staged:
    """The cast with its silences laid out, what was written and met of late, and why each of it matters."""

    cast: Cast
    letters: tuple[Letter, ...]
    meetings: tuple[Gathering, ...]
    scenes: tuple[Scene, ...]


def stage(rng: Random, cast: Cast, dawn: datetime) -> Staged:
    """Lay out the last days before `dawn` for everyone at Fernhill."""
    asking = {c.key: ties[0] for c in COLLEAGUES if c.key != "maya" and (ties := _close_ties(cast, c))}
    silent = [ties[1] for c in COLLEAGUES if c.key != "maya" and len(ties := _close_ties(cast, c)) > 1]
    letters = [*_told(rng, cast, dawn), *_asked(rng, asking, dawn), *_moves(rng, cast, dawn)]
    meetings = [first_meeting(BY_KEY[o], cast.known_as(k), _back(BY_KEY[o], dawn, days)) for o, k, days in _FIRST]
    scenes = [
        *_maya_scenes(cast),
        *(_scene("question", tie) for tie in asking.values()),
        *(_scene("silence", t) for t in silent),
    ]
    quieted = tuple(_quieted(tie) if tie in silent else tie for tie in cast.ties)
    return Staged(replace(cast, ties=quieted), tuple(letters), tuple(meetings), tuple(scenes))


def _close_ties(cast: Cast, colleague: Colleague) -> list[Tie]:
    return [
        tie
        for tie in cast.ties
        if tie.colleague is colleague
        and tie.rhythm.shape == "steady"
        and tie.rhythm.gap <= 45
        and tie.rhythm.quiet <= tie.rhythm.gap
        and tie.rhythm.started > 10 * tie.rhythm.gap
    ]


def _quieted(tie: Tie) -> Tie:
    return replace(tie, rhythm=replace(tie.rhythm, quiet=int(2.4 * tie.rhythm.gap) + 8))


def _told(rng: Random, cast: Cast, dawn: datetime) -> Iterator[Letter]:
    maya = BY_KEY["maya"]
    for key, days, ours_first, subject, turns in _TOLD:
        tie = Tie(maya, cast.known_as(key), Rhythm(10, 30))
        day = _back(maya, dawn, days) if days < 10 else working_day_before(maya, (dawn - timedelta(days=days)).date())
        moments = moments_of(rng, maya, day, len(turns), dawn)
        yield from write_out(rng, tie, Said(subject, turns, ours_first), moments, BANKS["en"])


def _asked(rng: Random, asking: dict[str, Tie], dawn: datetime) -> Iterator[Letter]:
    """One question for each of the others, still open."""
    for number, tie in enumerate(asking.values()):
        bank = bank_between(tie)
        place = tie.villager.posts[-1].organization
        topics = [
            t
            for t in bank.topics_for(place.trade if place else "clinic", ours=False)
            if any(m in t.turns[0] for m in "?？؟")
        ]
        topic = rng.choice(topics)
        slots = {"day": bank.days[0], "n": "6", "time": "11:30", "room": bank.rooms[0], "place": "York"}
        said = Said(topic.subject.format(**slots), (topic.turns[0].format(**slots),), False)
        day = _back(tie.colleague, dawn, 1 + number % 3)
        yield from write_out(rng, tie, said, moments_of(rng, tie.colleague, day, 1, dawn), bank)


def _moves(rng: Random, cast: Cast, dawn: datetime) -> Iterator[Letter]:
    """Who changes employer says so twice: from the old desk, and from the new one."""
    for tie in cast.ties:
        if len(tie.villager.posts) < 2 or tie.rhythm.shape == "unanswered":
            continue
        old, new = tie.villager.posts[-2:]
        ago = (dawn.date() - new.since).days
        if (
            old.organization is None
            or new.organization is None
            or not tie.rhythm.quiet - 5 <= ago < tie.rhythm.started - 20
        ):
            continue
        bank = bank_between(tie)
        names = {
            "old": old.organization.name,
            "new": new.organization.name,
            "address": new.address,
            "day": rng.choice(bank.days),
        }
        for (subject, words), day in (
            (bank.leaving, new.since - timedelta(days=5)),
            (bank.arrived, new.since + timedelta(days=1)),
        ):
            said = Said(subject.format(**names), (words.format(**names),), False)
            yield from write_out(rng, tie, said, moments_of(rng, tie.colleague, day, 1, dawn), bank)


def _maya_scenes(cast: Cast) -> Iterator[Scene]:
    reasons = (
        ("question", "priya"),
        ("question", "jonas"),
        ("silence", "grace"),
        ("silence", "dana"),
        ("birthday", "amina"),
    )
    for kind, key in reasons:
        yield Scene(kind, BY_KEY["maya"].email, cast.known_as(key).posts[-1].address)
    for owner, key, _ in _FIRST:
        yield Scene("first", BY_KEY[owner].email, cast.known_as(key).posts[-1].address)


def _scene(kind: str, tie: Tie) -> Scene:
    return Scene(kind, tie.colleague.email, tie.villager.posts[-1].address)


def _back(colleague: Colleague, dawn: datetime, days: int) -> date:
    """The day that lies so many of the colleague's working days before `dawn`."""
    day = dawn.date()
    for _ in range(days):
        day = working_day_before(colleague, day - timedelta(days=1))
    return day
