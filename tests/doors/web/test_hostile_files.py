"""Hostile files and words of the corpora at the pages: files are handed out and never shown, words never run."""

from __future__ import annotations

import base64
import os
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from rapport.accounts.acting import By
from rapport.interactions.imports import GivenFile, run_import, start_import
from rapport.interactions.models import Interaction
from rapport.interactions.notes import add_note
from rapport.people.facts import note_fact
from rapport.people.models import Person
from rapport.relationships.refresh import read_on
from tests.corpora.attacks import attacks
from tests.people.people import somebody

pytestmark = pytest.mark.django_db

FOLDERS = ("html/html5-security-cheatsheet/attachments", "images/pillow-crashers", "xml/defusedxml")
# What browsers show by themselves, if they are let.
SHOWN = {"svg": "image/svg+xml", "xml": "text/xml", "xsl": "text/xml", "html": "text/html", "js": "text/javascript",
         "css": "text/css", "pdf": "application/pdf", "png": "image/png", "gif": "image/gif", "jpg": "image/jpeg",
         "swf": "application/x-shockwave-flash"}  # fmt: skip
SVG = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">&a;</svg>'
EACH = 1 if os.environ.get("RAPPORT_ACCEPT") else 4  # of these many is opened


def hostile_files(shared: Path) -> dict[str, bytes]:
    """Each with its name; a drawing that runs a script, which the corpora lack, too."""
    paths = [path for folder in FOLDERS for path in sorted((shared / "data/torture" / folder).iterdir())]
    return {path.name: path.read_bytes() for path in paths if path.suffix != ".md"} | {"drawing.svg": SVG}


def brought_in(by: By, raw: bytes, folder: Path) -> UUID:
    """A mail in Maya's mailbox."""
    begun = start_import(by, [GivenFile("one.eml", [raw])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)
    return Interaction.objects.get(kind="mail").id


def with_files(files: dict[str, bytes]) -> bytes:
    """A mail to which these are attached, and which shows those among them that are pictures."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "priya@northwind.example", "maya@fernhill.example", "Files"
    mail["Date"], mail["Message-ID"] = "Mon, 16 Nov 2026 09:12:00 +0000", "<files@northwind.example>"
    mail.set_content("See the files.")
    within = "".join(
        f'<img src="cid:{n}"><img src="data:{_kind(name)};base64,{base64.b64encode(body[:2_000]).decode()}">'
        for n, (name, body) in enumerate(files.items())
    )
    mail.add_alternative(f"<p>See the files.</p>{within}", subtype="html")
    for number, (name, body) in enumerate(files.items()):
        main, _, sub = _kind(name).partition("/")
        mail.add_attachment(body, main, sub, filename=name, cid=f"<{number}>")
    return mail.as_bytes()


def _kind(name: str) -> str:
    return SHOWN.get(name.rpartition(".")[2].lower(), "image/" + name.rpartition(".")[2].lower()[:8])


def test_every_hostile_file_is_handed_out_as_it_is_and_never_shown(
    client_maya: Client, by: By, shared: Path, settings: object
) -> None:
    files = hostile_files(shared)
    mail = brought_in(by, with_files(files), settings.HOUSE.files_folder)  # type: ignore[attr-defined]
    page = client_maya.get(f"/interactions/{mail}").text
    assert len(files) > 45
    for place, (name, body) in list(enumerate(files.items()))[::EACH]:
        answer = client_maya.get(f"/interactions/{mail}/files/{place}")
        assert answer.content == body, name
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Content-Disposition"].startswith("attachment")
        assert f"/interactions/{mail}/files/{place}" in page
    assert LexborHTMLParser(page).css("main img") == []


def test_of_pictures_within_a_mail_only_kinds_a_browser_draws_are_shown(
    client_maya: Client, by: By, shared: Path, settings: object
) -> None:
    mail = brought_in(by, with_files(hostile_files(shared)), settings.HOUSE.files_folder)  # type: ignore[attr-defined]
    answer = client_maya.get(f"/interactions/{mail}/html")
    shown = [one.attributes.get("src") or "" for one in LexborHTMLParser(answer.text).css("img")]
    kinds = Counter(src.partition(";")[0] for src in shown if src)
    assert kinds.keys() == {"data:image/png", "data:image/gif", "data:image/jpeg"}
    assert "img-src data:" in answer["Content-Security-Policy"]


def test_a_card_with_a_picture_in_it_is_taken_in_without_it(by: By, shared: Path, settings: object) -> None:
    pictures = sorted((shared / "data/torture/images").rglob("*.*"))[:40]
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana {n}\r\nEMAIL:ana{n}@x.example\r\n"
        f"PHOTO;ENCODING=b;TYPE=JPEG:{base64.b64encode(path.read_bytes()[:100_000]).decode()}\r\nEND:VCARD\r\n"
        for n, path in enumerate(pictures)
    )
    folder = settings.HOUSE.files_folder  # type: ignore[attr-defined]
    begun = start_import(by, [GivenFile("cards.vcf", [cards.encode()])], folder)
    run_import(by.viewer.workspace_id, begun.import_id, folder, read_on)
    assert Person.objects.filter(name__startswith="Ana ").count() == len(pictures)


def test_attacks_in_notes_facts_and_names_are_written_out(client_maya: Client, by: By, shared: Path) -> None:
    hostile = list(attacks(shared).values())[::5]
    plain = somebody(by, "Plain Words")
    harmless = add_note(by, plain.id, "Words.")
    expected = _elements(client_maya.get(f"/interactions/{harmless.interaction_id}").text)
    person = somebody(by, "Ana")
    for attack in hostile:
        note = add_note(by, person.id, attack[:15_000])
        page = client_maya.get(f"/interactions/{note.interaction_id}").text
        assert _elements(page) == expected, attack[:200]
        note_fact(by, person.id, "note", attack[:500])
        somebody(by, attack[:200])
    for address in (
        f"/people/{person.id}",
        "/people",
        f"/people/{person.id}/known",
        "/search?q=alert",
        "/find?q=alert",
    ):
        page = client_maya.get(address)
        assert page.status_code == 200, address
        assert not _runs(page.text), address


def _elements(page: str) -> Counter[str]:
    """What a page is made of. How it names what it is about, and the lines of a text, are words."""
    return Counter(one.tag for one in LexborHTMLParser(page).css("body *") if one.tag != "br")


def _runs(page: str) -> list[str]:
    tree = LexborHTMLParser(page)
    ours = [one for one in tree.css("script") if (one.attributes.get("src") or "").startswith("/static/")]
    others = [one.html or "" for one in tree.css("script, iframe, object, embed, base, math") if one not in ours]
    handlers = [one.html or "" for one in tree.css("*") if any(name.startswith("on") for name in one.attributes)]
    scripts = [one.html or "" for one in tree.css("[href]") if "script:" in (one.attributes.get("href") or "").lower()]
    return [one for one in others if "alert" in one] + handlers + scripts
