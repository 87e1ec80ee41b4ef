"""Files nobody needs any more leave the store: what an import read from once it is over, and what never got a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rapport.accounts.models import Workspace
from rapport.accounts.rows import in_workspace
from rapport.channels.files import let_go_drafts, let_go_ended, let_go_unnamed
from rapport.channels.models import Import, ImportFile, RawItem
from rapport.kit.failpoints import failpoint

RESTS_AT_MOST = timedelta(days=30)  # a paused or stopped import; then its files go, and it cannot go on
ON_THEIR_WAY = timedelta(hours=1)  # bytes are stored before the row that names them
LEFT_IN_THE_MIDDLE = timedelta(days=2)  # a slow line may send for a day
AGAIN = timedelta(days=7)


def tidy(workspace_id: UUID, files_folder: Path, now: datetime) -> datetime:
    """Let go of the files of this workspace that nothing needs; when to look again.

    An import is read from the files that were handed over, and once it is over from none: each item it took in is kept
    for itself, byte for byte. Rows are told first: a file no row names is found and removed the next time.
    """
    with in_workspace(workspace_id):
        _end_what_rested(now)
        _forget_files_of_what_is_over()
    failpoint("tidy.after_rows")
    with in_workspace(workspace_id):
        named = {*_named(ImportFile), *_named(RawItem)}
    young = let_go_unnamed(files_folder, workspace_id, named, now - ON_THEIR_WAY)
    return now + (ON_THEIR_WAY if young else AGAIN)


def sweep(files_folder: Path, now: datetime) -> None:
    """Remove what no workspace will ask for: what one that ended has stored, and what was left in the middle.

    In no workspace, and asked whether or not one is left: the last to end cannot clear up after itself.
    """
    # Asked first: a workspace that begins meanwhile has stored something just now.
    living = list(Workspace.objects.values_list("id", flat=True))
    let_go_ended(files_folder, living, now - ON_THEIR_WAY)
    failpoint("tidy.after_ended")
    let_go_drafts(files_folder, now - LEFT_IN_THE_MIDDLE)


def _end_what_rested(now: datetime) -> None:
    sentence = _("It rested for a month, so its files were let go. Hand them over again: what was read is met again.")
    resting = Import.objects.filter(state__in=("paused", "stopped"), made_at__lt=now - RESTS_AT_MOST)
    resting.update(state="cancelled", sentence=sentence, ended_at=now)


def _forget_files_of_what_is_over() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import_file f SET stored_as = '' FROM import i "
            "WHERE i.id = f.import_id AND i.state IN ('done', 'cancelled', 'undone') AND f.stored_as <> ''"
        )


def _named(table: type[ImportFile] | type[RawItem]) -> set[str]:
    return set(table.objects.exclude(stored_as="").values_list("stored_as", flat=True))
