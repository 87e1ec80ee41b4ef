"""The reference of the API as a page: every operation with what it takes and gives, made from the catalogue."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rapport.doors.operations.catalogue import Operation, catalogue

from .routes import PREFIX

HERE = Path(__file__).parent / "look"
TITLES = {
    "erasures": "Erasures",
    "home": "Your own domain",
    "imports": "Imports",
    "interactions": "Interactions",
    "journal": "Changes and undo",
    "me": "You",
    "members": "Members",
    "organizations": "Organizations",
    "people": "People",
    "relationships": "Relationships",
    "today": "Today",
    "views": "Lists kept under a name",
    "workspace": "The workspace",
}
ORDER = (
    "today", "people", "views", "organizations", "relationships", "interactions", "imports", "journal", "erasures",
    "home", "members", "workspace", "me",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or a field of an answer."""

    name: str
    type: str
    note: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An operation as the page tells it."""

    name: str
    method: str
    path: str
    summary: str
    note: str
    right: str
    takes: tuple[Line, ...]
    gives: tuple[Line, ...]
    example: str


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The page, in English like the API itself."""
    return HttpResponse(_page())


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """How the page looks, beside what all pages share."""
    return HttpResponse((HERE / "reference.css").read_bytes(), content_type="text/css")


@cache
def _page() -> str:
    made = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = made.get_template("reference.html")
    return template.render(rooms=told_by_room(), prefix=PREFIX.rstrip("/"), static=static)


def told_by_room() -> list[tuple[str, str, list[Told]]]:
    """Key, title and operations of each part, in the order one meets them."""
    operations = sorted(catalogue().values(), key=lambda one: (ORDER.index(_noun(one)), one.path, one.method))
    return [(noun, TITLES[noun], [_told(one) for one in found]) for noun, found in groupby(operations, _noun)]


def _noun(operation: Operation) -> str:
    return operation.name.partition(".")[0]


def _told(operation: Operation) -> Told:
    taken = operation.takes.model_json_schema()
    given = {} if operation.carries == "bytes" else operation.gives.model_json_schema()
    return Told(
        name=operation.name,
        method=operation.method,
        path=operation.path,
        summary=operation.summary,
        note=operation.run.__doc__ or "",
        right=operation.right,
        takes=_lines(taken),
        gives=_lines(given),
        example=_example(operation, taken),
    )


def _lines(schema: dict[str, Any]) -> tuple[Line, ...]:
    required = schema.get("required", ())
    return tuple(
        Line(name, _type(field), field.get("description", ""), name in required)
        for name, field in schema.get("properties", {}).items()
    )


def _type(field: dict[str, Any]) -> str:
    """ "list of uuid or null", from a JSON schema."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"])
    if "enum" in field:
        return ", ".join(str(one) for one in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}" if field.get("items") else "list"
    return str(field.get("format") or field.get("type") or "anything")


def _example(operation: Operation, schema: dict[str, Any]) -> str:
    """A command that asks for it, with the examples of its fields."""
    examples = (
        {name: field["examples"][0] for name, field in schema["properties"].items() if "examples" in field}
        if "properties" in schema
        else {}
    )
    address = re.sub(r"{(\w+)}", lambda found: f"${found[1].upper()}", operation.path)
    asks = 'curl -H "Authorization: Bearer $KEY"'
    if operation.carries == "files":
        return f'{asks} -F "files=@mail.mbox" "$RAPPORT{PREFIX.rstrip("/")}{address}"'
    if operation.method in ("GET", "DELETE"):
        query = "&".join(f"{name}={value}" for name, value in examples.items() if isinstance(value, str | int))
        verb = "" if operation.method == "GET" else " -X DELETE"
        return f'{asks}{verb} "$RAPPORT{PREFIX.rstrip("/")}{address}{"?" + query if query else ""}"'
    body = f" --json '{json.dumps(examples, ensure_ascii=False)}'"
    verb = "" if operation.method == "POST" else f" -X {operation.method}"
    return f'{asks}{verb}{body} "$RAPPORT{PREFIX.rstrip("/")}{address}"'
