"""Mail no person wrote to us: newsletters, robots, returned mail, absence notes; and one list where people talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from rapport.village.cast import Cast, Hand
from rapport.village.colleagues import BY_KEY, HOME_DOMAIN
from rapport.village.letters import HOME_HAND, Letter, Seat, home_signature, letter_id, seat_of, seat_on, signature_on
from rapport.village.talk import BANKS
from rapport.village.values import Colleague

_NEWSLETTERS = (
    (
        "The Rota Letter",
        "letter@news.rotaletter.example",
        30,
        ("maya", "jude", "sofia"),
        "{n} ways to plan a bank holiday",
    ),
    (
        "Front Desk Weekly",
        "hello@frontdeskweekly.example",
        14,
        ("maya", "ali"),
        "What {n} receptionists told us about Mondays",
    ),
    ("Small Type", "post@smalltype.example", 28, ("sofia",), "Issue {n}: tables one can read"),
    ("Ledger Notes", "notes@ledgernotes.example", 42, ("peter", "leila"), "{n} dates for your quarter"),
)
_ROBOTS = (
    (
        "Stillwater Status",
        "no-reply@status.stillwater.example",
        24,
        "ali",
        "Maintenance {n} completed",
        "All systems are running. Reference {n}.",
    ),
    (
        "Copperfold Orders",
        "noreply@orders.copperfold.example",
        60,
        "peter",
        "Your order {n} is on its way",
        "Order {n} left our house today.",
    ),
    (
        "Fernhill Backups",
        f"robot@{HOME_DOMAIN}",
        45,
        "ali",
        "Backup {n} finished",
        "Backup {n} finished without errors and was read back once.",
    ),
    (
        "RailTickets",
        "tickets@railtickets.example",
        50,
        "maya",
        "Your ticket {n}",
        "Your ticket {n} is attached to your account. Please do not reply.",
    ),
)
_LIST = Seat("Rota makers", "rota-makers@lists.rotamakers.example")
_LIST_TALK = (
    (
        "How do you print the night rota",
        "We print ours on yellow paper so nobody takes last week’s.",
        "Yellow here too, and the date in the corner, large.",
    ),
    (
        "Bank holidays",
        "We copy the Sunday rota and then ask for swaps, two weeks ahead.",
        "Same here. Three weeks ahead works better in December.",
    ),
    (
        "School holidays and part-time staff",
        "Half our team has children at school, so we plan August in May.",
        "We let people enter wishes until Easter, then we plan.",
    ),
    (
        "Handover between shifts",
        "Fifteen minutes of overlap ended our handover notes getting lost.",
        "Ten minutes did it for us, standing up.",
    ),
)


def crowd(rng: Random, cast: Cast, dawn: datetime, written: list[Letter]) -> Iterator[Letter]:
    """All of it, before `dawn`; absence notes and returned mail answer what was `written`."""
    yield from _newsletters(rng, dawn)
    yield from _robots(rng, dawn)
    yield from _list_talk(rng, cast, dawn)
    yield from _absences(rng, cast, dawn, written)
    yield from _returned(rng, cast, dawn)


def _issue_times(rng: Random, dawn: datetime, every: int, since: int) -> Iterator[datetime]:
    for ago in range(since - rng.randint(1, every), 0, -every):
        yield dawn - timedelta(days=ago) + timedelta(hours=6, minutes=rng.randint(0, 59))


def _newsletters(rng: Random, dawn: datetime) -> Iterator[Letter]:
    for name, address, every, readers, subject in _NEWSLETTERS:
        domain = address.partition("@")[2]
        for number, at in enumerate(_issue_times(rng, dawn, every, 1400), 1):
            title = subject.format(n=number)
            for reader in _present(readers, at, dawn):
                yield Letter(
                    id=letter_id(domain, title, reader.key),
                    at=at,
                    sender=Seat(name, address),
                    to=(seat_of(reader),),
                    subject=title,
                    words=f"{title}\n\nRead it at https://{domain}/{number}\n\nYou get this because you signed up.",
                    html=_newsletter_page(title, domain, number),
                    hand=Hand("both", "utf-8", "none", ""),
                    headers=(
                        ("List-Unsubscribe", f"<https://{domain}/leave/{number}>"),
                        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                        ("List-Id", f"{name} <list.{domain}>"),
                        ("Precedence", "bulk"),
                    ),
                )


def _newsletter_page(title: str, domain: str, number: int) -> str:
    return (
        f'<html><body><img src="https://{domain}/head.png" width="600"><h1>{title}</h1>'
        f'<p>This time from Kendal, Bath and York.</p><p><a href="https://{domain}/{number}">Read on</a></p>'
        f'<img src="https://{domain}/seen/{number}.gif" width="1" height="1"></body></html>\n'
    )


def _robots(rng: Random, dawn: datetime) -> Iterator[Letter]:
    for name, address, every, reader, subject, words in _ROBOTS:
        for at in _issue_times(rng, dawn, every, 1300):
            number = rng.randint(10_000, 99_999)
            for colleague in _present((reader,), at, dawn):
                yield Letter(
                    id=letter_id(address.partition("@")[2], number, at.isoformat()),
                    at=at,
                    sender=Seat(name, address),
                    to=(seat_of(colleague),),
                    subject=subject.format(n=number),
                    words=words.format(n=number),
                    hand=Hand("plain", "utf-8", "none", ""),
                    headers=(("Auto-Submitted", "auto-generated"),),
                )


def _list_talk(rng: Random, cast: Cast, dawn: datetime) -> Iterator[Letter]:
    """People write through the list, Maya and Sofia among them; every member gets a copy."""
    members = [v for v in cast.villagers if v.key in {"noor", "sam", "rosa"}]
    headers = (
        ("Sender", "rota-makers-bounces@lists.rotamakers.example"),
        ("List-Id", "Rota makers <rota-makers.lists.rotamakers.example>"),
        ("List-Post", "<mailto:rota-makers@lists.rotamakers.example>"),
        ("Precedence", "list"),
    )
    for round_, at in enumerate(_issue_times(rng, dawn - timedelta(days=20), 55, 1300)):
        subject, first, second = _LIST_TALK[round_ % len(_LIST_TALK)]
        writer, home = rng.choice(members), BY_KEY[rng.choice(("maya", "sofia"))]
        begun = Letter(
            id=letter_id("lists.rotamakers.example", subject, at.isoformat()),
            at=at,
            sender=seat_on(writer, at),
            to=(_LIST,),
            subject=f"[rota-makers] {subject}",
            words=f"Hello all,\n\n{first}\n\n{writer.name.given}",
            signature=signature_on(writer, at),
            hand=replace(writer.hand, body="plain"),
            headers=headers,
        )
        yield begun
        yield Letter(
            id=letter_id("lists.rotamakers.example", subject, at.isoformat(), "answer"),
            at=at + timedelta(hours=rng.randint(2, 7)),
            sender=seat_of(home),
            to=(begun.sender, _LIST),
            subject=f"Re: [rota-makers] {subject}",
            words=f"{second}\n\n{home.given}",
            signature=home_signature(home),
            answers=(begun.id,),
            hand=replace(HOME_HAND, body="plain"),
            headers=headers,
        )


def _absences(rng: Random, cast: Cast, dawn: datetime, written: list[Letter]) -> Iterator[Letter]:
    by_address = {post.address: villager for villager in cast.villagers for post in villager.posts}
    ours = [
        one
        for one in written
        if one.sender.address.endswith(HOME_DOMAIN) and len(one.to) == 1 and one.to[0].address in by_address
    ]
    for letter in rng.sample(ours, min(45, len(ours) // 20)):
        villager = by_address[letter.to[0].address]
        bank = BANKS[villager.language]
        at = letter.at + timedelta(seconds=rng.randint(3, 40))
        if at >= dawn:
            continue
        subject, words = bank.away
        yield Letter(
            id=letter_id(letter.to[0].address.partition("@")[2], letter.id, "away"),
            at=at,
            sender=letter.to[0],
            to=(letter.sender,),
            subject=subject.format(subject=letter.subject),
            words=words.format(day=rng.choice(bank.days)),
            answers=(letter.id,),
            hand=replace(villager.hand, body="plain"),
            headers=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
        )


def _returned(rng: Random, cast: Cast, dawn: datetime) -> Iterator[Letter]:
    """A few mails to addresses that people had left behind came back."""
    left = [(tie, tie.villager.posts) for tie in cast.ties if len(tie.villager.posts) > 1 and tie.villager.key != "wei"]
    for tie, (old, new, *_) in left[:14]:
        at = datetime.combine(new.since, dawn.timetz()) + timedelta(days=rng.randint(20, 60), hours=9)
        if at >= dawn or (dawn - at).days > tie.colleague.joined_days_ago:
            continue
        yield Letter(
            id=letter_id(HOME_DOMAIN, old.address, tie.colleague.key, "returned"),
            at=at,
            sender=Seat("Mail Delivery System", f"MAILER-DAEMON@{HOME_DOMAIN}"),
            to=(seat_of(tie.colleague),),
            subject="Undelivered Mail Returned to Sender",
            words=f"Your message to <{old.address}> could not be delivered: the address does not exist any more.",
            hand=Hand("plain", "utf-8", "none", ""),
            headers=(("Return-Path", "<>"), ("Auto-Submitted", "auto-replied")),
            bounced=old.address,
        )


def _present(keys: tuple[str, ...], at: datetime, dawn: datetime) -> list[Colleague]:
    return [BY_KEY[key] for key in keys if (dawn - at).days < BY_KEY[key].joined_days_ago]
