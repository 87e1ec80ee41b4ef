"""Every naughty string and the names of the corpora through every importer at once: kept, shown, and no fault."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from pathlib import Path

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.channels.models import ImportItem
from rapport.interactions.models import Interaction
from rapport.kit import clock
from rapport.kit.text import db_text, fold, is_name, one_line
from rapport.people.models import Fact, Handle, Organization
from tests.accept.importing import import_all

from .looking import as_words, seen_on
from .names import all_names
from .strings import naughty

IS_ALL = bool(os.environ.get("RAPPORT_ACCEPT"))
OURS = ("maya@fernhill.example",)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(now: datetime) -> Iterator[None]:
    with clock.stopped_at(now):
        yield


def test_strings_come_through_every_importer(maya: Viewer, client_maya: Client, shared: Path, tmp_path: Path) -> None:
    every = [_carried(text) for text in naughty(shared)] + all_names(shared)
    strings = every if IS_ALL else every[::12]
    (tmp_path / "all.mbox").write_bytes(b"".join(_mail(n, text) for n, text in enumerate(strings)))
    (tmp_path / "all.vcf").write_bytes(b"".join(_card(n, text) for n, text in enumerate(strings)))
    (tmp_path / "all.ics").write_bytes(_calendar(strings))
    with (tmp_path / "all.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [["Name", "Email", "Company", "Notes"]]
            + [[text, f"row{n}@rows.example", "", text] for n, text in enumerate(strings)]
        )
    done = import_all(maya, [tmp_path], OURS)
    assert done.quarantined == 0, list(ImportItem.objects.filter(outcome="quarantined").values_list("reason")[:3])
    _are_kept(strings)
    for address in ("/people", "/people?sort=last", "/organizations", "/import", "/search?q=alert"):
        seen_on(client_maya.get(address))
    for n in range(0, len(strings), max(1, len(strings) // 12)):
        person = Handle.objects.get(value=f"row{n}@rows.example").person_id
        words = as_words(seen_on(client_maya.get(f"/people/{person}")))
        assert as_words(one_line(strings[n], 300))[:200] in words, strings[n]


def _carried(text: str) -> str:
    """What a file in UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


def _are_kept(strings: list[str]) -> None:
    names = dict(Handle.objects.filter(kind="email").values_list("value", "person__name"))
    notes = set(Fact.objects.filter(kind="note").values_list("value", flat=True))
    assert Interaction.objects.filter(kind="mail").count() == len(strings)
    assert Interaction.objects.filter(kind="meeting").count() == _calendar(strings).count(b"BEGIN:VEVENT")
    for n, text in enumerate(strings):
        line = one_line(db_text(text[:300]), 300)
        if line and fold(line) and "\x00" not in text and text.isprintable():
            called = (line, line.strip()) if is_name(line) else (f"Card{n}",)
            assert names[f"card{n}@cards.example"] in called, text
            assert db_text(text.strip(), 2000)[:300] in {one[:300] for one in notes}, text
    assert not Organization.objects.filter(name="").exists()


def _mail(n: int, text: str) -> bytes:
    subject, name = (Header(text or " ", "utf-8", maxlinelen=200).encode(linesep="\n") for _ in range(2))
    return (
        (
            f"From x Thu Nov 19 08:00:00 2026\nFrom: {name} <mail{n}@mails.example>\nTo: {OURS[0]}\n"
            f"Date: {19 - n % 18:02} Nov 2026 {n % 24:02}:{n % 60:02}:00 +0000\nMessage-ID: <{n}@mails.example>\n"
            f"Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n"
        ).encode()
        + text.replace("\nFrom ", "\n>From ").encode()
        + b"\n\n"
    )


def _card(n: int, text: str) -> bytes:
    said = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    said = said.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{said}\r\nORG:{said}\r\nNOTE:{said}\r\nCATEGORIES:{said}\r\n"
        f"EMAIL:card{n}@cards.example\r\nEND:VCARD\r\n"
    ).encode()


def _calendar(strings: list[str]) -> bytes:
    events = b"".join(
        f"BEGIN:VEVENT\r\nUID:{n}@events.example\r\n"
        f"DTSTART:2026{n % 10 + 1:02}{n % 28 + 1:02}T{n % 24:02}{n % 60:02}00Z\r\n"
        f"SUMMARY:{said}\r\nDESCRIPTION:{said}\r\nATTENDEE:mailto:event{n}@events.example\r\nEND:VEVENT\r\n".encode()
        for n, text in enumerate(strings)
        if (said := text.replace("\\", "\\\\").replace("\r", " ").replace("\n", "\\n").replace("\x00", ""))
    )
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + events + b"END:VCALENDAR\r\n"
