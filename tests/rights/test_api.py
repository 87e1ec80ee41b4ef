"""Every operation at the door of programs, with every kind of key: the same answers as on the pages."""

from __future__ import annotations

import pytest

from rapport.doors.api.urls import urlpatterns
from rapport.doors.operations.catalogue import catalogue

from .asking import Asker, Question, logical_hash
from .cast import Cast
from .routes import API, API_ALSO

BY_A_KEY = ("owner", "reader", "writer", "admin", "lead", "member", "guest", "stranger")
BY_NONE = ("nobody", "let go", "expired", "ended")
BESIDE = {"docs", "docs.css", "v1/openapi.json", "v1/", "^"}  # the description, the operations, and what is nowhere
HIDDEN = dict.fromkeys(BY_A_KEY, ("Elsewhere", "Nina", "Otto")) | {"stranger": ("Fernhill", "Raman", "Kenji", "Solace")}


def test_every_operation_is_declared_with_its_right() -> None:
    assert {name: one.right for name, one in catalogue().items()} == {name: one.asks for name, one in API.items()}
    assert {str(one.pattern) for one in urlpatterns} == BESIDE


@pytest.mark.parametrize("who", BY_A_KEY)
def test_every_answer_is_right_and_a_refusal_changes_nothing(cast: Cast, who: str) -> None:
    asker, before, wrong = Asker(cast, who), logical_hash(cast), []
    for name, asks in [*API.items(), *API_ALSO]:
        operation = catalogue()[name]
        for thing in cast.of(asks.about) if asks.about else [None]:
            question = Question(f"{operation.method} {name}", asks, who, thing)
            answer = asker.by_key(question, operation)
            if answer.status_code not in question.expected:
                wrong.append(f"{question}: {answer.status_code} {answer.content[:120]!r}")
            told = answer.content.decode(errors="replace")
            wrong += [f"{question}: tells “{one}”" for one in HIDDEN[who] if one in told]
    assert not wrong, "\n".join(wrong)
    after = logical_hash(cast)
    assert {table for table in after if after[table] != before[table]} == set()


@pytest.mark.parametrize("who", BY_NONE)
def test_without_a_key_that_works_there_is_nothing(cast: Cast, who: str) -> None:
    asker, before, codes = Asker(cast, who), logical_hash(cast), set()
    for number, (name, operation) in enumerate(catalogue().items()):
        thing = cast.of(API[name].about)[-1] if API[name].about else None
        question = Question(f"{operation.method} {name}", API[name], who, thing)
        codes.add(asker.by_key(question, operation, f"10.1.0.{number}").status_code)
    assert codes == {401}
    assert logical_hash(cast) == before
