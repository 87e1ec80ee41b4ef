"""What is stopped at every place: who does what, and how they bring it to its end afterwards. Not a test itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from django.db import connections

from rapport.accounts.founding import found_workspace
from rapport.channels.files import DRAFT, UPLOAD
from rapport.doors.keeping.backing_up import back_up
from rapport.doors.keeping.checking import check
from rapport.doors.keeping.restoring import restore
from rapport.doors.keeping.verifying import verify
from rapport.doors.running.migrating import migrate
from rapport.interactions.imports import GivenFile, start_import
from rapport.interactions.logging import log
from rapport.interactions.saying import understand
from rapport.kit import clock
from rapport.kit.trouble import Conflict

from .doing import MAYA, as_maya, ask, come_to_rest, judge_all, person_called, settle_in, work
from .lab import NOW, Maker, Stage
from .outcome import outcome_of

Outcome = dict[str, Any]
KEEPING = (".backup-", ".rapport-backup-", ".restore-")


def quiet(_sentence: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Scenario:
    """`begins` made the home it happens in; `act` is stopped; `finish` is what somebody does afterwards until all is
    well; `outcome` is what must be so then.
    """

    name: str
    begins: tuple[Maker, ...]
    act: Callable[[Stage], object]
    finish: Callable[[Stage], object]
    outcome: Callable[[Stage], Outcome]


def usual_outcome(stage: Stage) -> Outcome:
    """What the workspace came to, what lies in the store, and what `rapport check` says."""
    connections.close_all()
    outcome: Outcome = dict(outcome_of(stage.addresses.app, stage.said["workspace"]))
    return {**outcome, **_stored(stage), "check": [one.sentence for one in check(stage.house, stage.addresses)]}


def _stored(stage: Stage) -> Outcome:
    files = stage.house.files_folder
    left = [path.name for path in [*files.iterdir(), *stage.outside.iterdir(), *stage.house.path.iterdir()]
            if path.name.startswith((DRAFT, *KEEPING)) or UPLOAD in path.name]  # fmt: skip
    return {"stored": sorted(path.name for path in files.glob("*/??/*")), "left behind": left}


# --- what is imported -------------------------------------------------------------------------------------------


PEOPLE = ("Priya Nair <priya@larkspur.example>", "Kenji Mori <kenji@aurora.example>", "Dana <dana@gmail.com>")


def mails(first: int, last: int, large: int = -1) -> bytes:
    """An mbox of letters between Maya and three others, some of them answers; one may carry more than a megabyte."""
    box = []
    for n in range(first, last):
        at = NOW - timedelta(days=200 - 3 * n)
        them = ("Priya Nair <priya@larkspur.example>", "Kenji Mori <kenji@aurora.example>", "Dana <dana@gmail.com>")[
            n % 3
        ]
        letter = EmailMessage()
        letter["From"], letter["To"] = (them, MAYA) if n % 2 else (f"Maya Okafor <{MAYA}>", them)
        letter["Date"], letter["Message-ID"] = at, f"<{n}@larkspur.example>"
        letter["Subject"] = f"Rota {n // 4}"
        if n % 4:
            letter["In-Reply-To"] = f"<{n - 1}@larkspur.example>"
        letter.set_content(f"The rota for week {n} works. Could you send me the next one?\n")
        if n == large:
            letter.add_attachment(b"picture" * 200_000, maintype="image", subtype="png", filename="rota.png")
        box.append(f"From x@y {at:%a %b %d %H:%M:%S %Y}\n".encode() + letter.as_bytes() + b"\n")
    return b"".join(box)


def cards() -> bytes:
    """An address book."""
    people = [("Priya Nair", "priya@larkspur.example"), ("Kenji Mori", "kenji@aurora.example"), ("Zoë Chan", "")]
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nORG:Larkspur\r\nTITLE:Head\r\nCATEGORIES:care\r\nBDAY:1980-04-12\r\n"
        f"NOTE:Two cats.\r\nTEL:+44 20 7946 01{n:02}\r\n{f'EMAIL:{email}' if email else 'NICKNAME:Z'}\r\nEND:VCARD\r\n"
        for n, (name, email) in enumerate(people)
    ).encode()


def table() -> bytes:
    """A table of people."""
    rows = [f"Person {n},p{n}@quayside.example,Quayside,Nurse,+44 20 7946 02{n:02}" for n in range(12)]
    return "\n".join(["Name,Email,Company,Title,Phone", *rows]).encode()


def calendar() -> bytes:
    """Meetings, a series with a moved one, and a planned one."""
    events = []
    for n in range(6):
        at = NOW + timedelta(days=14 * (n - 4))
        rule = "RRULE:FREQ=WEEKLY;COUNT=3\r\n" if n == 1 else ""
        events.append(
            f"BEGIN:VEVENT\r\nUID:{n}@larkspur.example\r\nDTSTAMP:{NOW:%Y%m%dT%H%M%SZ}\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\n"
            f"DTEND:{at + timedelta(hours=1):%Y%m%dT%H%M%SZ}\r\nSUMMARY:Visit {n}\r\n{rule}"
            f"ORGANIZER;CN=Priya Nair:mailto:priya@larkspur.example\r\nATTENDEE;CN=Maya:mailto:{MAYA}\r\nEND:VEVENT\r\n"
        )
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def _import(name: str, content: bytes) -> Scenario:
    def act(stage: Stage) -> None:
        with as_maya(stage) as by:
            start_import(by, [GivenFile(name, [content])], stage.house.files_folder)
        work()

    def finish(stage: Stage) -> None:
        if not stage.ask("SELECT 1 FROM import"):
            act(stage)
        come_to_rest(stage)

    return Scenario(f"import of {name}", (settle_in,), act, finish, usual_outcome)


def _brought_in(stage: Stage, **files: bytes) -> None:
    for name, content in files.items():
        with as_maya(stage) as by:
            start_import(by, [GivenFile(name.replace("_", "."), [content])], stage.house.files_folder)
        work()
    judge_all(stage)


def lived_in(stage: Stage) -> dict[str, Any]:
    """Maya's mail of eight weeks."""
    _brought_in(stage, mail_mbox=mails(0, 8, large=5))
    come_to_rest(stage)
    return {"priya": person_called(stage, "Priya Nair"), "kenji": person_called(stage, "Kenji Mori")}


LIVED_IN: tuple[Maker, ...] = (settle_in, lived_in)


def _asked(name: str, path: str, body: dict[str, str] | None = None, begins: tuple[Maker, ...] = LIVED_IN) -> Scenario:
    """Something a program asks for with an idempotency key, and asks for again when it got no answer."""

    def act(stage: Stage) -> int:
        filled = {
            key: value.format(**stage.said) if isinstance(value, str) else value for key, value in (body or {}).items()
        }
        return int(ask(stage, path.format(**stage.said), filled, once=name).status_code)

    def finish(stage: Stage) -> None:
        code = act(stage)
        assert code < 300, code
        come_to_rest(stage)

    return Scenario(name, begins, act, finish, usual_outcome)


def merged(stage: Stage) -> dict[str, Any]:
    """Priya and Kenji are one."""
    answer = ask(stage, f"/people/{stage.said['priya']}/merge", {"other": str(stage.said["kenji"])}, once="before")
    assert answer.status_code == 200, answer.content
    come_to_rest(stage)
    return {"merge": stage.ask("SELECT id FROM merge")[0][0]}


def imported_twice(stage: Stage) -> dict[str, Any]:
    """Two imports that share some of their mail."""
    _brought_in(stage, one_mbox=mails(0, 6), two_mbox=mails(3, 9, large=7))
    come_to_rest(stage)
    return {"import": stage.ask("SELECT id FROM import ORDER BY made_at, id LIMIT 1")[0][0]}


def logged(stage: Stage) -> dict[str, Any]:
    """A call with Priya, written down."""
    with as_maya(stage) as by:
        kept = log(by, understand("called Priya 10 min, rota works", NOW, clock.zone("UTC")), [stage.said["priya"]])
    come_to_rest(stage)
    return {"entry": str(kept.journal_id)}


def before_morning(stage: Stage) -> None:
    """Maya's day begins, and her list is not made yet."""
    stage.ask("DELETE FROM today_list")
    stage.ask("INSERT INTO agenda (workspace_id, kind, due_at) VALUES (%s, 'today', now())"
              " ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = now()", stage.said["workspace"])  # fmt: skip


def _morning() -> Scenario:
    return Scenario("a morning", (*LIVED_IN, before_morning), lambda stage: work(), come_to_rest, usual_outcome)


def _upload() -> Scenario:
    files = {"a.mbox": mails(0, 4, large=2), "b.csv": table()}  # the same bytes whenever it is asked

    def act(stage: Stage) -> int:
        answer = ask(stage, "/imports", once="upload", files=files)
        work()
        return int(answer.status_code)

    def finish(stage: Stage) -> None:
        assert act(stage) == 202
        come_to_rest(stage)

    return Scenario("an upload", (settle_in,), act, finish, usual_outcome)


def _queued_undo() -> Scenario:
    """An import too large to be taken back while somebody waits."""
    one = _asked("undo of an import in line", "/imports/{import}/undo", begins=(settle_in, imported_twice))

    def act(stage: Stage) -> None:
        one.act(stage)
        work()

    return Scenario(one.name, one.begins, act, one.finish, one.outcome)


# --- keeping ----------------------------------------------------------------------------------------------------


def _backup() -> Scenario:
    def act(stage: Stage) -> None:
        back_up(stage.house, stage.addresses, stage.outside, quiet)

    def outcome(stage: Stage) -> Outcome:
        made = sorted(stage.outside.glob("*.rapport"))
        whole = [verify(path).counts for path in made]
        return {**usual_outcome(stage), "backups": bool(made), "differing": [one for one in whole if one != whole[0]]}

    return Scenario("a backup", LIVED_IN, act, act, outcome)


def backed_up(stage: Stage) -> dict[str, Any]:
    """An empty home, and a backup of what was in it."""
    back_up(stage.house, stage.addresses, stage.outside, quiet)
    (path,) = stage.outside.glob("*.rapport")
    stage.ask('TRUNCATE workspace, "user" CASCADE')
    for kept in stage.house.files_folder.glob("*/??/*"):
        kept.unlink()
    return {"backup": path.name}


def _restore() -> Scenario:
    def act(stage: Stage) -> None:
        restore(stage.house, stage.addresses, stage.outside / stage.said["backup"], quiet, stage.house.keys_folder)

    def finish(stage: Stage) -> None:
        try:
            act(stage)
        except Conflict as refused:
            if refused.code != "home-not-empty":  # it had moved in before it was stopped
                raise
            migrate()
        come_to_rest(stage)

    def outcome(stage: Stage) -> Outcome:
        left = stage.ask("SELECT datname FROM pg_database WHERE datname = 'rapport_restoring'")
        held = stage.ask("SELECT count(*) FROM workspace WHERE outgoing_held_since IS NULL")
        return {**usual_outcome(stage), "half a database": left, "not held": held}

    return Scenario("a restore", (*LIVED_IN, backed_up), act, finish, outcome)


def with_a_neighbour(stage: Stage) -> None:
    """Another workspace beside Maya's."""
    found_workspace("Elsewhere", "UTC", NOW)


def _ending() -> Scenario:
    def act(stage: Stage) -> int:
        return int(ask(stage, "/workspace/end", {"name": "Fernhill"}, once="the end").status_code)

    def finish(stage: Stage) -> None:
        assert act(stage) in (200, 401)  # with the workspace its keys are gone
        come_to_rest(stage)

    def outcome(stage: Stage) -> Outcome:
        tables = stage.ask("SELECT table_name FROM information_schema.columns WHERE column_name = 'workspace_id'"
                           " AND table_schema = 'public'")  # fmt: skip
        rows = {
            name: stage.ask(f'SELECT count(*) FROM "{name}" WHERE workspace_id IS NOT NULL')[0][0] for (name,) in tables
        }
        names = stage.ask("SELECT name FROM workspace")
        found = [one.sentence for one in check(stage.house, stage.addresses)]
        return {
            **_stored(stage),
            "rows": {name: n for name, n in rows.items() if n},
            "workspaces": names,
            "check": found,
        }

    return Scenario("the end of a workspace", (*LIVED_IN, with_a_neighbour), act, finish, outcome)


SCENARIOS = (
    _import("mail.mbox", mails(0, 12, large=7)),
    _import("cards.vcf", cards()),
    _import("people.csv", table()),
    _import("calendar.ics", calendar()),
    _upload(),
    _asked("a merge", "/people/{priya}/merge", {"other": "{kenji}"}),
    _asked("an un-merge", "/merges/{merge}/undo", begins=(*LIVED_IN, merged)),
    _asked("undo of an import", "/imports/{import}/undo", begins=(settle_in, imported_twice)),
    _queued_undo(),
    _asked("a note", "/log", {"text": "called Priya 10 min, rota works"}),
    _asked("undo of a note", "/undo", {"entry": "{entry}"}, begins=(*LIVED_IN, logged)),
    _morning(),
    _backup(),
    _restore(),
    _ending(),
)
