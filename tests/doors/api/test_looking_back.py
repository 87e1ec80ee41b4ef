"""Every reading operation answers as of the day asked, or says that it cannot; none pretends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from rapport.accounts.access import Viewer
from rapport.doors.operations.catalogue import catalogue
from tests.care.conftest import History

from .conftest import Program

READING = [one for one in catalogue().values() if one.is_reading]
MORE = {"people.find": {"q": "priya"}, "interactions.search": {"q": "talk"}}


@pytest.fixture
def ids(history: History, priya: UUID, maya: Viewer) -> dict[str, Any]:
    """A talk of three days ago, and its words only Maya's."""
    talk = history.happened("call", 3, {maya.person_id: "from", priya: "to"}, title="The talk of three days ago")
    history.judge()
    return {
        "person_id": priya,
        "interaction_id": talk,
        "import_id": talk,
        "item_id": talk,
        "organization_id": talk,
        "place": 0,
    }


@pytest.mark.parametrize("operation", READING, ids=lambda one: one.name)
def test_it_looks_back_or_says_that_it_cannot(
    maya_key: Program, ids: dict[str, Any], now: datetime, operation: Any
) -> None:
    path, day = operation.path.format(**ids), (now - timedelta(days=10)).date().isoformat()
    asked = MORE.get(operation.name, {}) | {"as_of": day}
    answer = maya_key.ask("GET", path, query_params=asked)
    if not operation.looks_back:
        assert (answer.status_code, answer.json()["code"]) == (422, "not-as-of")
    elif "{interaction_id}" in operation.path:
        assert answer.status_code == 404  # it had not happened yet
    else:
        assert answer.status_code == 200
        assert "The talk of three days ago" not in answer.text
        assert str(ids["interaction_id"]) not in answer.text


def test_a_talk_is_there_from_its_day_on(maya_key: Program, ids: dict[str, Any], now: datetime) -> None:
    for days, code in ((4, 404), (3, 200), (0, 200)):
        day = (now - timedelta(days=days)).date().isoformat()
        answer = maya_key.ask("GET", f"/interactions/{ids['interaction_id']}", query_params={"as_of": day})
        assert answer.status_code == code


def test_a_day_that_has_not_come_is_refused(maya_key: Program, ids: dict[str, Any], now: datetime) -> None:
    tomorrow = (now + timedelta(days=1)).date().isoformat()
    for operation in READING:
        if operation.looks_back:
            asked = MORE.get(operation.name, {}) | {"as_of": tomorrow}
            answer = maya_key.ask("GET", operation.path.format(**ids), query_params=asked)
            assert (answer.status_code, answer.json()["code"]) == (422, "not-come-yet"), operation.name


def test_a_parameter_nobody_reads_is_refused(maya_key: Program, ids: dict[str, Any]) -> None:
    for path in ("/me", "/imports", "/people", f"/people/{ids['person_id']}"):
        answer = maya_key.ask("GET", path, query_params={"asof": "2026-11-01"})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["asof"])
    assert maya_key.ask("POST", "/people?name=Zoe", {"name": "Zoë"}).status_code == 422
