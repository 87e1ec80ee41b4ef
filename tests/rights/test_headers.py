"""What every answer of every route carries, whoever asks and whatever comes of it."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.doors.operations.catalogue import catalogue
from rapport.doors.web.protecting import HEADERS

from .asking import Asker, Question
from .cast import Cast
from .routes import API, WEB

OTHERS = (
    "/api/docs", "/api/docs.css", "/api/v1/openapi.json", "/api/v1/no/such", "/no/such", "/static/rapport.css",
    "/static/js/passkey.js", "/static/no-such.css", "/%00", "/people?as_of=x",
)  # fmt: skip
KEPT_A_WHILE = ("/static/", "/api/docs")  # what is the same for everybody may be kept
FRAMED = "/html"  # a mail has a stricter policy of its own


@pytest.mark.parametrize("who", ["owner", "nobody"])
def test_every_answer_protects_its_reader(cast: Cast, who: str) -> None:
    asker, lacking = Asker(cast, who), []
    for route, asks in WEB.items():
        question = Question(route, asks, who, cast.of(asks.about)[0] if asks.about else None)
        lacking += _lacking(route, asker.by_session(question).headers)
    for name, operation in catalogue().items():
        question = Question(f"{operation.method} {name}", API[name], who, None)
        lacking += _lacking(name, asker.by_key(question, operation).headers)
    for address in OTHERS:
        lacking += _lacking(address, Client(raise_request_exception=False).get(address).headers)
    assert lacking == []


def _lacking(what: str, headers: dict[str, str]) -> list[str]:
    found = [
        f"{what}: {name} is {headers.get(name)}" for name, value in HEADERS.items() if not _fits(what, name, headers)
    ]
    policy = headers.get("Content-Security-Policy", "")
    wanted = ("default-src 'none'", "base-uri 'none'", "frame-ancestors", "form-action")
    return found + [f"{what}: the policy lacks {one}" for one in wanted if one not in policy]


def _fits(what: str, name: str, headers: dict[str, str]) -> bool:
    said = headers.get(name, "")
    if name == "Cache-Control":
        return said == HEADERS[name] or what.startswith(KEPT_A_WHILE)
    if name == "Content-Security-Policy":
        return bool(said)
    return said == HEADERS[name]
