"""Every row of a figure opens into the very contacts it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.interactions.timeline import Entry
from rapport.kit.ids import new_id
from rapport.people.models import Handle, Person
from rapport.relationships.contacts import contacts_of_pairs
from rapport.relationships.engine.values import Selector
from rapport.relationships.evidence import evidence_of
from rapport.relationships.reading import standing_of
from rapport.relationships.refresh import read_on
from tests.interactions.mails import MAYA, MORNING, PRIYA, mail, meeting, read


@pytest.fixture
def priya(by: By, now: datetime) -> Person:
    """Priya: mails both ways, a walk, a crowd, a cc, and something still to come."""
    read(
        now,
        *(mail(f"m{n}", PRIYA if n % 3 else MAYA, [MAYA if n % 3 else PRIYA], hour=n * 24 - 240) for n in range(9)),
        meeting("walk", MAYA, PRIYA, hour=30),
        meeting("next-year", MAYA, PRIYA, hour=9000),
        mail("cc", "kenji@aurora.example", [MAYA], [PRIYA], hour=31),
        mail("crowd", PRIYA, [MAYA, *(f"g{n}@party.example" for n in range(12))], hour=32),
    )
    read_on(now)
    return Handle.objects.get(value=PRIYA).person


def all_of(viewer: Viewer, person: Person, selector: Selector) -> list[Entry]:
    """All pages."""
    found: list[Entry] = []
    cursor = None
    while True:
        page = evidence_of(viewer, viewer.person_id, person.id, selector, cursor=cursor, limit=3)
        found += page.rows
        if page.next is None:
            return found
        cursor = page.next


def test_each_row_opens_into_what_its_selector_takes(maya: Viewer, now: datetime, priya: Person) -> None:
    standing = standing_of(maya.person_id, priya.id, now)
    contacts = [one.contact for one in contacts_of_pairs([(maya.person_id, priya.id)], now)]
    assert len(contacts) == 10
    rows = (*standing.strength_rows, *standing.vitality_rows)
    assert rows
    for row in rows:
        taken = {one.ref for one in contacts if row.evidence.takes(one)}
        assert {str(one.id) for one in all_of(maya, priya, row.evidence)} == taken


def test_newest_first_and_never_what_is_no_contact(maya: Viewer, now: datetime, priya: Person) -> None:
    entries = all_of(maya, priya, Selector(until=now))
    assert [one.at for one in entries] == sorted((one.at for one in entries), reverse=True)
    assert {"crowd", "cc", "next-year"}.isdisjoint({one.title for one in entries})
    mails = all_of(maya, priya, Selector(since=MORNING, until=now, kinds=("mail",), by_us=True))
    assert mails == []


def test_a_colleague_opens_the_evidence_without_its_words(maya: Viewer, now: datetime, priya: Person) -> None:
    colleague = replace(maya, role="member", person_id=new_id(), membership_id=new_id())
    entries = evidence_of(colleague, maya.person_id, priya.id, Selector(until=now)).rows
    assert entries
    assert all(one.is_private and not one.title for one in entries)
