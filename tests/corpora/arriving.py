"""The same mails, meetings and cards, arriving in another order each time. Not a test itself."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from django.db import connection

from rapport.channels.cards.vcf import parse_card
from rapport.channels.mail.parsing import parse_message
from rapport.channels.reading import files_in, pieces_in
from rapport.people.matching import words_of
from rapport.people.two_people import are_two, full_name
from tests.faults.outcome import PERSON, QUERIES

ENDINGS = {"mail": "eml", "card": "vcf", "table": "csv", "calendar": "ics"}
_WHICH = (b"UID", b"SEQUENCE", b"DTSTAMP", b"LAST-MODIFIED", b"RECURRENCE-ID")
_EVENT = re.compile(rb"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", re.DOTALL)
Thing = tuple[str, bytes]  # an ending, and the bytes of a file that holds this one thing


def things_in(paths: Iterable[Path]) -> list[Thing]:
    """Every mail, card, row and event of these files and folders, each as a file of its own."""
    return [
        thing
        for path in paths
        for file, name in files_in(path)
        for piece in pieces_in(file, name)
        if piece.skipped is None and piece.format in ENDINGS
        for thing in _parted(ENDINGS[piece.format], piece.prefix, piece.body)
    ]


def is_of_two_addresses(thing: Thing) -> bool:
    """A card by which two people would be one, had it come before their mail."""
    ending, body = thing
    cards = parse_card(body).cards if ending == "vcf" else ()
    return any(len([one for one in card.addresses if one.kind == "email"]) > 1 for card in cards)


def without_bridges(things: Sequence[Thing]) -> list[Thing]:
    """Without cards that lead to one another by this address here and by that one there: which of them are one person
    depends on which came first, for nobody who is two already is joined."""
    reached = [_reached(one) for one in things]
    groups: list[tuple[set[int], set[str]]] = []
    for number, keys in enumerate(reached):
        near = [one for one in groups if one[1] & keys]
        groups = [one for one in groups if not one[1] & keys]
        groups.append(({number}.union(*(one[0] for one in near)), keys.union(*(one[1] for one in near))))
    sure = [members for members, _ in groups if set.intersection(*(reached[one] or {str(one)} for one in members))]
    return [things[one] for one in sorted(set().union(*sure))]


def without_versions(things: Sequence[Thing]) -> list[Thing]:
    """Of mails with one identity, and of versions of a meeting, that do not say the same, only the first: what is kept
    is not rewritten by whoever sends its identity again, so that it depends on which came first."""
    first: dict[object, tuple[object, ...]] = {}
    return [one for one in things if all(first.setdefault(which, said) == said for which, said in _said(one))]


def _said(thing: Thing) -> Iterator[tuple[object, tuple[object, ...]]]:
    ending, body = thing
    for one in parse_message(body).sightings if ending == "eml" else ():
        yield one.origin, (one.subject, one.text, one.has_html, one.attachments, one.in_reply_to, one.references)
    if ending == "ics" and (event := _EVENT.search(body)):
        lines = event[0].splitlines()
        yield tuple(sorted(line for line in lines if line.startswith(_WHICH))), tuple(lines)


def without_two_at_one_address(things: Sequence[Thing]) -> list[Thing]:
    """Without cards of people of clearly different names that share an address of mail: it stays with the first
    (tests/interactions/test_shared_addresses_of_mail.py has their orders)."""
    named: dict[str, set[str]] = {}
    for name, address in (one for thing in things for one in _full_names(thing)):
        named.setdefault(address, set()).add(name)
    shared = {key for key, names in named.items() if any(are_two(one, other) for one in names for other in names)}
    return [thing for thing in things if not any(address in shared for _, address in _full_names(thing))]


def _full_names(thing: Thing) -> list[tuple[str, str]]:
    ending, body = thing
    cards = parse_card(body).cards if ending == "vcf" else ()
    return [(full_name(card.name), one.value) for card in cards for one in card.addresses if one.kind == "email"]


def _reached(thing: Thing) -> set[str]:
    ending, body = thing
    cards = parse_card(body).cards if ending == "vcf" else ()
    return {
        f"{one.value} {words_of(card.name)}" if one.kind == "phone" else one.value
        for card in cards
        for one in card.addresses
    }


def _parted(ending: str, prefix: bytes, body: bytes) -> Iterator[Thing]:
    events = _EVENT.findall(body) if ending == "ics" else []
    if len(events) < 2:
        yield ending, (prefix if ending == "csv" else b"") + body
        return
    begins, ends = body.index(events[0]), body.rindex(events[-1]) + len(events[-1])
    for event in events:
        yield ending, body[:begins] + event + body[ends:]


def written_in_order(things: Sequence[Thing], seed: int, folder: Path, imports: int) -> list[Path]:
    """A folder for each of as many imports, the things dealt out to them and put in order by this seed."""
    order = list(things)
    random.Random(seed).shuffle(order)
    width, folders = len(str(len(order))), [folder / f"{seed}-{number}" for number in range(imports)]
    for one in folders:
        one.mkdir(parents=True)
    for number, (ending, body) in enumerate(order):
        (folders[number * imports // len(order)] / f"{number:0{width}}.{ending}").write_bytes(body)
    return folders


def outcome() -> dict[str, list[str]]:
    """What the workspace came to, without what depends on the order on purpose (docs/build/corpora.md)."""
    with connection.cursor() as cursor:
        found = {}
        for name, query in TOLD.items():
            cursor.execute(query)
            found[name] = sorted(json.dumps([_plain(each) for each in row], default=str) for row in cursor.fetchall())
        return found


TOLD = {
    name: QUERIES[name]
    for name in ("people", "facts", "participants", "relationships", "merges")
} | {
    "organizations": "SELECT coalesce(domain, sort_name), is_home FROM organization",
    "affiliations": QUERIES["affiliations"].replace("o.name, o.domain", "coalesce(o.domain, o.sort_name)"),
    "handles": QUERIES["handles"].replace(" h.origin,", ""),
    "interactions": QUERIES["interactions"].replace("t.root", "(SELECT min(o.origin) FROM interaction o"
    " WHERE o.thread_id = i.thread_id)"),
    "messages": QUERIES["messages"].replace(", encode(r.digest, 'hex')", ""),
    "tags": f"SELECT {PERSON.format('p')}, upper(t.name) FROM person_tag x JOIN person p ON p.id = x.person_id"
    " JOIN tag t ON t.id = x.tag_id",
}  # fmt: skip


def _plain(value: object) -> object:
    """Sums taken in another order differ in their last digits."""
    if isinstance(value, str) and value.startswith("{"):
        value = json.loads(value)
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def apart(one: dict[str, list[str]], other: dict[str, list[str]]) -> str:
    """By table, the lines only one of the two has."""
    said = []
    for table in sorted(one):
        here, there = sorted(set(one[table]) - set(other[table])), sorted(set(other[table]) - set(one[table]))
        for mine, yours in list(zip_longest(here, there, fillvalue=""))[:12]:
            said.append(f"{table}\n  - {mine}\n  + {yours}")
    return "\n".join(said)
