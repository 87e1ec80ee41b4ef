"""Naughty strings written by hand: kept and shown as they are, or refused with a sentence; found; exported and read."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unicodedata import normalize
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.accounts.access import Viewer
from rapport.channels.cards.slices import split_cards
from rapport.channels.cards.vcf import parse_card
from rapport.channels.sightings import ReadingOptions
from rapport.channels.tables.csv import parse_table
from rapport.doors.operations.catalogue import call
from rapport.interactions.models import Message, Participant
from rapport.kit import clock
from rapport.kit.cells import guarded, unguarded
from rapport.kit.text import db_text, fold, in_terminal, is_name, is_seen, one_line
from rapport.kit.trouble import Trouble
from rapport.people.models import Affiliation, Fact, Person, PersonTag

from .looking import as_words, seen_on
from .strings import ALSO, naughty

IS_ALL = bool(os.environ.get("RAPPORT_ACCEPT"))
MUTANTS = 20_000 if IS_ALL else 100

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(now: datetime) -> Iterator[None]:
    with clock.stopped_at(now):
        yield


@dataclass(frozen=True)
class Written:
    """Who was made of each string, and the strings nobody is called by."""

    people: dict[str, UUID]
    refused: list[str]


@pytest.fixture
def written(maya: Viewer, shared: Path) -> Written:
    """A person of each string: it is their name, title, place, tag, fact, note and how one says them."""
    every = naughty(shared)
    people, refused = dict[str, UUID](), list[str]()
    for text in every if IS_ALL else every[::15]:
        told = {"name": text[:300], "title": text[:200], "organization": text[:300], "last_said": text[:2000]}
        try:
            people[text] = call("people.add", maya, "api", told).id
        except Trouble:
            refused.append(text)
            continue
        for name, said in {
            "people.fact": {"kind": "family", "value": text[:2000]},
            "people.note": {"text": text},
            "people.tag": {"word": text[:60]},
            "people.edit": {"said": text[:200], "pronouns": text[:60]},
        }.items():
            call(name, maya, "api", {"person_id": people[text], **said})
    return Written(people, refused)


def test_what_is_written_by_hand_is_kept_shown_found_and_given_out(
    written: Written,
    maya: Viewer,
    client_maya: Client,
) -> None:
    """One test, for what costs time is to write it all."""
    assert all(
        not is_name(one_line(text)) or any("\ud800" <= letter <= "\udfff" for letter in text)
        for text in written.refused
    )
    assert len(written.people) > 20
    _is_kept(written.people)
    _is_shown(written.people, client_maya)
    _is_found(written.people, maya, client_maya)
    _is_given_out(written.people, maya)


def _is_kept(people: dict[str, UUID]) -> None:
    """Names and words in one line; what may have many lines exactly. NUL and half letters show as U+FFFD."""
    ids = list(people.values())
    rows = Person.objects.in_bulk(ids)
    facts = dict(Fact.objects.filter(person_id__in=ids, kind="family").values_list("person_id", "value"))
    tags = dict(PersonTag.objects.filter(person_id__in=ids).values_list("person_id", "tag__name"))
    places = dict(Affiliation.objects.filter(person_id__in=ids).values_list("person_id", "organization__name"))
    about = dict(Participant.objects.filter(person_id__in=ids).values_list("person_id", "interaction_id"))
    notes = dict(Message.objects.filter(interaction_id__in=about.values()).values_list("interaction_id", "text"))
    for text, one in people.items():
        assert rows[one].name == _line(text, 300), text
        assert rows[one].said == _line(text, 200), text
        assert facts[one] == db_text(text[:2000].strip(), 2000), text
        assert notes[about[one]] == db_text(text.strip()), text
        assert tags[one].upper() == _line(text, 60).upper(), text  # one tag in whichever case
        assert fold(places[one]) == fold(_line(text, 300)), text


def _line(text: str, limit: int) -> str:
    return one_line(db_text(text[:limit]), limit)


def _is_shown(people: dict[str, UUID], browser: Client) -> None:
    """Each page holds the text as text, and no element or address that pages do not have."""
    for address in ("/people", "/people?sort=name", "/organizations", "/settings/changes"):
        seen_on(browser.get(address))
    for text, one in list(people.items())[:: 1 if IS_ALL else 2]:
        words = as_words(seen_on(browser.get(f"/people/{one}")))
        assert as_words(_line(text, 300)) in words, text
        assert as_words(db_text(text[:2000].strip()))[:400] in words, text


def _is_found(people: dict[str, UUID], maya: Viewer, browser: Client) -> None:
    """Everybody by the whole of their name, unless many are called alike."""
    for text, one in people.items():
        asked = _line(text, 300)[:200]
        found = call("people.list", maya, "api", {"q": asked, "limit": 200})
        if fold(asked):
            assert one in {row.id for row in found.rows}, text
    for text in list(people)[:: 1 if IS_ALL else 6]:
        for address in ("/find", "/search", "/people", "/organizations"):
            seen_on(browser.get(address, {"q": text}))


def _is_given_out(people: dict[str, UUID], maya: Viewer) -> None:
    """As a table no spreadsheet works out anything of, and as cards that read back the same."""
    names = {one.name for one in Person.objects.filter(id__in=people.values())}
    every = list(people.values())
    table = call("people.export", maya, "api", {"people": every, "form": "csv"})
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"), newline="")))[1:]
    assert not [cell for row in rows for cell in row if re.match(r"[=@\t\r]|[+-](?![\d\s()./;-]*$)", cell)]
    assert {unguarded(row[0]) for row in rows} == names
    again = parse_table(table.body, ReadingOptions()).cards
    assert {one.name for one in again} == names
    assert all(guarded(unguarded(cell)) == cell for row in rows for cell in row)
    cards = call("people.export", maya, "api", {"people": every, "form": "vcard"})
    read = [parse_card(part).cards[0] for part in split_cards(io.BytesIO(cards.body), 1 << 20)]
    assert {one.name for one in read} == names
    assert {one.organization for one in read} == set(
        Affiliation.objects.filter(person_id__in=people.values()).values_list("organization__name", flat=True)
    )
    tags = PersonTag.objects.filter(person_id__in=people.values()).values_list("tag__name", flat=True)
    assert {tag for one in read for tag in one.tags} == set(tags)


ANY = st.text(st.characters(), max_size=60) | st.lists(st.sampled_from(ALSO), max_size=3).map("".join)


@settings(max_examples=MUTANTS * 5, deadline=None)
@given(ANY)
def test_a_line_is_one_and_stays_as_it_is(text: str) -> None:
    line = one_line(text, 80)
    assert one_line(line, 80) == line
    assert len(line) <= 80
    assert line == "" or is_seen(line)
    line.encode()
    assert line.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", line)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", in_terminal(text))


@settings(max_examples=MUTANTS, deadline=None)
@given(name=ANY, note=ANY)
def test_a_card_and_a_table_of_whatever_is_written_are_read(name: str, note: str) -> None:
    parse_card(f"BEGIN:VCARD\nFN:{name}\nORG:{note}\nNOTE:{note}\nEND:VCARD\n".encode("utf-8", "surrogatepass"))
    rows = io.StringIO()
    csv.writer(rows).writerows([["Name", "Notes", "Email"], [name, note, "a@b.example"]])
    read = parse_table(rows.getvalue().encode("utf-8", "surrogatepass")).cards
    assert len(read) == 1


@pytest.mark.parametrize("text", ["\u200b", "\u3164\u115f", "\u2800", " \ufeff ", "\u2066\u2069", "\x00\x1b"[1:]])
def test_what_cannot_be_seen_is_no_name(text: str) -> None:
    assert one_line(text) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\u202eevil\u202c me", "evil me"),
        ("a" + "\u0301" * 40, "á" + "\u0301" * 7),
        ("👩‍👩‍👧‍👦 family", "👩‍👩‍👧‍👦 family"),
        ("בְּרֵאשִׁ֖ית", "בְּרֵאשִׁ֖ית"),
        ("a\x00b\x1bc", "a b c"),
        ("\u200fאבג\u200e", "\u200fאבג\u200e"),
    ],
)
def test_what_would_disturb_the_words_beside_it_is_left_out(text: str, line: str) -> None:
    assert one_line(text) == normalize("NFC", line)
