"""Of two imports that know the same mails and people, taking one back leaves what the other alone would have made."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from rapport.accounts.acting import By
from rapport.accounts.models import Membership
from rapport.doors.worker import look_round
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import
from rapport.interactions.models import Interaction
from rapport.kit import clock
from rapport.people.models import Affiliation, Handle
from rapport.relationships.refresh import read_on
from tests.faults.outcome import PERSON, QUERIES
from tests.faults.outcome import _plain as rounded

pytestmark = pytest.mark.django_db

WHO = f"(SELECT {PERSON.format('p')} FROM person p WHERE p.id = {{0}}.person_id)"
RUN = "(SELECT run.state FROM import run WHERE run.id = {0}.import_id)"
MORE = {
    "people": f"SELECT {PERSON.format('p')}, p.name, p.sort_name, p.name_rank, p.birthday_month, p.is_home,"
    f" p.import_id IS NULL, {RUN.format('p')} FROM person p",
    "handles": f"SELECT h.kind, h.value, h.origin, h.first_seen, h.last_seen, h.import_id IS NULL, {RUN.format('h')},"
    f" {WHO.format('h')} FROM handle h",
    "affiliations": f"SELECT {WHO.format('a')}, o.name, a.title, a.since, a.until, a.last_seen, {RUN.format('a')}"
    " FROM affiliation a JOIN organization o ON o.id = a.organization_id",
    "organizations": f"SELECT o.name, o.sort_name, o.domain, {RUN.format('o')} FROM organization o",
    "interactions": QUERIES["interactions"].replace("t.root", "t.root, s.name, i.owner_id").replace(
        " FROM interaction i", " FROM interaction i LEFT JOIN source s ON s.id = i.source_id"
    ),
    "tags": f"SELECT t.name, {WHO.format('x')} FROM person_tag x JOIN tag t ON t.id = x.tag_id",
    "labels": "SELECT name FROM tag",
    "items": "SELECT f.name, m.ordinal, m.part, m.outcome, m.reason, i.origin, encode(r.digest, 'hex')"
    " FROM import_item m JOIN import_file f ON f.id = m.file_id JOIN raw_item r ON r.id = m.raw_item_id"
    " LEFT JOIN interaction i ON i.id = m.interaction_id",
}  # fmt: skip
MORE["address parts"] = (
    "SELECT i.origin, a.address, a.name, a.part, a.response, a.is_list, a.at FROM address_part a"
    " JOIN interaction i ON i.id = a.interaction_id"
)
LEFT_OUT = {"files", "import items", "imports", "journal", "marks left", "members"}
SAME_FOR = {name: query for name, query in {**QUERIES, **MORE}.items() if name not in LEFT_OUT}


def everything() -> dict[str, list[str]]:
    """All that imports made, in words without ids."""
    with connection.cursor() as cursor:
        found = {}
        for name, query in SAME_FOR.items():
            cursor.execute(query)
            found[name] = sorted(json.dumps([_plain(one) for one in row], default=str) for row in cursor.fetchall())
        return found


def _plain(value: Any) -> Any:
    """Sums taken in another order differ in their last digits."""
    return rounded(json.loads(value)) if isinstance(value, str) and value.startswith("{") else rounded(value)


def brought(by: By, folder: Path, name: str, bodies: Sequence[tuple[str, bytes]]) -> UUID:
    """An import, read and judged."""
    later = By(by.viewer, by.door, by.now + timedelta(minutes=Interaction.objects.count() + 1))
    run = start_import(later, [GivenFile(f"{name}-{each}", [body]) for each, body in bodies], folder).import_id
    assert run_import(by.viewer.workspace_id, run, folder, read_on)
    return run


PEOPLE = [
    ("priya@solace.example", ("Priya", "Priya Raman", "")),
    ("kenji@aurora.example", ("Kenji Mori", "K. Mori")),
    ("dana@gmail.com", ("Dana Levy", "")),
    ("bo@moss.example", ("Bo Berg", "Bo B.")),
    ("olga@moss.example", ("Olga Moss", "")),
    ("ali@fernhill.example", ("Ali Reza", "Ali")),
]


def written(key: str, chance: random.Random, now: datetime, answers: str) -> bytes:
    """A letter between Maya and some of the others; two copies of it differ in how people are called."""
    steady = random.Random(key)
    others = steady.sample(PEOPLE, steady.randint(1, 3))
    called = {address: chance.choice(names) for address, names in others}
    parties = [f"{called[address]} <{address}>" if called[address] else address for address, _ in others]
    at = now - timedelta(days=steady.randint(1, 400))
    sender, to = ("Maya <maya@fernhill.example>", parties) if steady.random() < 0.5 else (
        parties[0], ["maya@fernhill.example", *parties[1:]]
    )  # fmt: skip
    return (
        f"Received: by {chance.randint(1, 10**6)}\nFrom: {sender}\nTo: {', '.join(to)}\nSubject: About {key}\n"
        f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nMessage-ID: <{key}@x.example>\n"
        + (f"In-Reply-To: <{answers}@x.example>\nReferences: <{answers}@x.example>\n" if answers else "")
        + f"\nCould you tell me about {key}?\n"
    ).encode()


CHOIR, BAKERY, LEMON, CLINIC = (
    "choir@village.example", "info@bakery.example", "lemon@lemon.example", "support@clinic.example",
)  # fmt: skip
NAMED = {BAKERY: ("Anna Berg", "Bakery", ""), CLINIC: ("Clinic Support", "Ida Ek"), LEMON: ("", "Lemon"), CHOIR: ("",)}


def shared(key: str, chance: random.Random, now: datetime) -> bytes:
    """A letter with a list or a desk in it; a copy may name the list in its head, and who is at the desk."""
    steady = random.Random(f"shared {key}")
    address = steady.choice((CHOIR, BAKERY, LEMON, CLINIC, "gcc@gcc.gnu.org"))
    name = chance.choice(NAMED.get(address, ("",)))
    desk = f"{name} <{address}>" if name else address
    at = now - timedelta(days=steady.randint(1, 400))
    other, maya = steady.choice(PEOPLE)[0], "Maya <maya@fernhill.example>"
    sender, to = steady.choice(((maya, [desk]), (maya, [desk, other]), (desk, [maya]), (other, [maya, desk])))
    heads = [f"From: {sender}", f"To: {', '.join(to)}", f"Subject: On {key}", f"Message-ID: <{key}@x.example>"]
    heads += [f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000", f"X-Copy: {chance.random()}"]
    if address == CHOIR and sender != desk and chance.random() < 0.4:
        heads += ["List-Id: <choir.village.example>", f"List-Post: <mailto:{CHOIR}>"]
    signed = "\n-- \nAnna Berg\n" if sender == address == BAKERY and steady.random() < 0.5 else ""
    return "\n".join([*heads, "", f"About {key}.", signed]).encode()


def came_back(key: str, now: datetime) -> bytes:
    """Mail that came back from one of the others, or from a desk."""
    steady = random.Random(f"back {key}")
    at, about = now - timedelta(days=steady.randint(1, 400)), steady.choice([*(one for one, _ in PEOPLE), BAKERY])
    return (
        f"From: MAILER-DAEMON@fernhill.example\nTo: maya@fernhill.example\nSubject: Undeliverable\n"
        f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nMessage-ID: <{key}@x.example>\n\n"
        f"<{about}>:\n550 5.1.1 User unknown\n"
    ).encode()


def card(number: int, chance: random.Random) -> bytes:
    address, names = PEOPLE[number]
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{names[0] or 'Somebody'} {chance.choice('AB')}", f"EMAIL:{address}"]
    lines += [f"TEL:+4416149601{number}{chance.randint(1, 3)}"] if chance.random() < 0.5 else []
    lines += [f"BDAY:19{chance.randint(60, 69)}-03-1{number}"] if chance.random() < 0.5 else []
    lines += [f"NOTE:{chance.choice(['Likes moss', 'Has a dog'])}"] if chance.random() < 0.7 else []
    lines += [f"CATEGORIES:{chance.choice(['Gardener', 'Potter'])}"] if chance.random() < 0.7 else []
    lines += [f"ORG:{chance.choice(['Moss Ltd', 'Solace'])}", "TITLE:Boss"] if number != 5 else []
    return "\r\n".join([*lines, "END:VCARD", ""]).encode()


def planned(key: str, now: datetime) -> bytes:
    """A meeting of Maya with one of the others that is yet to come, or was."""
    steady = random.Random(f"planned {key}")
    at, other = now + timedelta(days=steady.randint(-20, 60)), steady.choice(PEOPLE)[0]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", f"UID:{key}@x.example", f"DTSTART:{at:%Y%m%dT%H%M%SZ}"]
    lines += ["ORGANIZER:mailto:maya@fernhill.example", f"ATTENDEE:mailto:{other}", f"SUMMARY:{key}"]
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def mailbox(seed: int, chance: random.Random, now: datetime, with_cards: bool) -> list[tuple[str, bytes]]:
    keys = [f"m{number}" for number in range(8) if chance.random() < 0.6] or ["m0"]
    letters = [
        (f"{key}.eml", written(key, chance, now, f"m{number // 2}" if number % 3 and number else ""))
        for key in keys
        for number in [int(key[1:])]
    ]
    letters += [(f"s{n}.eml", shared(f"s{n}", chance, now)) for n in range(10) if chance.random() < 0.5]
    letters += [(f"b{n}.eml", came_back(f"b{n}", now)) for n in range(4) if chance.random() < 0.5]
    cards = [(f"{n}.vcf", card(n, chance)) for n in range(len(PEOPLE)) if with_cards and chance.random() < 0.6]
    plans = [(f"p{n}.ics", planned(f"p{n}", now)) for n in range(4) if chance.random() < 0.5]
    return letters + cards + plans


@pytest.mark.parametrize("taken_back", ["the first", "the second"])
@pytest.mark.parametrize("seed", [2, 3, 5, 7, 8, 9, 10, 12, 14])
def test_what_stays_is_what_the_other_alone_brings(
    by: By, maya_membership: Membership, now: datetime, tmp_path: Path, seed: int, taken_back: str
) -> None:
    chance = random.Random(seed)
    one = mailbox(seed, chance, now, with_cards=seed % 2 == 1)
    other = mailbox(seed, chance, now, with_cards=seed % 4 > 1)
    nothing = everything()
    alone = brought(by, tmp_path, "b", other)
    expected = everything()
    undo_import(by, alone)
    read_on(by.now)
    assert everything() == nothing
    if taken_back == "the first":
        gone = brought(by, tmp_path, "a", one)
        stays = brought(by, tmp_path, "b", other)
    else:
        stays = brought(by, tmp_path, "b", other)
        gone = brought(by, tmp_path, "a", one)
    ids = dict(Interaction.objects.values_list("origin", "id"))
    people = dict(Handle.objects.values_list("value", "person_id"))
    undo_import(by, gone)
    read_on(by.now)
    found = everything()
    different = {
        name: (sorted(set(lines) - set(found[name])), sorted(set(found[name]) - set(lines)))
        for name, lines in expected.items()
        if found[name] != lines
    }
    assert different == {}
    assert {origin: ids[origin] for origin in Interaction.objects.values_list("origin", flat=True)} == dict(
        Interaction.objects.values_list("origin", "id")
    )
    left = dict(Handle.objects.values_list("value", "person_id"))
    assert {value: person for value, person in people.items() if value in left} == {
        value: person for value, person in left.items() if value in people
    }
    undo_import(by, stays)
    read_on(by.now)
    assert everything() == nothing


def _from(address: str, key: str, at: datetime) -> tuple[str, bytes]:
    date = f"{at:%a, %d %b %Y %H:%M:%S} +0000"
    return f"{key}.eml", (
        f"From: Priya Raman <{address}>\nTo: maya@fernhill.example\nSubject: {key}\nDate: {date}\n"
        f"Message-ID: <{key}@x.example>\n\nAbout {key}.\n"
    ).encode()


def test_who_had_moved_only_by_what_is_taken_back_has_not(
    by: By, maya_membership: Membership, now: datetime, tmp_path: Path
) -> None:
    both = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Priya Raman\r\nEMAIL:p@cedar.example\r\nEMAIL:p@solace.example\r\nEND:VCARD"
    )
    old = [("p.vcf", both), _from("p@solace.example", "old", now - timedelta(days=90))]
    brought(by, tmp_path, "a", old)
    before = everything()
    gone = brought(by, tmp_path, "b", [_from("p@cedar.example", "new", now - timedelta(days=9))])
    places = Affiliation.objects.filter(person__name="Priya Raman").order_by("since")
    assert list(places.values_list("organization__name", "until")) == [
        ("Solace", (now - timedelta(days=90)).date()),
        ("Cedar", None),
    ]
    undo_import(by, gone)
    read_on(by.now)
    assert everything() == before
    assert not places.exclude(until=None).exists()


def _meeting(address: str, key: str, at: datetime) -> tuple[str, bytes]:
    return f"{key}.ics", (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:{key}@x.example\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\n"
        f"ORGANIZER:mailto:maya@fernhill.example\r\nATTENDEE:mailto:{address}\r\nSUMMARY:{key}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def _look(by: By, at: datetime) -> None:
    with clock.stopped_at(at):
        look_round(by.viewer.workspace_id, lambda: None)


@pytest.mark.parametrize("is_planned_first", [True, False])
def test_who_is_to_be_met_elsewhere_has_moved_when_they_were(
    by: By, maya_membership: Membership, now: datetime, tmp_path: Path, is_planned_first: bool
) -> None:
    """A card has two addresses; mail came from the one, and next month is a meeting with the other."""
    both = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Priya Raman\r\nEMAIL:p@cedar.example\r\nEMAIL:p@solace.example\r\nEND:VCARD"
    )
    old, then = now - timedelta(days=90), now + timedelta(days=30)
    mails, plans = [_from("p@solace.example", "old", old)], [_meeting("p@cedar.example", "plan", then)]
    brought(by, tmp_path, "a", [("p.vcf", both)])
    for files in (plans, mails) if is_planned_first else (mails, plans):
        brought(by, tmp_path, files[0][0], files)
    places = Affiliation.objects.filter(person__name="Priya Raman").order_by("since")
    at_cedar = Handle.objects.get(value="p@cedar.example")
    assert list(places.values_list("organization__name", "until")) == [("Solace", None), ("Cedar", None)]
    assert (at_cedar.first_seen, at_cedar.last_seen) == (then, None)
    _look(by, then + timedelta(minutes=1))
    assert list(places.values_list("organization__name", "until")) == [("Solace", old.date()), ("Cedar", None)]
    at_cedar.refresh_from_db()
    assert (at_cedar.first_seen, at_cedar.last_seen) == (then, then)


def test_a_plan_taken_back_leaves_what_was_seen_before(
    by: By, maya_membership: Membership, now: datetime, tmp_path: Path
) -> None:
    then = now + timedelta(days=30)
    one, other = (_meeting("p@cedar.example", key, at) for key, at in (("plan", then), ("later", then + timedelta(9))))
    brought(by, tmp_path, "a", [_from("p@cedar.example", "old", now - timedelta(days=90)), one])
    gone = brought(by, tmp_path, "b", [other])
    _look(by, then + timedelta(days=1))
    assert Handle.objects.get(value="p@cedar.example").last_seen == then
    undo_import(By(by.viewer, by.door, then + timedelta(days=1)), gone)
    assert Handle.objects.get(value="p@cedar.example").last_seen == then
