"""The reference and OpenAPI tell of every operation, and load nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from rapport.doors.operations.catalogue import catalogue


def _openapi() -> Any:
    answer = Client().get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def test_openapi_is_3_1_and_has_every_operation() -> None:
    told = _openapi()
    assert told["openapi"].startswith("3.1.")
    found = {
        (one["operationId"], method.upper(), path)
        for path, methods in told["paths"].items()
        for method, one in methods.items()
    }
    assert found == {(one.name, one.method, f"/api/v1{one.path}") for one in catalogue().values()}


def test_openapi_leads_nowhere_into_nothing() -> None:
    told = _openapi()
    schemas = told["components"]["schemas"]
    refs = set(re.findall(r'"#/components/schemas/(\w+)"', Client().get("/api/v1/openapi.json").text))
    assert refs
    assert refs <= schemas.keys()
    for path, methods in told["paths"].items():
        for one in methods.values():
            named = {each["name"] for each in one["parameters"] if each["in"] == "path"}
            assert not any(isinstance(each.get("examples"), list) for each in one["parameters"])
            assert named == set(re.findall(r"{(\w+)}", path))
            assert {"PersonalKey"} in [set(each) for each in one["security"]]
            assert "application/problem+json" in one["responses"]["default"]["content"]


def test_openapi_says_everything_the_standard_asks_for() -> None:
    told = _openapi()
    assert {"openapi", "info", "paths", "components"} <= told.keys()
    assert {"title", "version"} <= told["info"].keys()
    schemes = told["components"]["securitySchemes"]
    seen = set()
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            assert one["operationId"] not in seen
            seen.add(one["operationId"])
            assert one["responses"], path
            for code, answer in one["responses"].items():
                assert re.fullmatch("[1-5][0-9][0-9]|default", code), (path, code)
                assert isinstance(answer.get("description"), str), (path, code)
                assert all("schema" in content for content in answer.get("content", {}).values())
            places = [(each["name"], each["in"]) for each in one["parameters"]]
            assert len(set(places)) == len(places)
            assert all("schema" in each and (each["in"] != "path" or each["required"]) for each in one["parameters"])
            assert ("requestBody" in one) <= (method != "get"), path
            assert {name for each in one["security"] for name in each} <= schemes.keys()


def test_the_same_name_is_the_same_shape_everywhere() -> None:
    shapes: dict[str, set[str]] = {}
    for one in catalogue().values():
        if one.carries == "bytes":
            continue
        for name, shape in one.gives.model_json_schema().get("$defs", {}).items():
            shapes.setdefault(name, set()).add(str(shape))
        shapes.setdefault(one.gives.__name__, set())
    assert {name for name, found in shapes.items() if len(found) > 1} == set()
    owners = {(one.gives.__name__, one.gives.__module__) for one in catalogue().values() if one.carries != "bytes"}
    assert len({name for name, _module in owners}) == len(owners)


def test_the_reference_lists_every_operation_and_parameter() -> None:
    page = Client().get("/api/docs")
    assert page.status_code == 200
    for one in catalogue().values():
        assert f'id="{one.name}"' in page.text
        article = page.text.split(f'id="{one.name}"')[1].split("</article>")[0]
        assert f"<b>{one.method}</b> /api/v1{one.path}" in article
        for field in one.takes.model_fields:
            assert f"<code>{field}</code>" in article


def test_the_reference_needs_nobody_else() -> None:
    page = Client().get("/api/docs")
    assert "<script" not in page.text
    assert "style=" not in page.text
    sources = re.findall(r'(?:src|rel="(?:stylesheet|icon)" href)="([^"]*)"', page.text)
    assert sources
    assert all(source.startswith(("/static/", "/api/")) for source in sources)
    assert Client().get("/api/docs.css")["Content-Type"] == "text/css"
    assert "default-src 'none'" in page["Content-Security-Policy"]
