"""A page that would have to wait for an import says so after two seconds: that is nobody's fault."""

from __future__ import annotations

from datetime import datetime

import psycopg
from django.test import Client

from rapport.accounts.founding import found_workspace, join
from rapport.accounts.models import Role, User
from rapport.accounts.rows import in_workspace
from rapport.kit.postgres import Addresses
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Person


def test_while_an_import_takes_people_in_somebody_new_has_to_wait(committed: Addresses, now: datetime) -> None:
    workspace = found_workspace("Fernhill", "UTC", now)
    with in_workspace(workspace.id):
        person = make_home_person("Maya", "maya@fernhill.example", found_home("Fernhill", now), now)
        user = User.objects.create_user("maya@fernhill.example", name="Maya")
        join(workspace, user, person.id, Role.OWNER, now)
    client = Client()
    client.force_login(user)
    zoe = {"name": "Zoë", "once": "this-form"}
    with psycopg.connect(committed.app) as importing:
        importing.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people:{workspace.id}"])
        answer = client.post("/people/new", zoe)
        assert (answer.status_code, "Try again in a moment." in answer.text) == (503, True)
    assert client.post("/people/new", zoe).status_code == 303
    with in_workspace(workspace.id):
        assert Person.objects.filter(name="Zoë").count() == 1
