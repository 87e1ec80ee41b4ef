"""A large import is taken back in the worker's round: asked for at once, seen as such, done once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.models import Workspace
from rapport.channels.models import Import
from rapport.interactions import imports
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import, unfinished
from rapport.interactions.models import Interaction
from rapport.kit.trouble import Conflict
from rapport.relationships.refresh import read_on

pytestmark = pytest.mark.django_db
MAIL = b"""From: Priya Raman <priya@solace.example>
To: maya@fernhill.example
Date: Thu, 19 Nov 2026 10:00:00 +0000
Message-ID: <1@solace.example>

The rota works.
"""


@pytest.fixture
def in_line(by: By, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Maya's import, too large to be taken back while she waits, and asked to be."""
    monkeypatch.setattr(imports, "UNDONE_AT_ONCE", 0)
    import_id = start_import(by, [GivenFile("priya.eml", [MAIL])], tmp_path).import_id
    assert run_import(workspace.id, import_id, tmp_path, read_on)
    undo_import(by, import_id)
    return import_id


def test_it_waits_for_the_worker_and_then_is_gone(by: By, in_line: UUID, workspace: Workspace, tmp_path: Path) -> None:
    assert Import.objects.get().state == "undoing"
    assert Interaction.objects.count() == 1
    with pytest.raises(Conflict):
        undo_import(by, in_line)
    assert unfinished(workspace.id) == [in_line]
    assert run_import(workspace.id, in_line, tmp_path, read_on)
    assert Import.objects.get().state == "undone"
    assert not Interaction.objects.exists()
    assert unfinished(workspace.id) == []


def test_its_page_says_so_and_looks_again(in_line: UUID, client_maya: Client, now: datetime) -> None:
    told = client_maya.get(f"/import/{in_line}").content.decode()
    assert "being taken back" in told
    assert f'hx-get="/import/{in_line}/progress"' in told
    assert "/cancel" not in told
    assert f"/import/{in_line}/undo" not in told
