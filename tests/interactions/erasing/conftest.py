"""Zoe, who will ask to be erased, in every way somebody comes in: each word of hers holds a mark of its own."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from rapport.accounts.acting import By
from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.postgres.binaries import find_binaries

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ZOE, BOB, MAYA = "zoe.mark01@quayside.example", "bob@moss.example", "maya@fernhill.example"


def letter(key: str, sender: str, to: str, subject: str, text: str, **heads: str) -> bytes:
    """A mail; `heads` are further headers, `_` for `-`."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in heads.items())
    return (
        f"From: {sender}\nTo: {to}\nDate: Mon, 16 Nov 2026 09:12:00 +0000\nMessage-ID: <{key}@mail.example>\n"
        f"Subject: {subject}\n{more}\n{text}\n"
    ).encode()


Z, B, M = f"Zoe Mark02name <{ZOE}>", f"Bob Berg <{BOB}>", f"Maya Okafor <{MAYA}>"
QUOTE = f"On Monday Zoe Mark02name <{ZOE}> wrote:\n> mark03quoted words\n"
IN_BASE64 = base64.b64encode(f"See you.\n\n{QUOTE}".encode()).decode()
ANSWER = {"In_Reply_To": "<2@mail.example>"}
ENCODED = {"Content_Transfer_Encoding": "base64", "Content_Type": "text/plain; charset=utf-8"}
LETTERS = {
    "to-us": letter("1", Z, M, "mark04subject", "mark05text. Could you send mark06thing?\n\n-- \nZoe mark07signature"),
    "to-us-and-bob": letter("2", Z, f"{M}, {B}", "mark08plan", "mark09shared words."),
    "bob-answers": letter("3", B, f"{M}, {Z}", "Re: mark08plan", f"Fine, Zoe Mark02name.\n\n{QUOTE}", **ANSWER),
    "bob-to-us-alone": letter("4", B, M, "Re: mark08plan", f"Between us: fine.\n\n{QUOTE}", **ANSWER),
    "bob-encoded": letter("5", B, M, "Quite another thing", IN_BASE64, **ENCODED),
    "bob-without-her": letter("6", B, M, "Tea", "Only about tea."),
    "robot": letter("7", Z, M, "Automatic reply: mark10away", "I am away, mark11away.", Auto_Submitted="auto-replied"),
    "unreadable": f"To: {ZOE}\nSubject: mark12broken\n\nNo sender and no date, mark13broken.\n".encode(),
}  # fmt: skip
LARGE = letter("8", Z, M, "mark14large", "mark15large " + "x" * 2_000_000)
CARD = (
    f"BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Mark02name\nEMAIL:{ZOE}\nTEL:+442071838750\nORG:Mark16 Studio\n"
    "TITLE:mark17title\nNOTE:mark18note\nCATEGORIES:mark19tag\nBDAY:1980-03-04\nX-ANY:mark20extra\nEND:VCARD\n"
).encode()
BOBS_CARD = f"BEGIN:VCARD\nVERSION:3.0\nFN:Bob Berg\nEMAIL:{BOB}\nNOTE:Works with {ZOE}\nEND:VCARD\n".encode()
TABLE = f"Name,Email,Notes\nZoe Mark02name,{ZOE},mark21row\nBob Berg,{BOB},Bob's row\n".encode()
CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:one\nDTSTART:20261110T090000Z\nDTEND:20261110T100000Z\n"
    f"SUMMARY:mark22meeting\nORGANIZER:mailto:{MAYA}\nATTENDEE;CN=Zoe Mark02name:mailto:{ZOE}\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:two\nDTSTART:20261111T090000Z\nDTEND:20261111T100000Z\nSUMMARY:With Bob and Zoe Mark02name\n"
    f"ORGANIZER:mailto:{MAYA}\nATTENDEE;CN=Zoe Mark02name:mailto:{ZOE}\nATTENDEE:mailto:{BOB}\nEND:VEVENT\n"
    f"BEGIN:VEVENT\nUID:three\nDTSTART:20261112T090000Z\nSUMMARY:mark23hers\nDESCRIPTION:mark24hers\n"
    f"ORGANIZER;CN=Zoe Mark02name:mailto:{ZOE}\nATTENDEE:mailto:{MAYA}\nATTENDEE:mailto:{BOB}\nEND:VEVENT\n"
    "END:VCALENDAR\n"
).encode()
ENVELOPE = f"From {ZOE} Mon Nov 16 09:12:00 2026\n".encode()
FILES = {
    "letters.mbox": b"".join(ENVELOPE + one + b"\n" for one in LETTERS.values()),
    "mark25file-Zoe Mark02name.eml": LARGE,
    "zoe.vcf": CARD + BOBS_CARD,
    "people.csv": TABLE,
    "our.ics": CALENDAR,
}  # fmt: skip
# Long enough that no four letters of a key or a hash are one by chance.
MARKS = tuple(f"mark{n:02}" for n in (*range(1, 26), *range(30, 35)))


@dataclass(frozen=True)
class Home:
    """Maya's home, where Zoe is known in every way there is."""

    house: House
    addresses: Addresses
    by: By

    def read(self, files: dict[str, bytes]) -> UUID:
        """Import these files to the end."""
        from rapport.accounts.rows import in_workspace
        from rapport.interactions.imports import GivenFile, run_import, start_import
        from rapport.relationships.refresh import read_far_on

        workspace, folder = self.by.viewer.workspace_id, self.house.files_folder
        with in_workspace(workspace):
            given = [GivenFile(name, [body]) for name, body in files.items()]
            run = start_import(self.by, given, folder).import_id
        assert run_import(workspace, run, folder, read_far_on)
        self.tidy()
        for one in folder.rglob("*"):
            os.utime(one, (1_000_000_000, 1_000_000_000))  # it did not come in just now
        return run

    def tidy(self) -> None:
        """What the worker does from time to time."""
        from rapport.interactions.tidying import tidy

        tidy(self.by.viewer.workspace_id, self.house.files_folder, NOW)

    def zoe(self) -> UUID | None:
        """Her id, where she is known."""
        from rapport.accounts.rows import in_workspace
        from rapport.people.models import Handle

        with in_workspace(self.by.viewer.workspace_id):
            return Handle.objects.filter(value=ZOE).values_list("person_id", flat=True).first()

    def everything(self) -> str:
        """All there is, as somebody with the disk could read it: a dump, and everything packed or encoded unpacked."""
        from django.contrib.sessions.models import Session

        told = [self._dump().lower()]
        with psycopg.connect(self.addresses.backup) as connection:
            raws = connection.execute("SELECT body FROM raw_item WHERE body IS NOT NULL").fetchall()
            told += [zlib.decompress(body) for (body,) in raws]
            told += [p for (p,) in connection.execute("SELECT prefix FROM import_item WHERE prefix IS NOT NULL")]
        told += [one.read_bytes() for one in self.house.path.rglob("*") if one.is_file()]
        told += [str(one.get_decoded()).encode() for one in Session.objects.all()]
        told += [base64.b64decode(found) for one in told for found in re.findall(rb"\n([A-Za-z0-9+/]{40,}=*)\n", one)]
        return "\n".join(one.decode("utf-8", "replace").lower() for one in told)

    def _dump(self) -> bytes:
        program = find_binaries().program("pg_dump")
        return subprocess.run([program, "--dbname", self.addresses.backup], capture_output=True, check=True).stdout


@pytest.fixture
def home(committed: Addresses, tmp_path: Path, settings: object) -> Iterator[Home]:
    """Everything of Zoe's read in, and what people wrote about her by hand."""
    from rapport.accounts.access import viewer_of
    from rapport.accounts.founding import found_workspace, join
    from rapport.accounts.models import Role, User
    from rapport.accounts.rows import in_workspace
    from rapport.people.home import claim_addresses, found_home, make_home_person

    house = House(tmp_path / "home")
    settings.HOUSE = house  # type: ignore[attr-defined]
    user = User.objects.create_user("maya@fernhill.example", name="Maya Okafor")
    workspace = found_workspace("Fernhill", "Europe/London", NOW)
    with in_workspace(workspace.id):
        person = make_home_person("Maya Okafor", MAYA, found_home("Fernhill", NOW), NOW)
        claim_addresses(person.id, [MAYA], NOW)
        by = By(viewer_of(join(workspace, user, person.id, Role.OWNER, NOW)), "cli", NOW)
    home = Home(house, committed, by)
    yield home
    shutil.rmtree(house.path)


@pytest.fixture
def lived_in(home: Home) -> Home:
    """The home with all files read, notes, facts, a merge, an address that was taken away, and a session."""
    home.read(FILES)
    _by_hand(home)
    return home


def _by_hand(home: Home) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    from rapport.accounts.rows import in_workspace
    from rapport.interactions.joining import merge
    from rapport.interactions.notes import add_note, remove_note
    from rapport.interactions.wishing import ask_not
    from rapport.people.editing import add_handle, add_person, edit_person, forget_fact, note_fact, remove_handle, tag
    from rapport.people.models import Fact, Handle

    by, zoe = home.by, home.zoe()
    assert zoe is not None
    with in_workspace(by.viewer.workspace_id):
        add_note(by, zoe, "A note, mark30note.")
        note = add_note(by, zoe, "A note taken back, mark31note.")
        remove_note(by, note.interaction_id)
        note_fact(by, zoe, "family", "mark32fact")
        note_fact(by, zoe, "family", "mark33forgotten")
        forget_fact(by, Fact.objects.get(value="mark33forgotten").id)
        add_handle(by, zoe, "email", "mark34other@quayside.example")
        remove_handle(by, Handle.objects.get(value="mark34other@quayside.example").id)
        other = add_person(by, "Zoe Mark02name", email="zoe.mark01second@gmail.com")
        merge(by, zoe, other.person_id)
        edit_person(by, zoe, said="ZOH-ee mark02said")
        tag(by, zoe, "mark19tag")
        ask_not(by, zoe, "do-not-contact", "She said so to mark30Maya.")
    session = SessionStore()
    session["toast"] = ["Zoe Mark02name is changed.", None]
    session.save()


@pytest.fixture
def erased(lived_in: Home) -> Callable[[], None]:
    """Erase Zoe, to the end."""
    from rapport.accounts.rows import in_workspace
    from rapport.interactions.erasing.beginning import erase
    from rapport.interactions.erasing.going_on import go_on

    def erased() -> None:
        workspace = lived_in.by.viewer.workspace_id
        zoe = lived_in.zoe()
        assert zoe is not None
        with in_workspace(workspace):
            erase(lived_in.by, zoe, "zoe mark02name")
        go_on(workspace, lived_in.house.path, lived_in.house.files_folder)

    return erased
