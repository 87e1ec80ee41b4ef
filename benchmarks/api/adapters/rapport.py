"""Rapport for the load generator: what is asked, with which ids. Told by `python -m benchmarks.api` in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

HOST = "127.0.0.1"
Request = tuple[str, str, dict[str, str], bytes | None, Callable[[int, bytes], bool]]

with open(os.environ["RAPPORT_BENCH"]) as _file:
    TOLD: dict[str, Any] = json.load(_file)
PORT: int = TOLD["port"]
_HEADERS = {"Authorization": f"Bearer {TOLD['key']}"}
_WRITING = {**_HEADERS, "Content-Type": "application/json"}
_NAMES = ("anders", "okaf", "kowal", "ramir", "berg", "linda", "yuk", "schnei")
_ADDRESSES = ("mary.smith", "john.j", "okafor.1", "wei.chen", "sven.", "lopez.77", "amara", "tanaka.2")
# Texts of the filled home are made of words that are as common as in a language: in nearly every text, in four of ten,
# of a hundred, of a thousand, and in three of a thousand; phrases and beginnings of them; and what stands nowhere.
_WORDS = ("ba", "bya ", "byya ", "byyya ", "byyyya ", "bya byya ", '"ba bya" ', "byy", "nowhere")


def PIDS() -> dict[str, list[int]]:
    """The processes whose time counts."""
    return {"app": [TOLD["web"]], "db": [TOLD["database"]]}


def setup() -> None:
    """Nothing: who we are stands in the file."""


def _get(path: str, rows: int | None = None) -> Request:
    return "GET", f"/api/v1{path}", _HEADERS, None, lambda status, body: status == 200 and _has(body, rows)


def _has(body: bytes, rows: int | None) -> bool:
    return rows is None or len(json.loads(body)["rows"]) == rows


def _post(path: str, body: dict[str, Any]) -> Request:
    return "POST", f"/api/v1{path}", _WRITING, json.dumps(body).encode(), lambda status, _body: status == 201


def _one(i: int) -> str:
    people = TOLD["people"]
    return str(people[i % len(people)])


OPS: dict[str, Callable[[int], Request]] = {
    "list": lambda i: _get("/people?limit=50", 50),
    "list_deep": lambda i: _get(f"/people?limit=50&cursor={quote(TOLD['cursor'])}", 50),
    "search_name": lambda i: _get(f"/people?limit=50&q={_NAMES[i % len(_NAMES)]}", 50),
    "search_email": lambda i: _get(f"/people?limit=50&q={_ADDRESSES[i % len(_ADDRESSES)]}"),
    "search_words": lambda i: _get(f"/search?limit=20&q={quote(_WORDS[i % len(_WORDS)])}"),
    "detail": lambda i: _get(f"/people/{_one(i)}"),
    "timeline_30": lambda i: _get(f"/people/{TOLD['busiest']}/timeline?limit=30", 30),
    "timeline": lambda i: _get(f"/people/{TOLD['busiest']}/timeline?limit=200", 200),
    "note": lambda i: _post(f"/people/{_one(i)}/notes", {"text": f"Called about the renewal (entry {i})."}),
    "call": lambda i: _post("/log", {"text": f"called, 10 min, entry {i}", "person_ids": [_one(i)]}),
    "create": lambda i: _post("/people", {"name": f"New Person {i}", "email": f"new.{i}@example{i % 97}.test"}),
}
