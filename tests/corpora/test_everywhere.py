"""Naughty strings in every field of every operation, every form and every question of the pages: never a fault."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.doors.operations.catalogue import call, catalogue
from rapport.kit import clock
from rapport.kit.ids import new_id
from rapport.kit.trouble import Trouble
from rapport.people.editing import add_person
from rapport.people.models import Organization
from tests.doors.api.test_entering import BODIES
from tests.rights.routes import API, WEB, Route

from .looking import seen_on
from .strings import ALSO, naughty

IS_ALL = bool(os.environ.get("RAPPORT_ACCEPT"))
SAID_IN_QUERY = ("q", "tag", "org", "sort", "title", "quiet", "after", "cursor", "who", "kind", "view", "columns")
LISTS = ("/people", "/organizations", "/search", "/find", "/", "/log", "/settings/changes", "/accounts/login")
NOT_HERE = ("people.erase", "workspace.end", "people.known-whole", "members.end")  # they end what the others ask about

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(now: datetime) -> Iterator[None]:
    with clock.stopped_at(now):
        yield


@pytest.fixture
def strings(shared: Path) -> list[str]:
    """All under RAPPORT_ACCEPT, else a handful of each kind."""
    return (
        naughty(shared) if IS_ALL else [*naughty(shared)[::120], *ALSO[::24], "\x00", "\ud800", "x" * 100_000, "\u202e"]
    )


@pytest.fixture
def ids(by: By) -> dict[str, str]:
    """Somebody and somewhere to say it of."""
    person = add_person(by, "Priya Raman", email="priya@northwind.example", organization="Northwind").person_id
    return {"person_id": str(person), "organization_id": str(Organization.objects.get(is_home=False).id)}


def test_no_field_of_an_operation_breaks(maya: Viewer, ids: dict[str, str], strings: list[str]) -> None:
    asked = 0
    for name, operation in catalogue().items():
        if name in NOT_HERE or operation.carries == "files":
            continue
        whole: dict[str, Any] = {**dict(API[name].form if name in API else {}), **BODIES.get(name, {})}
        path = {key: ids.get(key, str(new_id())) for key in re.findall(r"{(\w+)}", operation.path)}
        for field, about in operation.takes.model_fields.items():
            if "str" not in str(about.annotation) or field in path:
                continue
            for text in strings:
                asked += 1
                _is_answered(maya, name, {**_fitting(whole, operation.takes.model_fields), **path, field: text})
    assert asked > 100


def _fitting(whole: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without placeholders of things that are not here."""
    return {
        key: str(new_id()) if isinstance(value, str) and value.startswith("{") else value
        for key, value in whole.items()
        if key in fields and not isinstance(value, list)
    }


def _is_answered(maya: Viewer, name: str, given: dict[str, Any]) -> None:
    """Done, or refused with a sentence and a code; afterwards everything is as before."""
    with transaction.atomic():
        try:
            call(name, maya, "api", given)
        except Trouble as trouble:
            said = str(trouble)
            assert said.endswith((".", "?", "!")), (name, said)
            said.encode()
        transaction.set_rollback(True)


def test_no_form_of_a_page_breaks(client_maya: Client, ids: dict[str, str], strings: list[str]) -> None:
    asked = 0
    for route, about in WEB.items():
        method, path = route.split(" ", 1)
        if method != "POST" or not about.form or path.startswith(("/workspace/end", "/people/<uuid:person_id>/erase")):
            continue
        address = _address(path, ids)
        for field in _worded(about):
            for text in strings[:: 1 if IS_ALL else 5]:
                asked += 1
                with transaction.atomic():
                    form = {key: _filled(value, ids) for key, value in about.form.items()}
                    answer = client_maya.post(address, {**form, field: _sendable(text)})
                    assert answer.status_code < 500, (route, field, text)
                    transaction.set_rollback(True)
    assert asked > 60


def _worded(about: Route) -> list[str]:
    return [key for key, value in about.form.items() if isinstance(value, str) and "{" not in value]


def _address(path: str, ids: dict[str, str]) -> str:
    filled = re.sub(r"<uuid:(\w+)>", lambda found: ids.get(found[1], str(new_id())), path)
    return re.sub(r"<\w+:\w+>", "1", filled)


def _filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, ids) for one in value]
    return re.sub(r"{(\w+)}", lambda found: ids.get(found[1], str(new_id())), value)


def _sendable(text: str) -> str:
    """As a browser sends it: half letters cannot be."""
    return text.encode("utf-8", "replace").decode()


def test_no_question_in_an_address_breaks(client_maya: Client, ids: dict[str, str], strings: list[str]) -> None:
    for address in (*LISTS, f"/people/{ids['person_id']}"):
        for key in SAID_IN_QUERY if IS_ALL else SAID_IN_QUERY[:4]:
            for text in strings[:: 6 if IS_ALL else 4]:
                answer = client_maya.get(address, {key: _sendable(text[:3000])})
                assert answer.status_code < 500, (address, key, text)
                if answer.status_code == 200:
                    seen_on(answer)
