"""What people and the worker do in a home of the lab. Not a test itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import found_workspace, join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Membership, Role, User
from rapport.accounts.rows import in_workspace
from rapport.doors import worker
from rapport.interactions.tidying import sweep, tidy
from rapport.people.home import claim_addresses, found_home, make_home_person
from rapport.relationships.refresh import read_far_on

from .lab import NOW, Stage

MAYA = "maya@fernhill.example"


def settle_in(stage: Stage, name: str = "Fernhill", address: str = MAYA) -> dict[str, Any]:
    """Maya's workspace, and a program of hers."""
    user, _ = User.objects.get_or_create(email=address, defaults={"name": "Maya Okafor", "password": "!"})
    workspace = found_workspace(name, "Europe/London", NOW)
    with in_workspace(workspace.id):
        person = make_home_person("Maya Okafor", address, found_home(name, NOW), NOW)
        claim_addresses(person.id, [address], NOW)
        member = join(workspace, user, person.id, Role.OWNER, NOW)
        _key, text = make_key(member.id, workspace.id, "program", True, NOW, may_manage=True)
    return {"workspace": workspace.id, "member": member.id, "key": text}


@contextmanager
def as_maya(stage: Stage) -> Iterator[By]:
    """Maya, inside her workspace."""
    with in_workspace(stage.said["workspace"]):
        member = Membership.objects.select_related("user", "workspace").get(id=stage.said["member"])
        yield By(viewer_of(member), "cli", NOW)


class Idle(threading.Event):
    """Asks the worker to stop as soon as nothing is due, or the database is away."""

    def wait(self, timeout: float | None = None) -> bool:
        """It would wait now."""
        self.set()
        return True


def work() -> None:
    """The worker, until it has nothing to do."""
    worker.work(Idle(), set(worker.ROUNDS))


def come_to_rest(stage: Stage) -> None:
    """All that is still to be done is done: time passes, the worker works, and what nobody needs is swept away."""
    for _again in range(3):
        stage.time_passes()
        work()
    workspace_id, later = stage.said["workspace"], NOW + timedelta(days=3)
    if stage.ask("SELECT 1 FROM workspace WHERE id = %s", workspace_id):
        tidy(workspace_id, stage.house.files_folder, later)
    sweep(stage.house.files_folder, later)


def ask(stage: Stage, path: str, body: Any = None, *, once: str, files: dict[str, bytes] | None = None) -> Any:
    """A program of Maya's asks the API with an idempotency key; its answer, or None where the wire broke."""
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {stage.said['key']}", "Idempotency-Key": once}
    try:
        if files is None:
            sent: dict[str, Any] = {"data": body or {}, "content_type": "application/json"}
        else:
            sent = {"data": {"files": [SimpleUploadedFile(name, content) for name, content in files.items()]}}
        return client.post(f"/api/v1{path}", headers=headers, **sent)
    finally:
        connections.close_all()


def person_called(stage: Stage, name: str) -> UUID:
    """Somebody's id."""
    found = stage.ask("SELECT id FROM person WHERE name = %s AND merged_into_id IS NULL", name)
    return UUID(str(found[0][0]))


def judge_all(stage: Stage) -> None:
    """Judge what changed."""
    with in_workspace(stage.said["workspace"]):
        while read_far_on(NOW):
            pass
