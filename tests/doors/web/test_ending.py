"""An owner ends a workspace by typing its name: all of it goes, and nothing of the others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.rows import enter
from rapport.channels.files import names_in
from rapport.interactions.imports import GivenFile, start_import
from rapport.people.home import found_home, make_home_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ali(maya_membership: Membership, now: datetime) -> Client:
    """A member of Fernhill who works nowhere else."""
    person = make_home_person("Ali", "ali@fernhill.example", found_home("Fernhill", now), now)
    user = User.objects.create_user("ali@fernhill.example", name="Ali")
    join(maya_membership.workspace, user, person.id, Role.MEMBER, now)
    client = Client()
    client.force_login(user)
    return client


def _rows_of(workspace: Any) -> int:
    enter(workspace.id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'workspace_id'"
            " AND table_schema = 'public'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = 0
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE workspace_id = %s', [workspace.id])
            found += cursor.fetchone()[0]
    return found


def test_all_of_it_goes_with_the_accounts_that_work_nowhere_else(
    client_maya: Client, maya_membership: Membership, ali: Client, neighbour: Client, by: By, priya: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    folder: Path = settings.HOUSE.files_folder
    workspace, other = maya_membership.workspace, Workspace.objects.get(name="Elsewhere")
    start_import(by, [GivenFile("a.eml", [b"From: a@b.example\n\nHello"])], folder)
    before = _rows_of(other)
    assert (_rows_of(workspace) > 100, len(list(names_in(folder, workspace.id.hex)))) == (True, 1)
    page = client_maya.get("/workspace/end").text
    assert "Fernhill" in page
    assert "This cannot be undone" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_maya.post("/workspace/end", {"name": " Fernhill "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/welcome")
    assert _rows_of(workspace) == 0
    assert list(names_in(folder, workspace.id.hex)) == []
    assert not User.objects.filter(email="ali@fernhill.example").exists()
    assert ali.get("/").headers["Location"].startswith("/accounts/login")
    assert (_rows_of(other), neighbour.get("/").status_code) == (before, 200)
    assert client_maya.get("/welcome").status_code == 200  # the first of the home may begin again


@pytest.mark.parametrize("typed", ["", "fernhill", "Fernhil", "Elsewhere"])
def test_another_name_ends_nothing(client_maya: Client, workspace: Any, typed: str) -> None:
    answer = client_maya.post("/workspace/end", {"name": typed})
    assert answer.status_code == 422
    assert "Write the name of this workspace exactly" in answer.text
    assert Workspace.objects.filter(id=workspace.id).exists()


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.OWNER])
def test_only_an_owner_may(client_maya: Client, maya_membership: Membership, role: str) -> None:
    Membership.objects.filter(id=maya_membership.id).update(role=role)
    assert client_maya.get("/workspace/end").status_code == 403
    assert client_maya.post("/workspace/end", {"name": "Fernhill"}).status_code == 403
    assert "/workspace/end" not in client_maya.get("/team").text
    assert Workspace.objects.filter(id=maya_membership.workspace_id).exists()


def test_an_owner_is_led_there_and_from_a_sample_to_its_own_way(client_maya: Client, workspace: Any) -> None:
    assert 'href="/workspace/end"' in client_maya.get("/team").text
    Workspace.objects.filter(id=workspace.id).update(is_sample=True)
    assert client_maya.get("/workspace/end").headers["Location"] == "/sample/leave"
    assert "/workspace/end" not in client_maya.get("/team").text
