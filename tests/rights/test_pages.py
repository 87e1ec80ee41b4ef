"""Every route of the pages, as everybody, about everything: answered right, and nothing changed where it is refused."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import URLPattern

from rapport.doors.web.urls import urlpatterns

from .asking import SUCCESS, Asker, Question, logical_hash
from .cast import Cast
from .routes import ALSO, WEB

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OUTSIDE = ("nobody", "let go")
EVERYBODY = (*OUTSIDE, "owner", "admin", "lead", "member", "guest", "stranger")
HIDDEN = {  # words that must never be in an answer to them
    "stranger": ("Fernhill", "Raman", "Kenji", "Solace"),
    **dict.fromkeys(("owner", "admin", "lead", "member", "guest"), ("Elsewhere", "Nina", "Otto")),
    **dict.fromkeys(OUTSIDE, ("Fernhill", "Raman", "Kenji", "Elsewhere")),
}
OF_A_LINK = "GET /link"  # it names who it is for, to whoever has it


def _patterns() -> list[str]:
    return ["/" + str(one.pattern) for one in urlpatterns if isinstance(one, URLPattern)]


def test_every_route_is_declared() -> None:
    """One that is new is asked nothing until somebody says in routes.py what it asks."""
    declared = {route.partition(" ")[2] for route in WEB}
    assert set(_patterns()) == declared


def test_every_other_method_is_refused(cast: Cast) -> None:
    owner = Asker(cast, "owner")
    for pattern in _patterns():
        for method in METHODS:
            if f"{method} {pattern}" not in WEB:
                code = owner.by_method(method, pattern)
                assert code in (405, 303) if method == "GET" else code == 405, (method, pattern, code)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_answer_is_right_and_a_refusal_changes_nothing(cast: Cast, who: str) -> None:
    asker, before, wrong = Asker(cast, who), logical_hash(cast), []
    for route, asks in [*WEB.items(), *ALSO.items()]:
        for thing in cast.of(asks.about) if asks.about else [None]:
            question = Question(route, asks, who, thing)
            answer = asker.by_session(question)
            if not _is_right(question, answer):
                wrong.append(f"{question}: {answer.status_code} {answer.headers.get('Location', '')}")
            told = _unpacked(answer.content)
            if not route.startswith(OF_A_LINK):
                wrong += [f"{question}: tells “{one}”" for one in HIDDEN[who] if re.search(rf"\b{one}\b", told)]
    assert not wrong, "\n".join(wrong)
    after = logical_hash(cast)
    assert {table for table in after if after[table] != before[table]} == set()


def _unpacked(content: bytes) -> str:
    """The words of a page; of a file that is handed out, those in it."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def _is_right(question: Question, answer: object) -> bool:
    code, leads = answer.status_code, answer.headers.get("Location", "")  # type: ignore[attr-defined]
    if question.asks.asks == "nothing":
        said = {one for one, _why in question.asks.may_be.values()}
        return code in SUCCESS | said
    if question.who == "nobody":
        return code == 303 and leads.startswith("/accounts/login")
    if question.who == "let go":  # a session begun anew leads nowhere
        return code == 200 if "/welcome" in question.route else code == 303 and leads in ("/welcome", "/accounts/login")
    return code in question.expected
