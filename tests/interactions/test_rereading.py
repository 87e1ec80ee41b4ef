"""What is read again is held without its bytes, and few bytes are read at a time."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from rapport.accounts.acting import By
from rapport.accounts.models import Membership, Workspace
from rapport.channels.models import ImportItem
from rapport.channels.sandbox import Item, ParsingPool
from rapport.channels.sightings import Parsed
from rapport.interactions import rereading
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.rereading import places_of, read_again
from rapport.kit.ids import new_id
from rapport.relationships.refresh import read_on
from tests.channels.mails import mail

pytestmark = pytest.mark.django_db
MARK = b"enclosed, and not to be held"


def held_bodies() -> int:
    """How many of those bytes anything refers to."""
    referred = (one for item in gc.get_objects() for one in gc.get_referents(item))
    return len({id(one) for one in referred if isinstance(one, bytes) and one is not MARK and MARK in one})


def test_a_card_is_read_again_as_where_it_was_first_read(
    by: By, workspace: Workspace, tmp_path: Path, now: datetime
) -> None:
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL:020 7946 0123\nEND:VCARD\n"
    started = start_import(by, [GivenFile("ana.vcf", [card])], tmp_path).import_id
    run_import(workspace.id, started, tmp_path, read_on)
    Membership.objects.update(time_zone="Europe/Berlin")  # where it would be another number
    (ana,) = ImportItem.objects.filter(run_id=started).values_list("person_id", flat=True)
    (again,) = read_again(places_of([], [ana], but=new_id()), tmp_path, now)
    assert [one.value for one in again.parsed.cards[0].addresses] == ["+442079460123"]


def test_no_bytes_are_held(
    by: By, workspace: Workspace, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = (
        b"From ana@x.org Tue Mar  3 09:00:00 2026\n"
        + mail("Hello.\n\n-- \n" + MARK.decode() + "x" * 20_000).replace(b"<one@", b"<%d@" % number)
        + b"\n\n"
        for number in range(20)
    )
    started = start_import(by, [GivenFile("maya.mbox", mails)], tmp_path).import_id
    run_import(workspace.id, started, tmp_path, read_on)
    interactions = list(ImportItem.objects.filter(run_id=started).values_list("interaction_id", flat=True))
    places = places_of(interactions, [], but=new_id())
    asked: list[int] = []
    parse = ParsingPool.parse

    def counted(pool: ParsingPool, items: Sequence[Item]) -> list[Parsed]:
        asked.append(len(items))
        return parse(pool, items)

    monkeypatch.setattr(ParsingPool, "parse", counted)
    monkeypatch.setattr(rereading, "BYTES_AT_A_TIME", 50_000)
    bodies: list[int] = []
    read = []
    # What hours of tests have made would take half a minute to look through each time: it is looked at once, half-way.
    gc.freeze()
    try:
        for one in read_again(places, tmp_path, now):
            read.append(one)
            if len(read) == 10:
                gc.unfreeze()
            bodies.append(held_bodies())
            gc.freeze()
    finally:
        gc.unfreeze()
    assert bodies == [0] * 20
    assert asked == [3] * 6 + [2]
    assert [one.piece.ordinal for one in read] == list(range(20))
