"""A program of an owner's ends the workspace by its name."""

from __future__ import annotations

from rapport.accounts.models import Membership, Workspace

from .conftest import Program


def test_it_ends_by_its_name(maya_key: Program, reading_key: Program, maya_membership: Membership) -> None:
    refused = maya_key.ask("POST", "/workspace/end", {"name": "Elsewhere"})
    assert (refused.status_code, refused.json()["code"]) == (422, "not-its-name")
    assert reading_key.ask("POST", "/workspace/end", {"name": "Fernhill"}).status_code == 403
    ended = maya_key.post("/workspace/end", {"name": "Fernhill"})
    assert ended == {"id": str(maya_membership.workspace_id)}
    assert not Workspace.objects.filter(id=maya_membership.workspace_id).exists()
    assert maya_key.ask("GET", "/me").status_code == 401
