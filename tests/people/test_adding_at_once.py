"""Several add people at the same moment: nobody waits for the others, and an address still belongs to one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection, connections

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Role, User
from rapport.accounts.rows import in_workspace
from rapport.kit.postgres import Addresses
from rapport.kit.trouble import Conflict
from rapport.people.editing import add_person
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Handle, Person


@pytest.fixture
def maya_by(committed: Addresses, now: datetime) -> By:
    """Maya in a workspace that is kept, so that others see it."""
    workspace = found_workspace("Fernhill", "UTC", now)
    with in_workspace(workspace.id):
        person = make_home_person("Maya", "maya@fernhill.example", found_home("Fernhill", now), now)
        user = User.objects.create_user("maya@fernhill.example", name="Maya")
        viewer = viewer_of(join(workspace, user, person.id, Role.OWNER, now))
    connections.close_all()
    return By(viewer, "web", now)


def test_of_several_who_add_one_address_one_does(maya_by: By) -> None:
    together = Barrier(4)

    def add(number: int) -> str:
        try:
            with in_workspace(maya_by.viewer.workspace_id):
                together.wait(10)
                add_person(maya_by, f"Priya {number}", "priya@northwind.example")
            return "added"
        except Conflict as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == ["added", *["known-already"] * 3]
    with in_workspace(maya_by.viewer.workspace_id):
        assert Handle.objects.filter(value="priya@northwind.example").count() == 1
        assert Person.objects.filter(name__startswith="Priya").count() == 1


def test_nobody_waits_for_who_adds_somebody_else(maya_by: By) -> None:
    with in_workspace(maya_by.viewer.workspace_id):
        add_person(maya_by, "Ana", "ana@one.example")

        def beside() -> str:
            try:
                with in_workspace(maya_by.viewer.workspace_id):
                    add_person(maya_by, "Ben", "ben@two.example")
                return "added"
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(beside).result(10) == "added"
