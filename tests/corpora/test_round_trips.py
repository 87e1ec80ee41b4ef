"""Cards and meetings that are taken in and given out again lose no property: whole corpora, on the real database."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.channels.calendar.slices import calendar_text
from rapport.channels.cards.lines import unescaped
from rapport.channels.cards.vcf import card_properties
from rapport.channels.models import ImportItem
from rapport.channels.sightings import Property
from rapport.interactions.giving_out.meetings import meeting_file
from rapport.interactions.giving_out.people import export_people
from rapport.interactions.models import Interaction
from rapport.people.models import Person
from tests.accept.importing import import_all, pieces_and_items

from .agreement import Case, agreement, hold

pytestmark = pytest.mark.django_db
WHOLE = bool(os.environ.get("RAPPORT_ACCEPT"))
_FRAME = {"BEGIN", "END", "VERSION"}  # what is given out is 4.0, whatever came
_FOLD = re.compile(rb"\r?\n[ \t]")
_NAME = re.compile(r"^(?:[\w-]+\.)?([A-Za-z][\w-]*)[;:]", re.MULTILINE)


def test_cards_lose_no_property(by: By, maya: object, shared: Path) -> None:
    done = import_all(maya, [shared / "data/torture/vcf"])  # type: ignore[arg-type]
    given = _given_out(by)
    cases: list[Case] = []
    for piece, items in pieces_and_items(done.id):
        if piece.format == "card":
            cases += _cards(f"{piece.name} {piece.ordinal}", piece.body, items, given)
    assert len(cases) > 500
    hold(agreement("vcf round trip", cases))


def _given_out(by: By) -> dict[UUID, tuple[Property, ...]]:
    """By person the properties of the card that is given out."""
    people = list(Person.objects.filter(merged_into=None).order_by("listed_by", "id").values_list("id", flat=True))
    body = export_people(by, people, "vcard").body
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    return dict(zip(people, card_properties(body).properties, strict=True))


def _cards(
    name: str, raw: bytes, items: list[ImportItem], given_out: dict[UUID, tuple[Property, ...]]
) -> Iterator[Case]:
    cards = card_properties(raw).properties
    for item in items:
        if item.person_id is None:
            continue
        given = given_out[item.person_id]
        there = {_said(one) for one in given}
        for number, one in enumerate(cards[item.part]):
            if one.name not in _FRAME and one.value.strip():
                wanted = _said(one)
                also = (f"X-ALSO-{one.name}", wanted[1])
                found = wanted if wanted in there or also in there else _nearest(one, given)
                yield Case(f"{name} {item.part} {one.name} {number}", wanted, found)
        if len(cards) == 1:
            names = _names_in(raw) - {*_FRAME, "AGENT"}
            yield Case(f"{name} {item.part} names", set(), names - {one.name for one in given})


def test_meetings_lose_no_property(by: By, maya: object, shared: Path) -> None:
    """Many files tell of one meeting, as do the mails of an invitation: what was told last is given."""
    folder = shared / "data/torture/ics"
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and one.suffix != ".md"][:: 1 if WHOLE else 12]
    done = import_all(maya, files)  # type: ignore[arg-type]
    meetings: dict[str, list[Case]] = {}
    place = -1
    for piece, items in pieces_and_items(done.id):
        place += piece.ordinal == 0
        taken_in = [one for one in items if one.interaction_id]
        if piece.format != "calendar" or not taken_in or not Interaction.objects.filter(id=taken_in[0].interaction_id):
            continue
        body = meeting_file(by.viewer, taken_in[0].interaction_id, by.now).body  # type: ignore[arg-type]
        there = set(_lines(body.decode()))
        lines = _lines(calendar_text(piece.prefix + piece.body))
        name = f"{files[place].relative_to(folder).as_posix()} {piece.ordinal}"
        uid = next((line for line in lines if re.match("UID[;:]", line, re.IGNORECASE)), name)
        meetings.setdefault(uid, []).append(Case(name, [], [line for line in lines if line not in there]))
    cases = [next((one for one in told if one.agrees), told[-1]) for told in meetings.values()]
    assert len(cases) > (500 if WHOLE else 15)
    hold(agreement("ics round trip", cases), is_whole=WHOLE)


def _lines(text: str) -> list[str]:
    """The lines of a calendar as they are meant, but for those around it."""
    unfolded = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text)
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", unfolded)]
    return [line for line in lines if line and line.upper() not in ("BEGIN:VCALENDAR", "END:VCALENDAR")]


def _names_in(raw: bytes) -> set[str]:
    """The names of all properties with a value, found in the plainest way: not by the reader that is measured."""
    text = _FOLD.sub(b"", raw).decode("utf-8", "replace")
    if "AGENT" in text.upper() or "\x00" in text:  # a card within a card; two-byte letters
        return set()
    found = Counter(name.upper() for name in _NAME.findall(text))
    empty = {
        name.upper() for name in re.findall(r"^(?:[\w-]+\.)?([A-Za-z][\w-]*)[^:\r\n]*:[; ]*\r?$", text, re.MULTILINE)
    }
    return set(found) - empty


def _said(one: Property) -> tuple[str, object]:
    """Its name and what it says, however that is written."""
    value = one.value
    if dict(one.parameters).get("ENCODING", "").upper() in ("B", "BASE64") or value.startswith("data:"):
        return one.name, "".join(value.rpartition(";base64,")[2].split())
    if one.name == "CATEGORIES":
        return one.name, frozenset(re.split(r"(?<!\\)[,;]", value.lower()))
    return one.name, " ".join(unescaped(value).split())


def _nearest(one: Property, given: tuple[Property, ...]) -> object:
    return [_said(other) for other in given if other.name == one.name][:3]
