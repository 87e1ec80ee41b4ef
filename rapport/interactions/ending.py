"""The end of a workspace: its rows in one transaction, with accounts that work nowhere else; then what it stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, require
from rapport.accounts.founding import first_account
from rapport.accounts.models import User, Workspace
from rapport.accounts.rows import be_patient
from rapport.channels.files import let_go_all
from rapport.kit.failpoints import failpoint
from rapport.kit.trouble import NotUnderstood, Trouble

PATIENCE = 60  # seconds: whoever writes in it now comes to an end first


def end_workspace(viewer: Viewer, typed_name: str, files_folder: Path) -> None:
    """End the workspace that was entered, for good. NotUnderstood where its name was not typed as it is.

    Where this is stopped after the rows are gone, the worker removes what is left in the store.
    """
    require(viewer, "own")
    workspace = Workspace.objects.get(id=viewer.workspace_id)
    if typed_name.strip() != workspace.name.strip():
        sentence = _("Write the name of this workspace exactly: %(name)s") % {"name": workspace.name}
        raise NotUnderstood(sentence, code="not-its-name", name=sentence)
    _end(workspace, list(_only_there(workspace)), files_folder)


def end_sample(viewer: Viewer, files_folder: Path) -> None:
    """Take the sample away whole. The accounts of who looked around in it stay: they may be invited to work."""
    _end(sample_to_leave(viewer), [], files_folder)


def sample_to_leave(viewer: Viewer) -> Workspace:
    """The sample the viewer may take away; Trouble where it is none, or not theirs. Only a sample goes unnamed."""
    require(viewer, "own")
    sample = Workspace.objects.filter(id=viewer.workspace_id, is_sample=True).first()
    if sample is None:
        raise Trouble(_("These are no sample people. They stay."), code="no-sample")
    return sample


def _end(workspace: Workspace, leaving: Sequence[User], files_folder: Path) -> None:
    workspace_id = workspace.id
    be_patient(PATIENCE)
    workspace.delete()
    failpoint("ending.after_rows")
    for user in leaving:
        user.delete()
    failpoint("ending.after_accounts")

    def let_files_go() -> None:
        failpoint("ending.before_files")
        let_go_all(files_folder, workspace_id)
        failpoint("ending.after_files")

    transaction.on_commit(let_files_go)


def _only_there(workspace: Workspace) -> list[User]:
    """Who has worked in no other workspace. The first account stays: with it one may begin again."""
    first = first_account()
    elsewhere = User.objects.filter(memberships__workspace__in=Workspace.objects.exclude(id=workspace.id))
    there = User.objects.filter(memberships__workspace=workspace).exclude(id__in=elsewhere.values("id"))
    return list(there.exclude(id=first.id) if first else there)
