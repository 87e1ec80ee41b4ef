"""Who brings or writes a note is told who reads it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.test import Client

from rapport.accounts.acting import By
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.people.models import Handle
from rapport.relationships.refresh import read_on

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe Quay\r\nEMAIL:zoe@quayside.example\r\nNOTE:Likes moss\r\nEND:VCARD\r\n"


def test_before_cards_are_brought(client_maya: Client) -> None:
    said = "Notes on cards and in tables are read by everybody in your workspace, except guests."
    assert said in client_maya.get("/import").text


def test_beside_what_a_card_brought(client_maya: Client, by: By, tmp_path: Path) -> None:
    run = start_import(by, [GivenFile("zoe.vcf", [CARD])], tmp_path).import_id
    assert run_import(by.viewer.workspace_id, run, tmp_path, read_on)
    zoe: UUID = Handle.objects.get(value="zoe@quayside.example").person_id
    page = client_maya.get(f"/people/{zoe}").text
    assert "Likes moss" in page
    assert page.count("Everybody in your workspace reads this, except guests.") == 2  # what is known, and notes
