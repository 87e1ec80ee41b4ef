"""Meetings and calls: between a colleague and a villager, among the team, and the weekly ones that repeat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from rapport.village.cast import Cast, Tie, Villager
from rapport.village.colleagues import BY_KEY, COLLEAGUES, HOME_DOMAIN
from rapport.village.conversing import working_day_before
from rapport.village.letters import Seat, letter_id, seat_of, seat_on
from rapport.village.values import Colleague


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone invited; `response` is ACCEPTED, DECLINED, TENTATIVE or NEEDS-ACTION."""

    seat: Seat
    response: str = "ACCEPTED"


@dataclass(frozen=True, slots=True)
class Gathering:
    """One entry in the calendar. `rule` repeats it, but for what is `left_out` or `moved`; `phone` may be unknown."""

    uid: str
    start: datetime
    minutes: int
    host: Colleague
    guests: tuple[Guest, ...]
    summary: str
    location: str = ""
    description: str = ""
    phone: str = ""
    call: bool = False
    cancelled: bool = False
    all_day: bool = False
    rule: str = ""
    left_out: tuple[datetime, ...] = ()
    moved: tuple[tuple[datetime, datetime], ...] = ()


_ABOUT = (
    ("Rota review", "Last month’s swaps, and what the night team asked for."),
    ("Look at the first week", "What went well, what went twice."),
    ("Plan for the second site", "Rooms, roles, and who prints."),
    ("Waiting list", "Half an hour with the screen, nothing to prepare."),
    ("Yearly review", "What you use, what you don’t, what it costs."),
    ("Front desk visit", "I sit and watch for an hour."),
)


def meet(rng: Random, tie: Tie, day: date, *, certain: bool) -> Gathering:
    """A call or a meeting of the two that day; unless `certain`, one in fourteen is called off or declined."""
    at = _working_hour(rng, tie.colleague, day)
    guest = seat_on(tie.villager, at)
    fate = 1.0 if certain else rng.random()
    response = "DECLINED" if 0.04 < fate < 0.07 else "ACCEPTED"
    uid = letter_id(HOME_DOMAIN, tie.colleague.key, tie.villager.key, at.isoformat())[1:-1]
    if certain or rng.random() < 0.55:
        minutes = rng.choice((5, 10, 10, 15, 20, 25, 40))
        return _call(uid, tie, at, minutes, Guest(guest, response), cancelled=fate < 0.04)
    about, description = rng.choice(_ABOUT)
    place = tie.villager.post_on(day).organization
    where = f"{place.name}, {place.town}" if place and rng.random() < 0.4 else f"https://meet.{HOME_DOMAIN}/{uid[:8]}"
    summary = f"{about}: {place.name}" if place else f"{about}: {tie.villager.name.full}"
    minutes = rng.choice((25, 30, 45, 60))
    return Gathering(
        uid, at, minutes, tie.colleague, (Guest(guest, response),), summary, where, description, cancelled=fate < 0.04
    )


def first_meeting(host: Colleague, villager: Villager, day: date) -> Gathering:
    """The two meet for the first time that day at ten."""
    at = datetime.combine(day, time(10), ZoneInfo(host.time_zone))
    uid = letter_id(HOME_DOMAIN, "first", host.key, villager.key)[1:-1]
    summary = f"First meeting with {villager.name.full}"
    where = f"https://meet.{HOME_DOMAIN}/{uid[:8]}"
    return Gathering(
        uid, at, 45, host, (Guest(seat_on(villager, at)),), summary, where, "What her team does by hand today."
    )


def planned(cast: Cast, dawn: datetime) -> Iterator[Gathering]:
    """What stands in the calendar for the coming days."""
    zone = ZoneInfo(BY_KEY["maya"].time_zone)
    for key, days, hour, minutes in (("priya", 0, 14, 30), ("kenji", 3, 10, 45), ("sam", 6, 15, 30)):
        at = datetime.combine(dawn.date() + timedelta(days=days), time(hour), zone)
        villager = cast.known_as(key)
        uid = letter_id(HOME_DOMAIN, "planned", key)[1:-1]
        guest = Guest(seat_on(villager, at), "NEEDS-ACTION")
        yield Gathering(
            uid,
            at,
            minutes,
            BY_KEY["maya"],
            (guest,),
            f"Talk with {villager.name.full}",
            f"https://meet.{HOME_DOMAIN}/{key}",
        )


def team_gatherings(dawn: datetime) -> Iterator[Gathering]:
    """Weekly and fortnightly talks that repeat, with weeks left out and moved, and whole days spent together."""
    team = tuple(COLLEAGUES)
    yield _repeated("Monday round", team, 300, dawn, 0, time(9, 30), 20, "FREQ=WEEKLY;BYDAY=MO", skip=4)
    for one, other, since, weekday, rule in (
        ("maya", "ali", 360, 2, "FREQ=WEEKLY;BYDAY=WE"),
        ("maya", "sofia", 700, 3, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("jude", "maya", 420, 1, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ):
        pair = (BY_KEY[one], BY_KEY[other])
        name = f"{pair[0].given} and {pair[1].given}"
        yield _repeated(name, pair, since, dawn, weekday, time(11), 30, rule, skip=3)
    for number, ago in enumerate((1200, 830, 465, 100)):
        at = datetime.combine((dawn - timedelta(days=ago)).date(), time(), dawn.tzinfo)
        there = tuple(Guest(seat_of(c)) for c in team[1:] if c.joined_days_ago > ago)
        yield Gathering(f"team-day-{number}@{HOME_DOMAIN}", at, 1440, team[0], there, "Team day", "Bath", all_day=True)


def _call(uid: str, tie: Tie, at: datetime, minutes: int, guest: Guest, *, cancelled: bool) -> Gathering:
    return Gathering(
        uid,
        at,
        minutes,
        tie.colleague,
        (guest,),
        f"Call with {guest.seat.name}",
        phone=tie.villager.phone,
        call=True,
        cancelled=cancelled,
    )


def _repeated(
    name: str,
    people: tuple[Colleague, ...],
    since: int,
    dawn: datetime,
    weekday: int,
    clock: time,
    minutes: int,
    rule: str,
    *,
    skip: int,
) -> Gathering:
    """A talk that repeats from `since` days ago on; number `skip` is left out, the one after is moved by a day."""
    host = people[0]
    zone = ZoneInfo(host.time_zone)
    first = (dawn - timedelta(days=since)).date()
    first += timedelta(days=(weekday - first.weekday()) % 7)
    every = timedelta(days=14 if "INTERVAL=2" in rule else 7)

    def nth(number: int) -> datetime:
        return datetime.combine(first + every * number, clock, zone)

    return Gathering(
        uid=letter_id(HOME_DOMAIN, "repeated", name)[1:-1],
        start=nth(0),
        minutes=minutes,
        host=host,
        guests=tuple(Guest(seat_of(c)) for c in people[1:]),
        summary=name,
        location=f"https://meet.{HOME_DOMAIN}/{name.split()[0].lower()}",
        rule=rule,
        left_out=(nth(skip), nth(skip * 3)),
        moved=((nth(skip + 1), nth(skip + 1) + timedelta(days=1, hours=2)),),
    )


def _working_hour(rng: Random, colleague: Colleague, day: date) -> datetime:
    clock = time(rng.randint(9, 15), rng.choice((0, 0, 15, 30)))
    return datetime.combine(working_day_before(colleague, day), clock, ZoneInfo(colleague.time_zone))
