"""The search and the files of a mail, through the API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rapport.accounts.acting import By
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.relationships.refresh import read_on
from tests.channels.test_enclosed import PDF, whole
from tests.interactions.mails import MAYA, PRIYA, mail, read

from .conftest import Program


def test_what_is_found_comes_in_pieces_page_by_page(maya_key: Program, by: By) -> None:
    read(by.now, *(mail(f"m{n}", PRIYA, [MAYA], hour=n, text=f"The rota {n} <b>") for n in range(3)))
    first = maya_key.get("/search", q="rot", limit="2")
    assert [row["interaction"]["title"] for row in first["rows"]] == ["m2", "m1"]
    assert first["rows"][0]["text"] == [
        {"text": "The ", "is_found": False},
        {"text": "rota", "is_found": True},
        {"text": " 2 <b>", "is_found": False},
    ]
    second = maya_key.get("/search", q="rot", limit="2", cursor=first["next"])
    assert ([row["interaction"]["title"] for row in second["rows"]], second["next"]) == (["m0"], None)
    assert maya_key.get("/search", q="rota", as_of="2026-11-01")["rows"] == []
    refused = maya_key.ask("GET", f"/search?q={quote('-rota')}")
    assert (refused.status_code, refused.json()["code"]) == (422, "no-words")


def test_a_file_comes_out_under_a_safe_name(maya_key: Program, by: By, settings: Any) -> None:
    body = whole().replace(b"c@d.example", b"maya@fernhill.example")
    folder = settings.HOUSE.files_folder
    begun = start_import(by, [GivenFile("one.eml", [body])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)
    found = maya_key.get("/search", q="quartalsbericht has:file")["rows"]
    interaction = found[0]["interaction"]["id"]
    assert found[0]["files"][0][0] == {"text": "Quartalsbericht", "is_found": True}
    opened = maya_key.get(f"/interactions/{interaction}")
    assert opened["has_own_copy"]
    assert [(one["place"], one["name"]) for one in opened["attachments"]][:2] == [
        (0, "Quartalsbericht größer.pdf"),
        (1, "same.csv"),
    ]
    answer = maya_key.ask("GET", f"/interactions/{interaction}/attachments/0")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Quartalsbericht")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    person = opened["people"][0]["id"]
    rows = maya_key.get(f"/people/{person}/timeline", with_files="true")["rows"]
    assert [row["id"] for row in rows] == [interaction]
