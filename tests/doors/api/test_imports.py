"""Files handed over to the API, watched, stopped and taken back; their bytes come out as they went in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from rapport.interactions.imports import run_import
from rapport.interactions.models import Interaction
from rapport.relationships.refresh import read_on

from .conftest import Program

MAIL = (
    b"From: Priya Raman <priya@northwind.example>\r\nTo: maya@fernhill.example\r\n"
    b"Date: Thu, 19 Nov 2026 08:00:00 +0000\r\nMessage-ID: <one@northwind.example>\r\n"
    b"Subject: The rota\r\n\r\nThe two-site rota works.\r\n"
)


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


def test_an_import_rests_goes_on_and_is_ended(maya_key: Program) -> None:
    address = f"/imports/{_send(maya_key, ('one.eml', MAIL))['id']}"
    states = [maya_key.post(f"{address}/{verb}")["state"] for verb in ("pause", "resume", "cancel")]
    assert states == ["paused", "waiting", "cancelled"]
    assert maya_key.ask("POST", f"{address}/pause").status_code == 409


def test_what_was_set_aside_says_why_and_can_be_tried_again(maya_key: Program) -> None:
    begun = _send(
        maya_key, ("broken.eml", b"Subject: nobody\r\nDate: Thu, 19 Nov 2026 08:00:00 +0000\r\n\r\nHello\r\n")
    )
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
