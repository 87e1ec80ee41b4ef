"""Two workspaces take turns on one pooled connection: what the one was shown is nowhere when the other comes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.test import Client

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Role, User
from rapport.accounts.rows import in_workspace
from rapport.kit.postgres import Addresses
from rapport.people.editing import add_person
from rapport.people.home import found_home, make_home_person
from tests.conftest import point_django_at

TURNS = 500 if os.environ.get("RAPPORT_ACCEPT") else 60
PEOPLE = {"Fernhill": "Priya Raman", "Elsewhere": "Nina Near"}


@pytest.fixture
def keys(committed: Addresses, now: datetime, settings: Any) -> Iterator[dict[str, str]]:
    """A key and somebody known in each, and one connection for both."""
    settings.API_PER_MINUTE = 0  # as often as they like
    made = {}
    for name, known in PEOPLE.items():
        workspace = found_workspace(name, "UTC", now)
        with in_workspace(workspace.id):
            person = make_home_person("Maya", f"maya@{name.lower()}.example", found_home(name, now), now)
            user = User.objects.create_user(f"maya@{name.lower()}.example", name="Maya")
            membership = join(workspace, user, person.id, Role.OWNER, now)
            add_person(By(viewer_of(membership), "web", now), known)
            made[name] = make_key(membership.id, workspace.id, "program", True, now)[1]
    connections.close_all()
    options = connections["default"].settings_dict["OPTIONS"]
    options["pool"] = {"min_size": 1, "max_size": 1, "timeout": 10}
    try:
        yield made
    finally:
        connections.close_all()
        connections["default"].close_pool()  # type: ignore[attr-defined]
        point_django_at(committed)


def _ask(key: str, path: str) -> Any:
    try:
        return Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {key}"})
    finally:
        connection.close()  # back into the pool, as at the end of every request


def _seen(key: str) -> set[str]:
    return {one["name"] for one in _ask(key, "/people").json()["rows"]}


def _nothing_is_set() -> bool:
    """Outside every request the same connection sees nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('rapport.workspace', true), ''), count(*) FROM person")
        said, seen = cursor.fetchone() or ("?", -1)
        cursor.execute("SELECT pg_backend_pid()")
    connection.close()
    return (said, seen) == ("", 0)


def test_turn_by_turn_each_sees_their_own(keys: dict[str, str]) -> None:
    for turn in range(TURNS):
        for name, known in PEOPLE.items():
            assert _seen(keys[name]) == {"Maya", known}, (turn, name)
            if turn % 10 == 0:
                assert _ask(keys[name], f"/people/{UUID(int=turn)}").status_code == 404  # given up half way
                assert _nothing_is_set()


def test_at_once_each_sees_their_own(keys: dict[str, str]) -> None:
    wrong: list[str] = []

    def asks(name: str) -> None:
        for _turn in range(TURNS // 2):
            if (seen := _seen(keys[name])) != {"Maya", PEOPLE[name]}:
                wrong.append(f"{name}: {seen}")
        connections.close_all()

    threads = [Thread(target=asks, args=[name]) for name in [*PEOPLE, *PEOPLE]]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
