"""Raise the village: draw its people, let four years pass, and write down what each of them kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from rapport.village.calendar import write_calendar
from rapport.village.cards import write_cards
from rapport.village.cast import Cast, Tie, gather_cast
from rapport.village.colleagues import COLLEAGUES, HOME_DOMAIN, HOME_NAME
from rapport.village.conversing import converse, working_day_before
from rapport.village.crowd import crowd
from rapport.village.gatherings import Gathering, meet, planned, team_gatherings
from rapport.village.home import home_letters
from rapport.village.letters import Letter, Seat, seat_of
from rapport.village.mail import render, write_mailbox
from rapport.village.rhythms import beats
from rapport.village.scenes import stage
from rapport.village.told import facts, tags
from rapport.village.values import Village, VillageFile


def raise_village(folder: Path, now: datetime, seed: int = 7, scale: float = 1.0) -> Village:
    """Write the village's files into `folder`, the same bytes for the same seed, scale and day of `now` (aware).

    All mail lies in the four years before that day began; the calendar also holds what is planned.
    """
    dawn = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    staged = stage(_chance(seed, "stage"), gather_cast(_chance(seed, "cast"), dawn.date(), scale), dawn)
    cast = staged.cast
    letters, meetings = _years(seed, cast, dawn)
    letters += staged.letters
    letters += home_letters(_chance(seed, "home"), dawn)
    letters += crowd(_chance(seed, "crowd"), cast, dawn, letters)
    meetings += [*staged.meetings, *planned(cast, dawn), *team_gatherings(dawn)]
    folder.mkdir(parents=True, exist_ok=True)
    return Village(
        name=HOME_NAME,
        domain=HOME_DOMAIN,
        colleagues=COLLEAGUES,
        files=(*_write_mail(folder, letters), *_write_shared(folder, seed, cast, meetings, dawn)),
        facts=tuple(facts(cast)),
        tags=tuple(tags(cast)),
        portraits=_portraits(cast),
        scenes=staged.scenes,
    )


def _chance(seed: int, *told: object) -> Random:
    """A source of chance of its own for each part, so that a change in one leaves the others as they were."""
    return Random(":".join(map(str, (seed, *told))))  # noqa: S311 - a story, not a secret


def _years(seed: int, cast: Cast, dawn: datetime) -> tuple[list[Letter], list[Gathering]]:
    letters: list[Letter] = []
    meetings: list[Gathering] = []
    for tie in cast.ties:
        rng = _chance(seed, tie.colleague.key, tie.villager.key)
        days = beats(rng, tie.rhythm)
        for number, ago in enumerate(days):
            day = working_day_before(tie.colleague, (dawn - timedelta(days=ago)).date())
            if number < len(days) - 1 and _between_the_years(day):
                continue
            if rng.random() < tie.rhythm.talks:
                meetings.append(meet(rng, tie, day, certain=number == len(days) - 1))
            else:
                letters += converse(rng, tie, day, dawn, _company(rng, tie, ago))
    return letters, meetings


def _between_the_years(day: date) -> bool:
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def _company(rng: Random, tie: Tie, ago: int) -> Seat | None:
    """One talk in twelve has another colleague reading along, once that one has joined; Maya is left to her own."""
    others = [c for c in COLLEAGUES if c is not tie.colleague and c.key != "maya" and c.joined_days_ago > ago + 5]
    return seat_of(rng.choice(others)) if others and rng.random() < 0.08 else None


def _write_mail(folder: Path, letters: Iterable[Letter]) -> Iterable[VillageFile]:
    rendered = [(letter, render(letter)) for letter in sorted(letters, key=lambda one: (one.at, one.id))]
    for colleague in COLLEAGUES:
        path = folder / f"{colleague.key}.mbox"
        write_mailbox(path, (pair for pair in rendered if _kept_by(colleague.email, pair[0])))
        yield VillageFile(path, "mbox", colleague.email)


def _kept_by(address: str, letter: Letter) -> bool:
    """Whose mailbox has it: the sender's, the recipients', and for the list those of Maya and Sofia."""
    if any(seat.address.startswith("rota-makers@") for seat in letter.to):
        return address in (f"maya@{HOME_DOMAIN}", f"sofia@{HOME_DOMAIN}")
    return any(seat.address == address for seat in letter.everyone)


def _write_shared(
    folder: Path, seed: int, cast: Cast, meetings: list[Gathering], dawn: datetime
) -> Iterable[VillageFile]:
    """The calendar and the address book belong to the team; Maya brings them in."""
    owner = COLLEAGUES[0].email
    calendar, cards = folder / "team.ics", folder / "people.vcf"
    write_calendar(calendar, meetings, dawn)
    write_cards(cards, _chance(seed, "cards"), cast, dawn)
    return (VillageFile(calendar, "ics", owner), VillageFile(cards, "vcf", owner))


def _portraits(cast: Cast) -> dict[str, str]:
    home = {c.email: c.portrait for c in COLLEAGUES if c.portrait}
    faces = {
        post.address: v.portrait for v in cast.villagers for post in v.posts if v.portrait and v.portrait != "elena"
    }
    return home | faces
