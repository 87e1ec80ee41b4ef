"""Files that are sent: hashed on the way in, never copied while a transaction waits, never more than fits."""

from __future__ import annotations

import json
import os
import resource
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from rapport.channels import receiving
from rapport.channels.files import path_of
from rapport.channels.models import ImportFile
from rapport.channels.reading import pieces_of
from rapport.interactions import imports

pytestmark = pytest.mark.django_db
BODY = b"From: Priya Raman <priya@solace.example>\n\n" + b"The rota works.\n" * 200_000


def file(name: str, body: bytes) -> BytesIO:
    given = BytesIO(body)
    given.name = name
    return given


def test_a_large_file_is_not_read_or_copied_once_the_transaction_runs(
    client_maya: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copies(*_: Any) -> None:
        raise AssertionError("copied within the transaction")

    monkeypatch.setattr(imports, "keep", copies)
    answer = client_maya.post("/import", {"files": [file("1.mbox", BODY)], "as": "maya@fernhill.example"})
    assert answer.status_code == 303
    kept = path_of(settings.HOUSE.files_folder, ImportFile.objects.get().stored_as)
    assert kept.read_bytes() == BODY
    assert kept.stat().st_nlink == 1  # the name under which it came is gone


@pytest.mark.parametrize("place", ["page", "api"])
def test_more_than_may_be_sent_is_refused_in_a_sentence(
    client_maya: Client, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_AT_MOST", 1_000_000)
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 1_000_000)
    address = "/import" if place == "page" else "/api/v1/imports"
    answer = client_maya.post(address, {"files": [file("1.mbox", BODY)]})
    assert answer.status_code == 413
    assert "rapport import FILE" in answer.text
    assert not ImportFile.objects.exists()


def test_a_folder_of_more_files_than_may_be_open_is_taken(client_maya: Client) -> None:
    files = [file(f"{number}.eml", BODY[:100]) for number in range(1_100)]
    paths = json.dumps([f"Mail/cur/{number}.eml" for number in range(1_100)])
    may, at_most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir("/proc/self/fd"))) + 50, at_most))
    try:
        answer = client_maya.post("/import", {"files": files, "paths": paths, "as": "maya@fernhill.example"})
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (may, at_most))
    assert answer.status_code == 303
    kept = ImportFile.objects.get()
    assert kept.name == "0.eml and 1099 more"
    found = [piece.name for piece in pieces_of(settings.HOUSE.files_folder, kept.stored_as, kept.name)]
    assert found == json.loads(paths)


@pytest.mark.parametrize("place", ["page", "api"])
def test_too_many_files_are_refused_in_a_sentence(
    client_maya: Client, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FILES", 3)
    address = "/import" if place == "page" else "/api/v1/imports"
    answer = client_maya.post(address, {"files": [file(f"{number}.eml", b"From: a") for number in range(4)]})
    assert answer.status_code == 413
    assert "More than 3 files" in answer.text
    if place == "page":
        assert 'data-most-files="3" data-too-many="More than 3 files' in client_maya.get("/import").text


def test_the_disk_is_never_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "room_left", lambda folder: receiving.ALWAYS_FREE + 20_000_000)
    receiving.refuse_too_much("19000000")
    with pytest.raises(receiving.TooMuch, match="Free some space"):
        receiving.refuse_too_much("21000000")
    receiving.refuse_too_much("4000")  # a form is not an upload: one can still sign out, and remove things


def test_nothing_of_the_sending_stays_beside_the_store(client_maya: Client) -> None:
    before = set(os.listdir(settings.HOUSE.files_folder))
    client_maya.post("/import", {"files": [file("1.mbox", BODY)], "as": "maya@fernhill.example"})
    left = {name for name in set(os.listdir(settings.HOUSE.files_folder)) - before if len(name) != 32}
    assert left == set()
