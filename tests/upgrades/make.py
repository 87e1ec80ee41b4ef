"""Make the kept home of a state of Rapport: `python tests/upgrades/make.py CHECKOUT TARGET`. Not a test itself.

CHECKOUT is a folder with the source of that state, TARGET the file to write. Only what every state has is used: the
command line, and operations by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGAN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
MAYA = "maya@fernhill.example"
PEOPLE = ("Priya Nair <priya@larkspur.example>", "Kenji Mori <kenji@aurora.example>", "Dana Levy <dana@gmail.com>")
COMMAND = "from rapport.doors.cli import main; main()"
BY_NAME = """
import sys
from rapport.doors.running.database import opened
from rapport.kit.house import House
with opened(House.from_environment()):
    from rapport.accounts.rows import in_workspace
    from rapport.doors.operations.beginning import viewer_for
    from rapport.doors.operations.catalogue import call
    from rapport.people.models import Person
    viewer = viewer_for()
    with in_workspace(viewer.workspace_id):
        who = {one.name.split()[0].lower(): one.id for one in Person.objects.all()}
        call("people.fact", viewer, "cli", {"person_id": who["priya"], "kind": "family", "value": "Two cats."})
        call("people.note", viewer, "cli", {"person_id": who["priya"], "text": "Mornings are best."})
        call("people.tag", viewer, "cli", {"person_id": who["kenji"], "word": "partner"})
        call("people.merge", viewer, "cli", {"person_id": who["kenji"], "other": who["dana"]})
"""


def main() -> None:
    """Live in a home of that state for a moment, and back it up."""
    checkout, target = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    with tempfile.TemporaryDirectory() as folder:
        home, given = Path(folder) / "home", Path(folder)
        (given / "mail.mbox").write_text(_mails(0, 8))
        (given / "other.mbox").write_text(_mails(6, 10))
        (given / "people.csv").write_text("Name,Email,Company\nZoe Chan,zoe@quayside.example,Quayside\n")
        (given / "card.vcf").write_text(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Priya Nair\nORG:Larkspur\nTITLE:Head of Care\nEMAIL:priya@larkspur.example\n"
            "TEL:+44 20 7946 0123\nBDAY:1980-04-12\nEND:VCARD\n"
        )
        (given / "calendar.ics").write_text(_calendar())
        for arguments in (
            ["import", "mail.mbox", "card.vcf", "people.csv", "calendar.ics", "--as", MAYA],
            ["import", "other.mbox", "--as", MAYA],
            ["undo"],
            ["log", "called Priya 10 min, rota works"],
        ):
            _run(checkout, home, given, ["-c", COMMAND, *arguments])
        _run(checkout, home, given, ["-c", BY_NAME])
        target.unlink(missing_ok=True)
        _run(checkout, home, given, ["-c", COMMAND, "backup", str(target)])
        _run(checkout, home, given, ["-c", DISCARD])


DISCARD = """
from rapport.kit.house import House
from rapport.kit.postgres import EmbeddedServer
EmbeddedServer(House.from_environment()).discard()
"""


def _run(checkout: Path, home: Path, folder: Path, arguments: list[str]) -> None:
    environment = {**os.environ, "RAPPORT_HOME": str(home), "PYTHONPATH": str(checkout), "RAPPORT_SAMPLE": "no"}
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, check=True)


def _mails(first: int, last: int) -> str:
    box = []
    for n in range(first, last):
        at, them = BEGAN + timedelta(days=6 * n), PEOPLE[n % 3]
        sender, to = (f"Maya Okafor <{MAYA}>", them) if n % 2 else (them, f"Maya Okafor <{MAYA}>")
        answers = f"In-Reply-To: <{n - 3}@larkspur.example>\n" if n > 2 else ""
        box.append(
            f"From x@y {at:%a %b %d %H:%M:%S %Y}\nFrom: {sender}\nTo: {to}\nDate: {at:%a, %d %b %Y %H:%M:%S} +0000\n"
            f"Message-ID: <{n}@larkspur.example>\n{answers}Subject: Rota\n\nCould you send the rota of week {n}?\n\n"
        )
    return "".join(box)


def _calendar() -> str:
    at = BEGAN + timedelta(days=3)
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x\nBEGIN:VEVENT\nUID:1@larkspur.example\n"
        f"DTSTAMP:{BEGAN:%Y%m%dT%H%M%SZ}\nDTSTART:{at:%Y%m%dT%H%M%SZ}\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "SUMMARY:Visit\nORGANIZER;CN=Priya Nair:mailto:priya@larkspur.example\n"
        f"ATTENDEE;CN=Maya:mailto:{MAYA}\nEND:VEVENT\nEND:VCALENDAR\n"
    )


if __name__ == "__main__":
    main()
