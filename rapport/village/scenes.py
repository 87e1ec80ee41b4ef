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
from rapport.village.lately import LATELY
from rapport.village.letters import Letter
from rapport.village.rhythms import Rhythm
from rapport.village.talk import BANKS
from rapport.village.values import Colleague, Scene

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
    asked = tuple(asking.values())
    laid_out = tuple(_at_least_quiet(t, 7) if t in asked else _quieted(t) if t in silent else t for t in cast.ties)
    return Staged(replace(cast, ties=laid_out), tuple(letters), tuple(meetings), tuple(scenes))


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
    return _at_least_quiet(tie, int(2.4 * tie.rhythm.gap) + 8)


def _at_least_quiet(tie: Tie, days: int) -> Tie:
    return replace(tie, rhythm=replace(tie.rhythm, quiet=max(days, tie.rhythm.quiet)))


def _told(rng: Random, cast: Cast, dawn: datetime) -> Iterator[Letter]:
    maya = BY_KEY["maya"]
    for talk in LATELY:
        tie = Tie(maya, cast.known_as(talk.key), Rhythm(10, 30))
        month_ago = working_day_before(maya, (dawn - timedelta(days=talk.days_ago)).date())
        day = _back(maya, dawn, talk.days_ago) if talk.days_ago < 10 else month_ago
        moments = moments_of(rng, maya, day, len(talk.turns), dawn)
        yield from write_out(rng, tie, Said(talk.subject, talk.turns, talk.ours_first), moments, BANKS["en"])


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
