"""Files handed over to the API, watched, stopped and taken back; their bytes come out as they went in."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rapport.accounts.models import JournalEntry
from rapport.interactions.imports import run_import
from rapport.interactions.models import Interaction
from rapport.relationships.refresh import read_on

from .conftest import Program

MAIL = (
    b"From: Priya Raman <priya@northwind.example>\r\nTo: maya@fernhill.example\r\n"
    b"Date: Thu, 19 Nov 2026 08:00:00 +0000\r\nMessage-ID: <one@northwind.example>\r\n"
    b"Subject: The rota\r\n\r\nThe two-site rota works.\r\n"
)


NO_SENDER = b"Subject: nobody\r\nDate: Thu, 19 Nov 2026 08:00:00 +0000\r\n\r\nHello\r\n"


def _send(program: Program, *files: tuple[str, bytes], **more: Any) -> Any:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    answer = program.ask("POST", "/imports", None, data={"files": given, **more})
    assert answer.status_code == 202, answer.content
    return answer.json()


def _read(program: Program, import_id: str) -> None:
    workspace_id = program.get("/me")["workspace_id"]
    assert run_import(UUID(workspace_id), UUID(import_id), settings.HOUSE.files_folder, read_on)


def test_a_mail_goes_in_and_comes_out_the_same(maya_key: Program) -> None:
    begun = _send(maya_key, ("one.eml", MAIL))
    assert maya_key.get(f"/imports/{begun['id']}")["state"] == "waiting"
    _read(maya_key, begun["id"])
    ended = maya_key.get(f"/imports/{begun['id']}")
    assert (ended["state"], ended["found"], ended["stored"], ended["people"]) == ("done", 1, 1, 1)
    assert [row["id"] for row in maya_key.get("/imports")["rows"]] == [begun["id"]]

    priya = maya_key.get("/people", q="priya")["rows"][0]
    mail = maya_key.get(f"/people/{priya['id']}/timeline")["rows"][0]
    opened = maya_key.get(f"/interactions/{mail['id']}")
    assert (opened["title"], opened["text"], opened["by"]) == ("The rota", "The two-site rota works.", "them")
    raw = maya_key.ask("GET", f"/interactions/{mail['id']}/raw")
    assert raw.content == MAIL
    assert raw["Content-Type"] == "application/octet-stream"
    assert raw["Content-Disposition"].startswith("attachment")

    maya_key.post(f"/imports/{begun['id']}/undo")
    assert not Interaction.objects.exists()
    assert maya_key.get("/people", q="priya")["rows"] == []


def test_several_files_and_whose_mail_it_is(maya_key: Program) -> None:
    begun = _send(maya_key, ("one.eml", MAIL), ("two.eml", MAIL), home_addresses=["maya@elsewhere.example"])
    assert maya_key.get(f"/imports/{begun['id']}")["files"] == 2
    handles = maya_key.get(f"/people/{maya_key.get('/me')['person_id']}")["handles"]
    assert "maya@elsewhere.example" in {one["value"] for one in handles}


def test_many_files_are_laid_together_before_the_transaction_begins(
    maya_key: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packed_too_late(_files: object) -> None:
        raise AssertionError("many files are packed while the transaction is open")

    monkeypatch.setattr("rapport.interactions.imports.packed", packed_too_late)
    begun = _send(maya_key, *((f"{n}.eml", MAIL.replace(b"<one@", b"<%d@" % n)) for n in range(23)))
    _read(maya_key, begun["id"])
    ended = maya_key.get(f"/imports/{begun['id']}")
    assert (ended["name"], ended["files"], ended["stored"]) == ("0.eml and 22 more", 1, 23)


def test_many_files_sent_twice_with_one_key_are_one_import(maya_key: Program) -> None:
    def send() -> Any:
        given = [SimpleUploadedFile(f"{n}.eml", MAIL) for n in range(23)]
        return maya_key.ask("POST", "/imports", None, data={"files": given}, HTTP_IDEMPOTENCY_KEY="once").json()

    assert send() == send()


def test_whose_mail_it_is_must_be_an_address(maya_key: Program) -> None:
    given = {
        "files": [SimpleUploadedFile("one.eml", MAIL)],
        "home_addresses": ["maya@fernhill.example", "notanaddress"],
    }
    refused = maya_key.ask("POST", "/imports", None, data=given)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad-email")
    assert "“notanaddress” is no e-mail address" in refused.text
    assert maya_key.get("/imports")["rows"] == []


def test_an_import_rests_goes_on_and_is_ended(maya_key: Program) -> None:
    address = f"/imports/{_send(maya_key, ('one.eml', MAIL))['id']}"
    states = [maya_key.post(f"{address}/{verb}")["state"] for verb in ("pause", "resume", "cancel")]
    assert states == ["paused", "waiting", "cancelled"]
    assert maya_key.ask("POST", f"{address}/pause").status_code == 409


def test_what_was_set_aside_says_why_and_can_be_tried_again(maya_key: Program) -> None:
    begun = _send(maya_key, ("broken.eml", NO_SENDER))
    _read(maya_key, begun["id"])
    rows = maya_key.get(f"/imports/{begun['id']}/quarantine")["rows"]
    assert [(row["file"], row["reason"]) for row in rows] == [("broken.eml", "no-sender")]
    assert rows[0]["sentence"].startswith("It names no sender.")
    assert maya_key.post(f"/quarantine/{rows[0]['id']}/retry") == {"outcome": "quarantined"}


def test_without_files_there_is_no_import(maya_key: Program) -> None:
    refused = maya_key.ask("POST", "/imports", None, data={"home_addresses": "maya@fernhill.example"})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["files"])
    assert maya_key.ask("POST", "/imports", {"files": []}).status_code == 422


def test_an_upload_larger_than_a_stranger_may_send(maya_key: Program) -> None:
    begun = _send(maya_key, ("long.eml", MAIL + b"x" * 300_000))
    assert maya_key.get(f"/imports/{begun['id']}")["bytes_total"] == len(MAIL) + 300_000


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


def test_what_was_set_aside_in_an_archive_is_called_by_its_own_name(maya_key: Program) -> None:
    box = b"From - Thu Nov 19 08:00:00 2026\n%s\nFrom - Thu Nov 19 09:00:00 2026\n%s" % (MAIL, NO_SENDER)
    begun = _send(maya_key, ("old.zip", _zip(lost_eml=NO_SENDER + b"again", old__box_mbox=box)))
    _read(maya_key, begun["id"])
    rows = maya_key.get(f"/imports/{begun['id']}/quarantine")["rows"]
    found = [(row["file"], row["member"], row["number"]) for row in rows]
    assert found == [("old.zip", "lost.eml", None), ("old.zip", "old/box.mbox", 2)]


def test_what_was_set_aside_is_left_out_and_taken_back(maya_key: Program) -> None:
    begun = _send(maya_key, ("broken.eml", NO_SENDER))
    _read(maya_key, begun["id"])
    quarantine, told = f"/imports/{begun['id']}/quarantine", f"/imports/{begun['id']}"
    item = maya_key.get(quarantine)["rows"][0]
    undo = maya_key.post(f"/quarantine/{item['id']}/leave-out")["undo"]
    assert maya_key.get(quarantine)["rows"] == []
    after = maya_key.get(told)
    assert (after["found"], after["skipped"], after["quarantined"]) == (1, 1, 0)
    assert after["rules"][0]["sentence"] == "Left out by hand, because it could not be read."
    assert maya_key.ask("POST", f"/quarantine/{item['id']}/leave-out").status_code == 404

    maya_key.post("/undo", {"entry": undo})
    assert [(row["id"], row["reason"]) for row in maya_key.get(quarantine)["rows"]] == [(item["id"], "no-sender")]


def test_an_import_taken_back_on_its_page_is_not_met_again_by_undo(maya_key: Program, client_maya: Client) -> None:
    added = maya_key.post("/people", {"name": "Ana"})
    begun = _send(maya_key, ("one.eml", MAIL))
    _read(maya_key, begun["id"])
    assert client_maya.post(f"/import/{begun['id']}/undo").status_code == 303
    undone = maya_key.post("/undo")
    assert (undone["id"], undone["stay"]) == (added["undo"], [])
    again = maya_key.ask("POST", "/undo", {"entry": begun["undo"]})
    assert (again.status_code, again.json()["code"]) == (409, "undone-already")


def test_one_that_was_taken_back_before_that_was_written_down_is_passed_over(maya_key: Program) -> None:
    added = maya_key.post("/people", {"name": "Ana"})
    begun = _send(maya_key, ("one.eml", MAIL))
    _read(maya_key, begun["id"])
    maya_key.post(f"/imports/{begun['id']}/undo")
    JournalEntry.objects.filter(verb="import.start").update(undone_at=None)
    undone = maya_key.post("/undo")
    assert undone["id"] == added["undo"]
    assert [one["verb"] for one in undone["stay"]] == ["import.start"]


def test_before_an_import_is_come_upon_behind_what_stays_done_it_is_asked(
    maya_key: Program, client_maya: Client
) -> None:
    """Nobody takes back all that came in by pressing undo once too often; nor is undo stuck there."""
    earlier, later = _send(maya_key, ("one.eml", MAIL)), _send(maya_key, ("two.eml", MAIL))
    for begun in (earlier, later):
        _read(maya_key, begun["id"])
    maya_key.post(f"/imports/{later['id']}/undo")
    JournalEntry.objects.filter(id=later["undo"]).update(undone_at=None)
    refused = maya_key.ask("POST", "/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "must-ask")
    assert refused.json()["fields"]["entry"] == earlier["undo"]
    assert "This import was undone already." in refused.text
    assert maya_key.get(f"/imports/{earlier['id']}")["state"] == "done"
    assert client_maya.post("/undo").headers["Location"] == f"/import/{earlier['id']}/undo"
    assert maya_key.get(f"/imports/{earlier['id']}")["state"] == "done"
    assert maya_key.post("/undo", {"sure": True})["id"] == earlier["undo"]
    assert maya_key.get(f"/imports/{earlier['id']}")["state"] == "undone"
