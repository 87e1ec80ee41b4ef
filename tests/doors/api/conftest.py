"""Maya's programs: one that may write, one that may only read, and a stranger's from the workspace next door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from rapport.accounts.founding import join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Membership, Role, User, Workspace
from rapport.accounts.rows import enter
from rapport.kit import clock
from rapport.people.home import found_home, make_home_person
from tests.care.conftest import History, dana, history, priya  # noqa: F401 - fixtures


@dataclass(frozen=True)
class Program:
    """Asks the API with a key."""

    key: str

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The answer, whatever it is."""
        sent: dict[str, Any] = {"headers": {"Authorization": f"Bearer {self.key}", **more.pop("headers", {})}, **more}
        if "data" not in sent and method != "GET":
            sent |= {"data": b"" if body is None else body, "content_type": "application/json"}
        return getattr(Client(), method.lower())(f"/api/v1{path}", **sent)

    def get(self, path: str, **query: Any) -> Any:
        """What a reading operation answers."""
        answer = self.ask("GET", path, query_params=query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """What a changing operation answers."""
        answer = self.ask("POST", path, {} if body is None else body, headers=headers)
        assert answer.status_code in (200, 201, 202), answer.content
        return answer.json()


@pytest.fixture(autouse=True)
def at(now: datetime) -> Iterator[None]:
    """The API lives at the same moment as the cast."""
    with clock.stopped_at(now):
        yield


@pytest.fixture
def maya_key(maya_membership: Membership, now: datetime) -> Program:
    """Maya's key."""
    return Program(make_key(maya_membership.id, maya_membership.workspace_id, "program", True, now, may_manage=True)[1])


@pytest.fixture
def reading_key(maya_membership: Membership, now: datetime) -> Program:
    """Maya's key for reading only."""
    return Program(make_key(maya_membership.id, maya_membership.workspace_id, "reader", False, now)[1])


@pytest.fixture
def stranger(maya_membership: Membership, other_workspace: Workspace, now: datetime) -> Program:
    """Somebody who owns Elsewhere."""
    enter(other_workspace.id)
    person = make_home_person("Otto", "otto@elsewhere.example", found_home("Elsewhere", now), now)
    user = User.objects.create_user("otto@elsewhere.example", name="Otto")
    membership = join(other_workspace, user, person.id, Role.OWNER, now)
    key = make_key(membership.id, other_workspace.id, "otto", True, now, may_manage=True)[1]
    enter(maya_membership.workspace_id)
    return Program(key)
