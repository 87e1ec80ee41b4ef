"""The worker: asks whose turn it is, does that round, and asks again. It may be killed at any moment.

Imports have a thread of their own: one may take hours, and nobody's Today waits for it.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from rapport.accounts import agenda
from rapport.accounts.access import Viewer
from rapport.accounts.outgoing import send_next
from rapport.accounts.remembering import forget_answers
from rapport.accounts.rows import in_workspace
from rapport.care.clearing import settle_list
from rapport.care.mornings import make_for, members, next_morning, waiting_for_theirs
from rapport.interactions.coming import next_to_come, take_place
from rapport.interactions.erasing.going_on import go_on
from rapport.interactions.importing import LaidDown
from rapport.interactions.imports import is_reading, run_import, unfinished
from rapport.interactions.tidying import sweep, tidy
from rapport.kit import clock
from rapport.kit.house import House
from rapport.kit.mail_server import MailServer
from rapport.relationships.refresh import look_again, next_turn, read_far_on, settle_places

log = logging.getLogger("rapport.worker")

PAUSE = 0.5  # seconds between two questions when nothing is due
BETWEEN_MAILS = 1.0
BETWEEN_LOOKS_AROUND = 3600.0
AFTER_TROUBLE = timedelta(minutes=1)

Round = Callable[[UUID, Callable[[], None]], datetime | None]


def import_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Read every import that waits; one that somebody else reads is looked at again when its lease would end."""
    folder: Path = House.from_environment().files_folder
    all_well = True
    for import_id in unfinished(workspace_id):
        reading = partial(run_import, workspace_id, import_id, folder, read_far_on, told)
        all_well &= _goes_well(reading, "import", import_id)
    with in_workspace(workspace_id):
        agenda.put_down("today", clock.now())
        return clock.now() + (timedelta(seconds=2) if all_well else AFTER_TROUBLE) if is_reading() else None


def judge_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Judge what changed, some pairs at a time. Whoever joined is among it: their first Today is made then."""
    more = True
    while more:
        with in_workspace(workspace_id):
            more = bool(read_far_on(clock.now()))
        told()
    with in_workspace(workspace_id):
        agenda.put_down("today", clock.now())
    return None


def look_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Judge again where silence or a planned meeting changed a word, forget answers older than a day; when next."""
    with in_workspace(workspace_id):
        if take_place(clock.now()):
            agenda.put_down("judge", clock.now())
    more = True
    while more:
        with in_workspace(workspace_id):
            more = bool(look_again(clock.now()))
        told()
    with in_workspace(workspace_id):
        return min(filter(None, (next_turn(), next_to_come(), forget_answers(clock.now()))), default=None)


def today_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Make or complete the lists of the day, and settle what settled itself; due again when a day begins for one."""
    now = clock.now()
    with in_workspace(workspace_id):
        everybody = members()
        waiting = waiting_for_theirs(everybody, now)
    all_well = True
    for member in everybody:
        turn = partial(_see_to_theirs, workspace_id, member, now, member in waiting)
        all_well &= _goes_well(turn, "list of member", member.membership_id)
        told()
    due = next_morning(everybody, now)
    return due if all_well else min(due, now + AFTER_TROUBLE)


def _see_to_theirs(workspace_id: UUID, member: Viewer, now: datetime, is_to_be_made: bool) -> None:
    with in_workspace(workspace_id):
        if is_to_be_made:
            make_for(member, now)
        settle_list(member, now)


def _goes_well(work: Callable[[], object], what: str, which: UUID) -> bool:
    """Do one of several things; a fault in it keeps none of the others from being done."""
    try:
        work()
    except (OperationalError, InterfaceError, LaidDown):
        raise
    except Exception:
        log.exception("%s %s failed", what, which)
        return False
    return True


def tidy_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Let go of files nobody needs any more; when to look again."""
    return tidy(workspace_id, House.from_environment().files_folder, clock.now())


def erase_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Bring erasures to their end; when to come again."""
    house = House.from_environment()
    return go_on(workspace_id, house.path, house.files_folder, told)


def ties_round(workspace_id: UUID, told: Callable[[], None]) -> datetime | None:
    """Let the list of organizations go by where people are now: somebody moved, or organizations were joined."""
    with in_workspace(workspace_id):
        settle_places()
    return None


ROUNDS: dict[str, Round] = {
    "import": import_round,
    "judge": judge_round,
    "look": look_round,
    "today": today_round,
    "tidy": tidy_round,
    "erase": erase_round,
    "ties": ties_round,
}


IMPORTING = frozenset({"import"})
QUICK = frozenset(ROUNDS) - IMPORTING
TURN = 60.0  # seconds of reading after which an import lets those of other workspaces come first


def do_one_round(kinds: Collection[str], stopping: threading.Event | None = None) -> bool:
    """Do the round of these kinds that is due; False where none is."""
    due = agenda.claim(kinds)
    if due is None:
        return False
    held, began = [due], time.monotonic()

    def told() -> None:
        held[0] = agenda.hold(held[0])
        over = due.kind in IMPORTING and time.monotonic() - began > TURN and agenda.others_wait(due)
        if over or (stopping is not None and stopping.is_set()):
            raise LaidDown

    try:
        again_at = ROUNDS[due.kind](due.workspace_id, told)
    except (OperationalError, InterfaceError):
        raise  # the server went away: the claim lapses and the round is done again
    except LaidDown:
        again_at = clock.now()
    except Exception:
        log.exception("round %s of workspace %s failed", due.kind, due.workspace_id)
        again_at = clock.now() + AFTER_TROUBLE
    agenda.finish(held[0], again_at)
    return True


def look_around() -> None:
    """At a start and now and then: ask for what may have been forgotten, and sweep away what nobody will ask for."""
    now = clock.now()
    agenda.put_down_everywhere(("import", "judge", "look", "today"), now)
    sweep(House.from_environment().files_folder, now)


def work(asked_to_stop: threading.Event, kinds: Collection[str]) -> None:
    """Do rounds of these kinds until asked to stop."""
    looked_at = -BETWEEN_LOOKS_AROUND
    while not asked_to_stop.is_set():
        try:
            if kinds == QUICK and time.monotonic() - looked_at > BETWEEN_LOOKS_AROUND:
                look_around()
                looked_at = time.monotonic()
            if do_one_round(kinds, asked_to_stop):
                continue
        except DatabaseError as trouble:
            log.warning("the database does not answer (%s); trying again", type(trouble).__name__)
            connection.close()
        asked_to_stop.wait(PAUSE)
    connection.close()


def post(server: MailServer, asked_to_stop: threading.Event) -> None:
    """Send mail until asked to stop, beside the rounds: nobody's link waits for an import, or the other way round."""
    while not asked_to_stop.is_set():
        try:
            if send_next(server, clock.now()):
                continue
        except DatabaseError as trouble:
            log.warning("the database does not answer (%s); mail waits", type(trouble).__name__)
            connection.close()
        except Exception:
            log.exception("a mail failed")  # its claim lapses, and it shows as not known
        asked_to_stop.wait(BETWEEN_MAILS)


def main() -> None:
    """Work until SIGTERM or Ctrl-C. Django is set up already."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    importing = threading.Thread(target=_import_or_end, args=[asked], name="imports")
    importing.start()
    if settings.MAIL_SERVER is not None:
        threading.Thread(target=post, args=(settings.MAIL_SERVER, asked), daemon=True).start()
    work(asked, QUICK)
    importing.join()


def _import_or_end(asked: threading.Event) -> None:
    """A worker whose imports have died is no worker: it ends, and is started again whole."""
    try:
        work(asked, IMPORTING)
    except BaseException:
        log.exception("the thread of imports failed")
        asked.set()
        raise
