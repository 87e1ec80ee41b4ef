"""Who lives in the village: eight people at Fernhill and some three hundred they know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from rapport.village.colleagues import BY_KEY
from rapport.village.known import KNOWN, Known
from rapport.village.names import Name, draw_name, named
from rapport.village.organizations import BY_NAME, ORGANIZATIONS, Organization
from rapport.village.rhythms import Rhythm, draw_rhythm
from rapport.village.talk import BANKS
from rapport.village.values import Colleague

BACKGROUND = 268
FREE_MAIL = 10
_MOVERS = 0.07


@dataclass(frozen=True, slots=True)
class Post:
    """A job someone holds from `since` on, with the address that comes with it."""

    organization: Organization | None
    title: str
    address: str
    since: date


@dataclass(frozen=True, slots=True)
class Hand:
    """How someone's mail program writes: `body` is plain, both or html; `quoting` is top, outlook or none."""

    body: str
    charset: str
    quoting: str
    program: str


@dataclass(frozen=True, slots=True)
class Villager:
    """Someone Fernhill knows. `posts` are in order of time; `birthday` may be unknown."""

    key: str
    name: Name
    language: str
    posts: tuple[Post, ...]
    phone: str
    birthday: date | None
    birth_year_known: bool
    hand: Hand
    portrait: str = ""

    def post_on(self, day: date) -> Post:
        """The job held on that day."""
        return next((post for post in reversed(self.posts) if post.since <= day), self.posts[0])


@dataclass(frozen=True, slots=True)
class Tie:
    """A colleague and a villager who are in touch, and how."""

    colleague: Colleague
    villager: Villager
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Cast:
    """All villagers, and who at Fernhill is in touch with whom."""

    villagers: tuple[Villager, ...]
    ties: tuple[Tie, ...]

    def known_as(self, key: str) -> Villager:
        """The villager whom the story calls by that key."""
        return next(villager for villager in self.villagers if villager.key == key)


def gather_cast(rng: Random, today: date, scale: float) -> Cast:
    """The known cast and round(268 * scale) more, the same for the same randomness and day."""
    taken: set[str] = set()
    villagers: list[Villager] = []
    ties: list[Tie] = []
    for known in KNOWN:
        villager = _known_villager(rng, known, today, taken)
        villagers.append(villager)
        ties += [Tie(BY_KEY[owner], villager, rhythm) for owner, rhythm in known.ties]
    for number in range(round(BACKGROUND * scale)):
        place = ORGANIZATIONS[number % len(ORGANIZATIONS)]
        villager = _neighbour(rng, place, today, taken, free_mail=number % 27 == 26 and number < 27 * FREE_MAIL)
        villagers.append(villager)
        ties += _ties_of(rng, villager, place)
    return Cast(tuple(villagers), tuple(ties))


def _known_villager(rng: Random, known: Known, today: date, taken: set[str]) -> Villager:
    place = BY_NAME[known.organization]
    name = named(known.given, known.family)
    posts = [Post(place, known.title, _free_address(name, place.domain, taken), today - timedelta(days=1460))]
    if known.moved:
        to, title, days_ago = known.moved
        new = BY_NAME[to]
        posts.append(Post(new, title, _free_address(name, new.domain, taken), today - timedelta(days=days_ago)))
    birthday = today.replace(year=known.birth_year) if known.birthday_today else _birthday(rng, today)
    return Villager(
        known.key,
        name,
        "en",
        tuple(posts),
        _phone(rng, place, taken),
        birthday,
        known.birthday_today,
        _hand(rng, "en"),
        known.key,
    )


def _neighbour(rng: Random, place: Organization, today: date, taken: set[str], *, free_mail: bool) -> Villager:
    name = draw_name(rng, place.culture)
    title = rng.choice(BANKS[place.language].titles)
    since = today - timedelta(days=1460)
    if free_mail:
        host = rng.choice(("gmail.com", "outlook.com"))
        posts = [Post(None, "", _free_address(replace(name, address=f"{name.address}.sample"), host, taken), since)]
    else:
        posts = [Post(place, title, _free_address(name, place.domain, taken), since)]
        if rng.random() < _MOVERS:
            posts.append(_next_post(rng, name, place, today, taken))
    birthday = _birthday(rng, today) if rng.random() < 0.4 else None
    return Villager(
        posts[0].address,
        name,
        place.language,
        tuple(posts),
        _phone(rng, place, taken),
        birthday,
        rng.random() < 0.5,
        _hand(rng, place.language),
    )


def _next_post(rng: Random, name: Name, place: Organization, today: date, taken: set[str]) -> Post:
    elsewhere = [o for o in ORGANIZATIONS if o.language == place.language and o is not place and o.trade != "supplier"]
    new = rng.choice(elsewhere or [BY_NAME["Solace Health"]])
    title = rng.choice(BANKS[new.language].titles)
    return Post(new, title, _free_address(name, new.domain, taken), today - timedelta(days=rng.randint(80, 1000)))


def _free_address(name: Name, domain: str, taken: set[str]) -> str:
    for ending in ("", *map(str, range(2, 99))):
        address = f"{name.address}{ending}@{domain}"
        if address not in taken:
            taken.add(address)
            return address
    raise ValueError(f"Too many people are called {name.full}.")


def _ties_of(rng: Random, villager: Villager, place: Organization) -> list[Tie]:
    owner = BY_KEY[place.owner]
    ties = [Tie(owner, villager, draw_rhythm(rng, owner.joined_days_ago, even=owner.key == "maya"))]
    others = [c for c in BY_KEY.values() if villager.language in c.languages and c.key not in (owner.key, "maya")]
    if others and rng.random() < 0.12:
        second = rng.choice(others)
        ties.append(Tie(second, villager, draw_rhythm(rng, second.joined_days_ago, even=False, rare=True)))
    return ties


def _birthday(rng: Random, today: date) -> date:
    """A birthday at least three weeks away from today, so that Today celebrates only whom the story says."""
    day = today + timedelta(days=rng.randint(21, 340))
    return date(rng.randint(1958, 2000), day.month, min(day.day, 28))


def _phone(rng: Random, place: Organization, taken: set[str]) -> str:
    """A number nobody else has, from a range set aside for stories, or none where a country has no such range."""
    while True:
        number = _phone_in(rng, place.time_zone)
        if not number or number not in taken:
            taken.add(number)
            return number


def _phone_in(rng: Random, time_zone: str) -> str:
    number = rng.randint(200, 999)
    match time_zone:
        case "Europe/London":
            return f"+44 7700 900{number}"
        case "America/New_York":
            return f"+1 {rng.choice((207, 617, 802, 508))} 555 01{number % 100:02d}"
        case "Europe/Berlin":
            return f"+49 30 23125 {number}"
        case "Europe/Paris":
            return f"+33 1 99 00 {number // 100:02d} {number % 100:02d}"
        case _:
            return ""


def _hand(rng: Random, language: str) -> Hand:
    narrow = {"de": "iso-8859-1", "fr": "iso-8859-1", "es": "iso-8859-1", "ja": "iso-2022-jp"}.get(language, "utf-8")
    return Hand(
        body=rng.choices(("plain", "both", "html"), (62, 33, 5))[0],
        charset=rng.choice(("utf-8", narrow)),
        quoting=rng.choices(("top", "outlook", "none"), (65, 20, 15))[0],
        program=rng.choice(
            ("Thunderbird 128", "Apple Mail (2.3774)", "Microsoft Outlook 16.0", "K-9 Mail 8.0", "Roundcube 1.6")
        ),
    )
