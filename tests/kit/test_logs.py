"""Logs say what failed and where, and no word about anybody."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from rapport.accounts import agenda
from rapport.accounts.acting import By
from rapport.accounts.models import Agenda
from rapport.doors import worker
from rapport.people.editing import add_person
from rapport.people.models import Handle

NAME, ADDRESS = "Zoë Harbour", "zoe@harbour.example"
WORDS = ("Zoë", "Zoe", "Harbour", "zoe@", "DETAIL")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What our own handler writes, as the settings say it."""
    written = io.StringIO()
    formatter = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(  # type: ignore[attr-defined]
        dict(settings.LOGGING["formatters"][settings.LOGGING["handlers"]["stderr"]["formatter"]])
    )
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def _give_it_twice(person_id: UUID, workspace_id: UUID) -> None:
    """A real unique violation; PostgreSQL says of it which values were there already."""
    twice = Handle(workspace_id=workspace_id, person_id=person_id, kind="email", value=ADDRESS)
    twice.save(force_insert=True)


def test_a_round_that_meets_a_duplicate_is_told_without_it(
    by: By, workspace: Any, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = add_person(by, NAME, email=ADDRESS).person_id

    def judge(workspace_id: UUID, told: Any) -> datetime | None:
        with transaction.atomic():
            _give_it_twice(zoe, workspace_id)
        return None

    monkeypatch.setitem(worker.ROUNDS, "judge", judge)
    Agenda.objects.all().delete()
    agenda.put_down("judge", datetime.fromisoformat("2020-01-01T00:00:00+00:00"))
    assert worker.do_one_round(worker.QUICK)
    said = log.getvalue()
    assert "IntegrityError" in said
    assert "UniqueViolation 23505" in said
    assert "_give_it_twice" in said
    assert not [word for word in WORDS if word in said]
    assert Agenda.objects.get(kind="judge").due_at.year > 2020  # it is tried again later


def test_a_page_that_fails_is_told_without_values(
    by: By, client_maya: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = add_person(by, NAME, email=ADDRESS).person_id
    client_maya.raise_request_exception = False

    def breaks(*_: Any) -> None:
        try:
            _give_it_twice(zoe, by.viewer.workspace_id)
        except Exception as fault:
            raise ValueError(f"{NAME}: {fault}") from fault

    monkeypatch.setattr("rapport.doors.web.person.editing.tag", breaks)
    answer = client_maya.post(f"/people/{zoe}/tags", {"name": "Zoe's"})
    assert answer.status_code == 500
    said = log.getvalue()
    assert "ValueError" in said
    assert "UniqueViolation 23505" in said
    assert not [word for word in WORDS if word in said]
    assert not [word for word in WORDS if word in answer.text]


def test_an_address_nobody_lives_at_is_not_repeated(client_maya: Client, log: io.StringIO) -> None:
    client_maya.get("/people/Zoe-Harbour")
    assert "Not Found: an address without a page" in log.getvalue()
    assert not [word for word in WORDS if word in log.getvalue()]


def test_a_fault_among_the_values_of_a_line_is_told_by_its_kind(log: io.StringIO) -> None:
    logging.getLogger("rapport.test").error("It failed (%s) %d times", ValueError("Zoë"), 2)
    assert "It failed (ValueError) 2 times" in log.getvalue()
