"""The end of a workspace."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from pydantic import Field

from rapport.interactions.ending import end_workspace

from .answers import Answer
from .catalogue import Asked, operation
from .given import Given, Text


class EndWorkspace(Given):
    """Its name, so that nobody ends another one than they meant."""

    name: Text = Field(max_length=300, description="The name of the workspace, exactly.")


class EndedWorkspace(Answer):
    """What is gone."""

    id: UUID


@operation(
    "workspace.end", "POST", "/workspace/end", "End this workspace for good", right="own", takes=EndWorkspace,
    gives=EndedWorkspace,
)  # fmt: skip
def ended(asked: Asked, given: EndWorkspace) -> EndedWorkspace:
    """Its rows and files, its keys, and the accounts that work nowhere else. It cannot be undone; backups still hold
    it.
    """
    end_workspace(asked.viewer, given.name, settings.HOUSE.files_folder)
    return EndedWorkspace(id=asked.viewer.workspace_id)
