"""Asking twice with one key does it once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

from django.db import connections

from rapport.accounts.founding import found_workspace, join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Agenda, RememberedAnswer, Role, User
from rapport.accounts.rows import in_workspace
from rapport.doors.worker import look_round
from rapport.interactions.models import Interaction
from rapport.kit import clock
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Person

from .conftest import Program

ZOE = {"name": "Zoë"}


def _post(program: Program, body: Any, key: str, path: str = "/people") -> Any:
    return program.ask("POST", path, body, headers={"Idempotency-Key": key})


def _how_many(name: str = "Zoë") -> int:
    return Person.objects.filter(name=name).count()


def test_the_second_time_gives_the_first_answer(maya_key: Program) -> None:
    first, second = _post(maya_key, ZOE, "one"), _post(maya_key, ZOE, "one")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert _how_many() == 1
    _post(maya_key, ZOE, "two")
    assert _how_many() == 2


def test_one_key_is_not_for_two_requests(maya_key: Program) -> None:
    _post(maya_key, ZOE, "one")
    for refused in (_post(maya_key, {"name": "Ada"}, "one"), _post(maya_key, {"text": "x"}, "one", "/log/understand")):
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-used")
    assert _how_many("Ada") == 0


def test_a_trouble_is_not_remembered(maya_key: Program) -> None:
    assert _post(maya_key, {"text": "called Zoë 5 min"}, "one", "/log").status_code == 409
    assert not RememberedAnswer.objects.exists()
    maya_key.post("/people", ZOE)
    assert _post(maya_key, {"text": "called Zoë 5 min"}, "one", "/log").status_code == 201
    assert Interaction.objects.filter(by_hand=True).count() == 1


def test_two_members_may_choose_the_same_key(maya_key: Program, stranger: Program) -> None:
    assert _post(maya_key, ZOE, "one").json()["id"] != _post(stranger, ZOE, "one").json()["id"]


def test_an_answer_is_kept_for_a_day(maya_key: Program, now: datetime) -> None:
    _post(maya_key, ZOE, "one")
    with clock.stopped_at(now + timedelta(hours=23)):
        assert "Idempotency-Replayed" in _post(maya_key, ZOE, "one")
    with clock.stopped_at(now + timedelta(hours=25)):
        assert "Idempotency-Replayed" not in _post(maya_key, ZOE, "one")
    assert RememberedAnswer.objects.count() == 1


def test_after_a_day_the_worker_forgets_whoever_asked(maya_key: Program, now: datetime) -> None:
    Agenda.objects.all().delete()
    _post(maya_key, ZOE, "one")
    assert Agenda.objects.get(kind="look").due_at == now + timedelta(days=1)
    workspace_id = RememberedAnswer.objects.get().workspace_id
    with clock.stopped_at(now + timedelta(hours=1)):
        _post(maya_key, ZOE, "two")
    with clock.stopped_at(now + timedelta(hours=24)):
        assert look_round(workspace_id, lambda: None) == now + timedelta(hours=25)
        assert [one.key for one in RememberedAnswer.objects.all()] == ["two"]
    with clock.stopped_at(now + timedelta(hours=25)):
        assert look_round(workspace_id, lambda: None) is None
    assert not RememberedAnswer.objects.exists()


def test_an_upload_is_the_same_whatever_its_borders(maya_key: Program) -> None:
    def send(content: bytes) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("mail.eml", content)
        return maya_key.ask("POST", "/imports", None, data={"files": file}, headers={"Idempotency-Key": "one"})

    first, second = send(b"From: a@b.example\n\nHello"), send(b"From: a@b.example\n\nHello")
    assert first.status_code == 202, first.content
    assert first.json() == second.json()
    assert send(b"From: a@b.example\n\nOther").status_code == 422


def test_a_key_that_is_no_key(maya_key: Program) -> None:
    assert _post(maya_key, ZOE, "x" * 201).json()["code"] == "bad-idempotency-key"


def test_at_the_same_moment_it_is_done_once(committed: Any, now: datetime) -> None:
    workspace = found_workspace("Fernhill", "UTC", now)
    with in_workspace(workspace.id):
        person = make_home_person("Maya", "maya@fernhill.example", found_home("Fernhill", now), now)
        user = User.objects.create_user("maya@fernhill.example", name="Maya")
        membership = join(workspace, user, person.id, Role.OWNER, now)
        program = Program(make_key(membership.id, workspace.id, "program", True, now)[1])
    answers: list[Any] = []

    def send() -> None:
        answers.append(_post(program, ZOE, "one"))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    with in_workspace(workspace.id):
        assert _how_many() == 1
