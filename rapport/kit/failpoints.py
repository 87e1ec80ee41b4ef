"""Named places between two effects where a test may stop the process, to show that nothing is lost there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping

from .trouble import Conflict

SETTING = "RAPPORT_FAILPOINT"  # "name:kind" or "name:kind:hit", kind one of raise, exit, kill
TESTING = "RAPPORT_TESTING"

# Every place there is, by what has just been done. A test compares this with the code.
NAMES = frozenset(
    {
        # transactions and the agenda
        "transaction.before_commit", "transaction.after_commit",
        "agenda.after_put_down", "agenda.after_claim", "agenda.before_finish", "agenda.after_finish",
        # bytes
        "files.after_draft", "files.after_rename", "files.after_link", "files.after_adoption", "files.after_unlink",
        "upload.after_sync", "upload.after_link", "raw.after_files", "raw.after_rows",
        # imports
        "import.after_addresses", "import.after_row", "import.after_file", "import.after_claim",
        "import.after_raw", "import.before_count", "import.before_commit", "import.after_commit",
        "import.after_reading", "import.after_judging", "import.after_end",
        "intake.after_people", "intake.after_interactions", "intake.after_participants", "intake.after_messages",
        "intake.after_threads", "intake.after_marks", "cards.after_people", "cards.after_handles",
        # taking an import back
        "undo.after_marks", "undo.after_taking_away", "undo.after_taking_in_again", "undo.after_people",
        "undo.before_end", "tidy.after_rows", "tidy.after_ended",
        # the journal, and answers that are remembered
        "journal.after_note", "journal.after_claim", "journal.after_way_back",
        "answer.after_claim", "answer.after_remembering",
        # judging and Today
        "judge.after_marks", "judge.after_removal", "judge.after_storing", "today.after_claim", "today.after_storing",
        # people
        "merge.after_marks", "merge.after_member", "merge.after_moving", "merge.after_changes", "merge.after_row",
        "unmerge.after_claim", "unmerge.after_moving", "unmerge.after_changes", "unmerge.after_parting",
        # notes
        "log.after_interaction", "log.after_participants", "log.after_message", "log.after_marks", "unlog.after_marks",
        # mail that goes out
        "mail.after_put_down", "mail.after_claim", "mail.before_data", "mail.after_data", "mail.after_sending",
        "mail.after_settling",
        # the end of a workspace
        "ending.after_rows", "ending.after_accounts", "ending.before_files", "ending.after_files",
        # erasing a person, step by step
        "erase.begun", "erase.before_ledger", "erase.within_ledger", "erase.after_ledger",
        "erase.before_interactions", "erase.within_interactions", "erase.after_interactions", "erase.before_sweep",
        "erase.within_sweep", "erase.after_sweep", "erase.before_rest", "erase.within_rest", "erase.after_rest",
        "erase.before_files", "erase.within_files", "erase.after_files",
        # keeping
        "backup.after_links", "backup.after_dump", "backup.after_member", "backup.after_seal", "backup.after_verifying",
        "backup.after_rename", "backup.after_remembering",
        "restore.after_verifying", "restore.after_keys", "restore.after_dump", "restore.after_file",
        "restore.after_database",
        "restore.after_filling", "restore.after_holding", "restore.after_dropping", "restore.between_names",
        "restore.after_moving_in", "restore.after_clearing_up",
        "upgrade.after_backup", "upgrade.after_lock", "upgrade.after_schema", "upgrade.after_migration",
        # the beginning of a home
        "secret.after_draft", "secret.after_link", "cluster.after_draft", "cluster.after_rename",
    }
)  # fmt: skip

_watcher: Callable[[str], None] | None = None


class Stopped(BaseException):
    """Raised by a failpoint of kind `raise`. Like an end of the process, no care for faults may get over it."""


def failpoint(name: str) -> None:
    """Tell whoever watches that this place was reached; without a watcher, do nothing."""
    if _watcher is not None:
        _watcher(name)


def watch(watcher: Callable[[str], None] | None) -> None:
    """Let this be told of each place that is reached in this process, or nobody any more."""
    global _watcher
    _watcher = watcher


def obey(environment: Mapping[str, str] = os.environ) -> None:
    """Stop where RAPPORT_FAILPOINT says. Conflict where this is no test: a real home is never stopped on purpose."""
    wanted = environment.get(SETTING)
    if not wanted:
        return
    if environment.get(TESTING) != "yes":
        raise Conflict(f"{SETTING} stops Rapport on purpose, and this is no test. Unset it.", code="failpoint-set")
    name, kind, *at = wanted.split(":")
    if name not in NAMES:
        raise Conflict(f"{SETTING} names {name}, which is no place in this Rapport.", code="failpoint-unknown")
    watch(Stopping(name, kind, int(at[0]) if at else 1))


class Stopping:
    """Stops the process at the nth time it comes to a place (at any place, where the name is empty)."""

    def __init__(self, name: str, kind: str, hit: int) -> None:
        self._name, self._kind, self._left = name, kind, hit

    def __call__(self, name: str) -> None:
        """A place was reached."""
        if self._name not in ("", name):
            return
        self._left -= 1
        if self._left == 0:
            end(self._kind, name)


def end(kind: str, name: str) -> None:
    """End this process at this place, in one of the ways a process ends."""
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "exit":
        os._exit(70)
    raise Stopped(name)
