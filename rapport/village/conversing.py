"""One talk between a colleague and a villager becomes the letters they wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from rapport.village.cast import Tie
from rapport.village.letters import (
    HOME_HAND,
    Letter,
    Seat,
    home_signature,
    letter_id,
    quote,
    seat_of,
    seat_on,
    signature_on,
)
from rapport.village.talk import BANKS
from rapport.village.talk.bank import Bank, Topic
from rapport.village.values import Colleague

_TOWNS = ("York", "Derby", "Bath", "Norwich", "Kendal", "Leith", "Ludlow")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in turn, who begins, and about what."""

    subject: str
    turns: tuple[str, ...]
    ours_first: bool
    enclosed: str = ""


def converse(rng: Random, tie: Tie, day: date, dawn: datetime, company: Seat | None = None) -> list[Letter]:
    """The letters of one talk that begins that day, all before `dawn`; `company` reads along in Cc."""
    bank = bank_between(tie)
    said = _choose_words(rng, tie, bank, day)
    return write_out(rng, tie, said, moments_of(rng, tie.colleague, day, len(said.turns), dawn), bank, company)


def bank_between(tie: Tie) -> Bank:
    """The language the two write: the villager's own if the colleague knows it, otherwise English."""
    return BANKS[tie.villager.language if tie.villager.language in tie.colleague.languages else "en"]


def write_out(
    rng: Random, tie: Tie, said: Said, moments: list[datetime], bank: Bank, company: Seat | None = None
) -> list[Letter]:
    """The letters for what was said, each answering the one before."""
    letters: list[Letter] = []
    for turn, (words, at) in enumerate(zip(said.turns, moments, strict=True)):
        letter = _one_letter(rng, tie, said, turn, words, at, bank)
        if company and turn == 0:
            letter = replace(letter, cc=(company,))
        letters.append(_in_answer(letter, letters, bank) if letters else letter)
    return letters


def moments_of(rng: Random, colleague: Colleague, day: date, count: int, dawn: datetime) -> list[datetime]:
    """When `count` turns are written from that day on: in working hours, mostly on one day, before `dawn`."""
    zone = ZoneInfo(colleague.time_zone)
    at = datetime.combine(
        day, time(rng.randint(8, 11 if count > 1 else 16), rng.randint(0, 59), rng.randint(0, 59)), zone
    )
    moments = [at]
    for _ in range(count - 1):
        later = moments[-1] + timedelta(minutes=rng.randint(9, 150))
        if later.hour >= 18 or rng.random() < 0.15:
            later = datetime.combine(
                _next_working_day(colleague, later.date()), time(rng.randint(8, 10), rng.randint(0, 59)), zone
            )
        moments.append(later)
    if moments[-1] >= dawn:
        step = (dawn - at) / (count + 1)
        moments = [(at + step * turn).replace(microsecond=0) for turn in range(count)]
    return moments


def working_day_before(colleague: Colleague, day: date) -> date:
    """That day, or the last one before it on which the colleague works."""
    while day.weekday() not in colleague.working_days:
        day -= timedelta(days=1)
    return day


def _next_working_day(colleague: Colleague, day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() not in colleague.working_days:
        day += timedelta(days=1)
    return day


def _choose_words(rng: Random, tie: Tie, bank: Bank, day: date) -> Said:
    place = tie.villager.post_on(day).organization
    ours = tie.rhythm.shape == "unanswered" or rng.random() >= tie.rhythm.theirs
    topic = rng.choice(bank.topics_for(place.trade if place else "clinic", ours=ours))
    slots = _slots(rng, bank)
    turns = topic.turns[:1] if tie.rhythm.shape == "unanswered" else _perhaps_shorter(rng, topic)
    filled = tuple(_with_aside(rng, bank, turn.format(**slots)) for turn in turns)
    return Said(topic.subject.format(**slots), filled, ours, topic.enclosed)


def _perhaps_shorter(rng: Random, topic: Topic) -> tuple[str, ...]:
    """Some leave out the closing thanks, but nobody is left with a question."""
    asks = any(mark in topic.turns[-2] for mark in "?？؟") if len(topic.turns) == 3 else True
    return topic.turns[:2] if not asks and rng.random() < 0.35 else topic.turns


def _with_aside(rng: Random, bank: Bank, words: str) -> str:
    if rng.random() > 0.3:
        return words
    return f"{words}\n\n{rng.choice(bank.asides).format(**_slots(rng, bank))}"


def _slots(rng: Random, bank: Bank) -> dict[str, str]:
    return {
        "day": rng.choice(bank.days),
        "n": str(rng.randint(4, 38)),
        "time": f"{rng.randint(8, 17)}:{rng.choice(('00', '15', '30', '45'))}",
        "room": rng.choice(bank.rooms),
        "place": rng.choice(_TOWNS),
    }


def _one_letter(rng: Random, tie: Tie, said: Said, turn: int, words: str, at: datetime, bank: Bank) -> Letter:
    home = said.ours_first == (turn % 2 == 0)
    villager, colleague = tie.villager, tie.colleague
    if not home:
        zone = _zone_of(tie, at)
        at = at.astimezone(zone)
    here, there = seat_of(colleague), seat_on(villager, at.astimezone(UTC))
    sender, to = (here, there) if home else (there, here)
    given = (colleague.given, villager.name.given) if home else (villager.name.given, colleague.given)
    return Letter(
        id=letter_id(sender.address.partition("@")[2], colleague.key, villager.key, said.subject, at.isoformat(), turn),
        at=at,
        sender=sender,
        to=(to,),
        subject=said.subject if turn == 0 else f"{_re(bank)}{said.subject}",
        words=_spoken(rng, bank, words, *given, brief=turn > 1),
        signature=home_signature(colleague) if home else signature_on(villager, at),
        hand=HOME_HAND if home else villager.hand,
        enclosed=_file_with(rng, said, turn),
    )


def _file_with(rng: Random, said: Said, turn: int) -> str:
    if turn == 1 and said.enclosed:
        return said.enclosed
    return rng.choice(("rota.csv", "notes.txt", "plan.png")) if turn == 0 and rng.random() < 0.03 else ""


def _zone_of(tie: Tie, at: datetime) -> ZoneInfo:
    place = tie.villager.post_on(at.date()).organization
    return ZoneInfo(place.time_zone if place else "Europe/London")


def _re(bank: Bank) -> str:
    return "AW: " if bank.language == "de" else "Re: "


def _spoken(rng: Random, bank: Bank, words: str, me: str, you: str, *, brief: bool) -> str:
    if brief and rng.random() < 0.5:
        return f"{words}\n\n{me}"
    return f"{rng.choice(bank.hellos).format(name=you)}\n\n{words}\n\n{rng.choice(bank.byes)}\n{me}"


def _in_answer(letter: Letter, earlier: list[Letter], bank: Bank) -> Letter:
    last = earlier[-1]
    heading = bank.quoting(last.sender.name, last.sender.address, last.at)
    return replace(
        letter,
        answers=tuple(one.id for one in earlier),
        quoted=quote(last, heading, letter.hand.quoting),
        cc=last.cc,
    )
