"""How items ended is counted with the file, and stays what counting them anew would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.channels.models import ImportFile, ImportItem
from rapport.interactions import quarantine
from rapport.interactions.counting import endings_of, recount
from rapport.interactions.import_progress import page_of_imports, progress_of
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import
from rapport.interactions.quarantine import leave_out, quarantine_of, retry_item
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
MAIL = (
    "From: Priya Raman <priya@northwind.example>\nTo: maya@fernhill.example\n"
    "Date: Thu, 19 Nov 2026 10:00:00 +0000\nMessage-ID: <{n}@northwind.example>\n\nHello {n}.\n"
)
ROBOT = MAIL.replace("priya@", "no-reply@").replace("Priya Raman", "Robot")
CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Wei Chen\nEMAIL:wei@solace.example\nEND:VCARD\n"


@pytest.fixture
def read(by: By, settings: Any) -> Callable[..., UUID]:
    """Read these bodies as files of one import."""

    def read(*bodies: bytes) -> UUID:
        folder = settings.HOUSE.files_folder
        given = [GivenFile(f"{n}.{'vcf' if body == CARD else 'eml'}", [body]) for n, body in enumerate(bodies)]
        run = start_import(by, given, folder, ["maya@fernhill.example"]).import_id
        run_import(by.viewer.workspace_id, run, folder, read_on)
        return run

    return read


def mail(n: int) -> bytes:
    return MAIL.format(n=n).encode()


def is_right() -> bool:
    """Whether every file says what its items say."""
    for file in ImportFile.objects.all():
        items = Counter(ImportItem.objects.filter(file=file).values_list("outcome", "reason"))
        assert endings_of(file) == items, file.name
    return True


def test_reading_once_and_again_counts_each_item_once(by: By, read: Callable[..., UUID]) -> None:
    first = read(mail(1), mail(2), ROBOT.format(n=3).encode(), b"\x00\x01 nonsense")
    again = read(mail(1), mail(2))
    assert is_right()
    told = progress_of(by.viewer, first)
    assert (told.found, told.stored, told.quarantined) == (4, 3, 1)
    assert progress_of(by.viewer, again).already == 2


def test_leaving_out_and_that_taken_back_counts(by: By, read: Callable[..., UUID]) -> None:
    run = read(mail(1), b"\x00\x01 nonsense")
    (item,) = quarantine_of(by.viewer, run).rows
    entry = leave_out(by, item.id)
    assert (progress_of(by.viewer, run).quarantined, progress_of(by.viewer, run).skipped) == (0, 1)
    assert is_right()
    undo(by.viewer, entry, by.now)
    assert (progress_of(by.viewer, run).quarantined, progress_of(by.viewer, run).skipped) == (1, 0)
    assert is_right()


def test_trying_again_counts(by: By, read: Callable[..., UUID], settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = read(mail(1), b"\x00\x01 nonsense")
    (item,) = quarantine_of(by.viewer, run).rows
    assert retry_item(by, item.id, settings.HOUSE.files_folder) == "quarantined"
    assert is_right()
    (item,) = quarantine_of(by.viewer, run).rows
    monkeypatch.setattr(quarantine, "bytes_of", lambda *_: mail(2))
    assert retry_item(by, item.id, settings.HOUSE.files_folder) == "stored"
    assert progress_of(by.viewer, run).stored == 2
    assert is_right()


def test_taking_back_counts_what_the_others_have_now(by: By, read: Callable[..., UUID]) -> None:
    first, second = read(mail(1), mail(2), CARD), read(mail(2), mail(3), CARD)
    assert progress_of(by.viewer, second).already == 2
    undo_import(by, first)
    assert progress_of(by.viewer, first).found == 0
    told = progress_of(by.viewer, second)
    assert (told.stored, told.already) == (3, 0)
    assert is_right()


def test_counting_anew_changes_nothing(read: Callable[..., UUID]) -> None:
    read(mail(1), CARD, b"\x00\x01 nonsense")
    before = list(ImportFile.objects.order_by("id").values_list("counts", flat=True))
    recount(list(ImportFile.objects.values_list("id", flat=True)))
    assert list(ImportFile.objects.order_by("id").values_list("counts", flat=True)) == before


def test_many_imports_are_listed_in_as_many_queries_as_one(by: By, read: Callable[..., UUID]) -> None:
    for n in range(4):
        read(mail(n))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(page_of_imports(by.viewer).rows) == 4
    assert len(asked) == 3
    assert not [one for one in asked if "import_item" in one["sql"]]
