"""How fast mail becomes people and relationships: from files on disk to judged pairs, as the command line does it."""

from __future__ import annotations

import contextlib
import email
import email.policy
import gzip
import mailbox
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connections, transaction

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Role, User
from rapport.accounts.rows import in_workspace
from rapport.doors.operations.handing_over import hand_over
from rapport.interactions.import_progress import Progress, progress_of
from rapport.interactions.imports import run_import
from rapport.kit import clock
from rapport.people.home import claim_addresses, found_home, make_home_person
from rapport.relationships.refresh import read_on

_SYLLABLES = tuple(a + b for a in "bdfgklmnprstvz" for b in "aeiou")


@dataclass(frozen=True, slots=True)
class Rate:
    """An import and what the standard library takes only to parse the same mails, in the same minute."""

    name: str
    mails: int
    seconds: float
    again_seconds: float
    plain_seconds: float
    load: float

    @property
    def per_second(self) -> float:
        """Mails a second: parsed, matched, stored and judged."""
        return self.mails / self.seconds

    @property
    def plain_per_second(self) -> float:
        """Mails a second that the standard library parses, and does nothing else."""
        return self.mails / self.plain_seconds


def measure(name: str, path: Path, address: str, files_folder: Path) -> Rate:
    """Import a mailbox into a workspace of its own, and once more, and let the standard library parse it."""
    load = os.getloadavg()[0]
    plain = _parsing_alone(path)
    viewer = newcomer(address)
    first = _import(viewer, path, address, files_folder)
    again = _import(viewer, path, address, files_folder)
    assert first[1].stored + first[1].already == first[1].found, first[1]
    assert again[1].already == again[1].found, again[1]
    return Rate(name, first[1].found, first[0], again[0], plain, load)


def address_book(people: int) -> bytes:
    """Cards as a phone writes them, ten at an organization."""
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{_word(n)} {_word(n * 7 + 1)}\r\nN:{_word(n * 7 + 1)};{_word(n)};;;\r\n"
        f"ORG:Org {n // 10}\r\n"
        f"EMAIL:p{n}@org{n // 10}.example\r\nTEL:+442079{n:06}\r\nTITLE:Manager\r\n"
        f"BDAY:19{50 + n % 50}-{n % 12 + 1:02}-{n % 28 + 1:02}\r\nEND:VCARD\r\n"
        for n in range(people)
    ).encode()


def table_of_people(people: int) -> bytes:
    """Rows as another CRM exports them, ten at an organization."""
    header = "First Name,Last Name,E-mail 1 - Value,Organization Name,Phone 1 - Value\r\n"
    rows = (
        f"{_word(n)},{_word(n * 7 + 1)},q{n}@org{n // 10}.example,Org {n // 10},+442079{n:06}\r\n"
        for n in range(people)
    )
    return (header + "".join(rows)).encode()


def _word(n: int) -> str:
    """A name of letters alone, another for each number: a figure in it makes a name one in a hundred."""
    return "".join(_SYLLABLES[n // len(_SYLLABLES) ** place % len(_SYLLABLES)] for place in range(4)).capitalize()


def measure_people(path: Path, files_folder: Path) -> tuple[int, float, float, float]:
    """Import people from a file into a workspace of its own, and once more: how many, seconds, seconds again, load."""
    address = "measured@people.example"
    load = os.getloadavg()[0]
    viewer = newcomer(address)
    seconds, first = _import(viewer, path, address, files_folder)
    again_seconds, again = _import(viewer, path, address, files_folder)
    assert (first.stored, again.already) == (first.found, again.found), (first, again)
    return first.found, seconds, again_seconds, load


def rows_alone(content: bytes) -> float:
    """Rows a second of this table that the database takes in and does nothing else: copied into one table, then the
    indexes by which a name, an address and a part of a name are found.
    """
    connection = connections["owner"]
    with transaction.atomic("owner"), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE plain (id bigserial PRIMARY KEY, first text, last text, email text, at text, tel text)"
        )
        began = time.perf_counter()
        with cursor.copy("COPY plain (first, last, email, at, tel) FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)
        cursor.execute("CREATE INDEX ON plain (last, first)")
        cursor.execute("CREATE INDEX ON plain (email)")
        cursor.execute("CREATE INDEX ON plain USING gin ((first || ' ' || last || ' ' || email) gin_trgm_ops)")
        taken = time.perf_counter() - began
        transaction.set_rollback(True, "owner")
    return (content.count(b"\n") - 1) / taken


def newcomer(address: str) -> Viewer:
    """A workspace of its own, and the owner of it."""
    now = clock.now()
    workspace = found_workspace(address, "UTC", now)
    user = User.objects.create_user(f"{workspace.id}@benchmark.example")
    with in_workspace(workspace.id):
        person = make_home_person("Measured", address, found_home("Measured", now), now)
        claim_addresses(person.id, [address], now)
    return viewer_of(join(workspace, user, person.id, Role.OWNER, now))


def _import(viewer: Viewer, path: Path, address: str, files_folder: Path) -> tuple[float, Progress]:
    began = time.perf_counter()
    import_id, _journal = hand_over(viewer, [path], [address], files_folder)
    run_import(viewer.workspace_id, import_id, files_folder, read_on)
    return time.perf_counter() - began, _progress(viewer, import_id)


def _progress(viewer: Viewer, import_id: UUID) -> Progress:
    with in_workspace(viewer.workspace_id):
        return progress_of(viewer, import_id)


def _parsing_alone(path: Path) -> float:
    mails = _mails_of(path)
    began = time.perf_counter()
    for raw in mails:
        with contextlib.suppress(Exception):  # it fails on some of what people really send
            _read_plainly(raw)
    return time.perf_counter() - began


def _read_plainly(raw: bytes) -> None:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for name in ("From", "To", "Cc", "Date", "Subject"):
        str(message[name])
    body = message.get_body(("plain", "html"))
    if body is not None:
        body.get_content()


def _mails_of(path: Path) -> list[bytes]:
    whole = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    with tempfile.NamedTemporaryFile(suffix=".mbox") as plain:
        plain.write(whole)
        plain.flush()
        box = mailbox.mbox(plain.name)
        return [box.get_bytes(key) for key in box.keys()]  # noqa: SIM118 - a mailbox yields messages, not keys
