"""What the command line does beside asking: Today is acted upon, and every operation can be called by its name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import Result

from rapport.doors.operations.catalogue import catalogue
from rapport.kit.trouble import NotFound, Trouble
from rapport.people.models import Person
from tests.care.conftest import History

from .conftest import Type


def _given(result: Result) -> Any:
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


@pytest.mark.usefixtures("dana", "elena")
def test_somebody_on_today_is_done_by_number_or_name_and_taken_back(typed: Type, history: History) -> None:
    history.judge()
    first, second = (item["person"]["name"] for item in _items(typed))
    said = typed("done", "1").stdout
    assert said.startswith(f"Done for today: {first}. Undo with: rapport undo ")
    assert typed("not-needed", second.partition(" ")[0]).stdout.startswith(f"Not needed: {second}.")
    assert {one["state"] for one in _items(typed)} == {"done", "not-needed"}
    typed("undo")
    assert {one["state"] for one in _items(typed)} == {"done", "open"}
    assert isinstance(typed("later", "9").exception, NotFound)


def _items(typed: Type) -> list[dict[str, Any]]:
    return [item for group in _given(typed("today", "--json"))["groups"] for item in group["items"]]


def test_every_operation_is_listed_and_says_what_it_takes(typed: Type) -> None:
    listed = typed("do").stdout
    for name, operation in catalogue().items():
        assert f"{name} " in listed
        fields = typed("do", name, "--fields").stdout
        assert operation.summary in fields
        assert all(f"  {field} " in fields for field in operation.takes.model_fields)


def test_one_fault_among_what_is_changed_keeps_nothing(typed: Type) -> None:
    _given(typed("do", "people.add", "name=Zoë Chan"))
    refused = typed("do", "people.edit", "person_id=zoe", "name=Zoë Chan-Lee", "birthday=31 June").exception
    assert isinstance(refused, Trouble)
    assert refused.fields["field"] == "birthday"
    assert not Person.objects.filter(name="Zoë Chan-Lee").exists()


def test_a_person_is_added_changed_tagged_and_joined_by_name(typed: Type) -> None:
    zoe = _given(typed("do", "people.add", "name=Zoë Chan", "email=zoe@quayside.example"))["id"]
    _given(typed("do", "people.edit", "person_id=zoe", "name=Zoë Chan-Lee"))
    _given(typed("do", "people.tag", "person_id=Zoë Chan-Lee", "word=partner"))
    other = _given(typed("do", "people.add", "name=Z. Chan"))["id"]
    _given(typed("do", "people.merge", "person_id=Zoë Chan-Lee", "other=Z. Chan"))
    assert Person.objects.get(id=other).merged_into_id == Person.objects.get(name="Zoë Chan-Lee").id
    assert zoe == str(Person.objects.get(name="Zoë Chan-Lee").id)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["do", "people.ad"], "not-found"),
        (["do", "people.add", "Zoë"], "no-field"),
        (["do", "people.add", "nam=Zoë"], "not-understood"),
        (["do", "imports.start"], "use-import"),
    ],
)
def test_a_slip_is_told_and_changes_nothing(typed: Type, words: list[str], code: str) -> None:
    before = Person.objects.count()
    trouble = typed(*words).exception
    assert isinstance(trouble, Trouble)
    assert trouble.code == code
    assert Person.objects.count() == before
