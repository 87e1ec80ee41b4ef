"""The hostile corpora through the whole import: all of it accounted for, given back as it came, and nothing twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from rapport.accounts.access import Viewer
from rapport.channels.files import path_of
from rapport.channels.models import ImportFile, ImportItem
from rapport.channels.sightings import UNKNOWN_COLUMNS
from rapport.channels.wording import FAILURES, failure_sentence
from rapport.people.models import Handle, Person
from tests.accept.importing import everything, given_back, import_all, pieces_and_items

pytestmark = pytest.mark.django_db
FOLDERS = ("mail", "bounces", "replies", "ics", "vcf", "csv", "html", "images", "tnef", "xml", "imap")
IN_ONE_PIECE_OR_MORE = {"mail", "card"}  # formats whose pieces hold every byte of the file
# In the corpus of bounces, but written by a human who quotes one.
WRITTEN_BY_HAND = "groupwise_03.txt"


@pytest.mark.parametrize("folder", FOLDERS)
def test_all_of_it_is_accounted_for_and_given_back(maya: Viewer, shared: Path, folder: str) -> None:
    samples = shared / "data/torture" / folder
    done = import_all(maya, [samples])
    items = ImportItem.objects.filter(run_id=done.id).exclude(
        reason=UNKNOWN_COLUMNS
    )  # of a table, its rows are counted
    counts = Counter(items.values_list("outcome", flat=True))
    print(f"\n{folder}: {dict(counts)}, {done.people} people")
    assert done.found == done.stored + done.already + done.skipped + done.quarantined == counts.total()
    assert counts.keys() <= {"stored", "already", "skipped", "quarantined"}
    files: dict[str, bytes] = {}
    for piece, items in pieces_and_items(done.id):
        assert items, f"nothing says how {piece.name} ended"
        if piece.body or not piece.skipped:
            assert given_back(items) == piece.body, piece.name
            assert {bytes(item.prefix or b"") for item in items} == {piece.prefix}, piece.name
        if piece.format in IN_ONE_PIECE_OR_MORE:
            files[piece.name] = files.get(piece.name, b"") + piece.prefix + given_back(items)
    assert files or folder in ("ics", "csv", "images", "tnef", "xml")
    assert [name for name, whole in files.items() if whole != (samples / name).read_bytes()] == []
    _waits_only_with_a_reason()
    before = everything()
    again = import_all(maya, [samples])
    assert (again.found, again.stored, again.people) == (done.found, 0, 0)
    assert (again.skipped, again.quarantined) == (done.skipped, done.quarantined)
    after = everything()
    for name, lines in before.items():
        assert after[name] == lines, name


def _waits_only_with_a_reason() -> None:
    reasons = set(ImportItem.objects.filter(outcome="quarantined").values_list("reason", flat=True))
    assert reasons <= FAILURES.keys()
    assert not reasons & {"reader-failed", "reader-crashed", "refused-by-database", "took-too-long", "too-much-memory"}
    assert all(len(failure_sentence(reason)) > 30 for reason in reasons)


def test_single_files_lie_in_the_store_as_they_came(maya: Viewer, shared: Path) -> None:
    """Also a calendar, whose events stand apart, and what no reader knows."""
    paths = [
        one
        for folder in FOLDERS
        for one in sorted((shared / "data/torture" / folder).rglob("*"))[::23]
        if one.is_file()
    ]
    done = import_all(maya, paths)
    kept = ImportFile.objects.filter(run_id=done.id).order_by("ordinal").values_list("stored_as", flat=True)
    for path, stored_as in zip(paths, kept, strict=True):
        assert path_of(settings.HOUSE.files_folder, stored_as).read_bytes() == path.read_bytes(), path.name


def test_nobody_is_made_of_what_came_back(maya: Viewer, shared: Path) -> None:
    samples = [
        one
        for one in sorted((shared / "data/torture/bounces").rglob("*"))
        if one.is_file() and one.name != WRITTEN_BY_HAND
    ]
    done = import_all(maya, samples)
    assert done.found >= 55
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT automatic FROM interaction WHERE automatic = ''")
        assert cursor.fetchall() == []
    assert done.people == 0
    assert Person.objects.exclude(id=maya.person_id).count() == 0
    assert set(Handle.objects.values_list("person_id", flat=True)) == {maya.person_id}
