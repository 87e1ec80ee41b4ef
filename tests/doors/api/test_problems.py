"""Every trouble has one shape, and a trouble leaves nothing half done."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client

from rapport.doors.operations import editing
from rapport.kit.ids import new_id
from rapport.people.models import Person

from .conftest import Program

NOBODY = "01931f6e-0000-7000-8000-000000000000"  # the same in every process that collects


def _shape(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert set(said) == {"type", "title", "status", "detail", "code", "fields"}
    assert said["status"] == answer.status_code
    assert said["type"] == f"urn:rapport:problem:{said['code']}"
    assert said["detail"].endswith(".")
    return said


def test_what_is_not_there(maya_key: Program) -> None:
    said = _shape(maya_key.ask("GET", f"/people/{new_id()}"))
    assert (said["status"], said["title"], said["code"]) == (404, "Not Found", "not-found")
    for address in ("/nothing", "/people/", "/../v2/people"):
        assert _shape(maya_key.ask("GET", address))["code"] == "no-such-address"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/people?limit=201", "limit"),
        ("/people?limit=0", "limit"),
        ("/people?sort=height", "sort"),
        ("/people?organization=here", "organization"),
        ("/people?as_of=yesterday", "as_of"),
        ("/people?as_of=9999-12-31", "as_of"),
        ("/people/not-an-id", "person_id"),
        ("/find", "q"),
        (f"/people/{NOBODY}/timeline?kinds=telepathy", "kinds.0"),
        (f"/people/{NOBODY}/timeline?since=2026-01-01T00:00:00", "since"),
        (f"/people/{NOBODY}/relationship?horizon_days=-1", "horizon_days"),
    ],
)
def test_what_does_not_fit_is_named(maya_key: Program, path: str, field: str) -> None:
    said = _shape(maya_key.ask("GET", path))
    assert (said["status"], said["code"]) == (422, "not-understood")
    assert list(said["fields"]) == [field]


def test_a_slip_in_a_body_does_not_pass_for_a_wish(maya_key: Program) -> None:
    said = _shape(maya_key.ask("POST", "/people", {"name": "Zoë", "emial": "zoe@harbour.example"}))
    assert said["fields"].keys() == {"emial"}
    assert _shape(maya_key.ask("POST", "/people", {}))["fields"].keys() == {"name"}
    assert _shape(maya_key.ask("POST", "/people"))["status"] == 422
    assert _shape(maya_key.ask("POST", "/people", [1]))["status"] == 422


def test_a_body_that_is_no_json(maya_key: Program) -> None:
    sent = maya_key.ask("POST", "/people", None, data="{", content_type="application/json")
    assert (_shape(sent)["status"], sent.json()["code"]) == (400, "unreadable")


def test_a_form_where_json_is_wanted(maya_key: Program) -> None:
    assert _shape(maya_key.ask("POST", "/people", None, data={"name": "Zoë"}))["status"] == 415


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_json_that_does_not_say_so(maya_key: Program, kind: str) -> None:
    sent = maya_key.ask("POST", "/people", None, data='{"name": "Zoe"}', content_type=kind)
    assert (_shape(sent)["status"], sent.json()["code"]) == (415, "not-json")
    assert not Person.objects.filter(name="Zoe").exists()
    ours = maya_key.ask("POST", "/people", None, data='{"name": "Zoe"}', content_type="application/vnd.api+json")
    assert ours.status_code == 201


@pytest.mark.parametrize("body", ["[" * 100_000, '{"name": ' + "9" * 10_000 + "}", '{"name": NaN}', "\ufeff{}", "nil"])
def test_json_that_is_meant_to_hurt(maya_key: Program, body: str) -> None:
    sent = maya_key.ask("POST", "/people", None, data=body, content_type="application/json")
    assert _shape(sent)["status"] in (400, 422)


def test_too_much_for_one_request(maya_key: Program) -> None:
    sent = maya_key.ask("POST", "/people", None, data='"' + "x" * 11_000_000 + '"', content_type="application/json")
    assert (_shape(sent)["status"], sent.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize("address", ["/api/v1/people", "/api/v1/nothing", "/api/nothing"])
def test_asked_under_a_name_that_is_not_ours(maya_key: Program, address: str) -> None:
    answer = Client().get(address, headers={"host": "evil.example", "Authorization": f"Bearer {maya_key.key}"})
    assert _shape(answer)["status"] in (400, 404)


def test_the_database_away_before_any_view(maya_key: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr("rapport.doors.web.entering.Entering.__call__", away)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/me", headers={"Authorization": f"Bearer {maya_key.key}"})
    assert (_shape(answer)["status"], answer.json()["code"]) == (503, "busy")
    assert client.get("/people")["Content-Type"].startswith("text/html")


def test_another_method(maya_key: Program) -> None:
    refused = maya_key.ask("DELETE", "/people")
    assert _shape(refused)["status"] == 405
    assert set(refused["Allow"].split(", ")) == {"GET", "POST"}


def test_text_no_database_holds_is_mended(maya_key: Program) -> None:
    added = maya_key.post("/people", {"name": "Zo\x00ë"})
    assert maya_key.get(f"/people/{added['id']}")["name"] == "Zo\N{REPLACEMENT CHARACTER}ë"
    assert _shape(maya_key.ask("POST", "/people", {"name": "\ud800"}))["status"] == 422
    assert maya_key.get("/people", tag="\x00", q="\x00")["rows"] == []


def test_a_page_mark_of_somebody_else(maya_key: Program) -> None:
    for path in ("/people", "/journal", "/relationships"):
        said = _shape(maya_key.ask("GET", path, query_params={"cursor": "bm90aGluZw"}))
        assert (said["status"], said["code"]) == (400, "bad-cursor")


def test_an_address_that_reaches_somebody_names_them(maya_key: Program) -> None:
    first = maya_key.post("/people", {"name": "Zoë", "email": "zoe@harbour.example"})
    said = _shape(maya_key.ask("POST", "/people", {"name": "Zoe", "email": "ZOE@harbour.example"}))
    assert (said["status"], said["fields"]) == (409, {"person_id": first["id"]})


def test_a_fault_of_ours_undoes_everything_and_keeps_words_out_of_the_log(
    maya_key: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told = "Zoë Müller told us a secret"

    def breaks(now: Any) -> int:
        raise RuntimeError(told)

    monkeypatch.setattr(editing, "read_on", breaks)
    with caplog.at_level(logging.ERROR):
        said = _shape(maya_key.ask("POST", "/people", {"name": "Zoë"}))
    assert (said["status"], said["code"]) == (500, "broken")
    assert said["fields"]["reference"] in caplog.text
    assert "secret" not in caplog.text
    assert "breaks" in caplog.text
    assert not Person.objects.filter(name="Zoë").exists()


def test_a_form_without_its_boundary_is_no_fault_of_ours(maya_key: Program) -> None:
    for path in ("/undo", "/people", "/imports"):
        sent = {"data": b"{}", "content_type": "multipart/form-data"}
        answer = Client().post(f"/api/v1{path}", headers={"Authorization": f"Bearer {maya_key.key}"}, **sent)
        assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_horizon_of_less_than_a_day_is_refused(maya_key: Program, priya: UUID) -> None:
    for days, status in (("5e-324", 422), ("0.5", 422), ("1", 200), ("3650", 200)):
        answer = maya_key.ask("GET", f"/people/{priya}/relationship", query_params={"horizon_days": days})
        assert answer.status_code == status
