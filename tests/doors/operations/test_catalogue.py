"""Every operation is told in full, and takes nothing that does not fit."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest
from pydantic import ValidationError

from rapport.accounts.access import Viewer
from rapport.doors.operations.catalogue import call, catalogue
from rapport.doors.operations.given import Reading
from rapport.doors.operations.slips import what_is_wrong
from rapport.kit.trouble import NotAllowed, NotUnderstood


def test_every_operation_is_told_in_full() -> None:
    for one in catalogue().values():
        assert one.summary, one.name
        assert one.run.__doc__, one.name
        assert set(re.findall(r"{(\w+)}", one.path)) <= one.takes.model_fields.keys(), one.name
        assert one.is_reading <= (one.right == "read"), one.name


WRONG: tuple[object, ...] = (
    "", "x" * 10_000, "x", 5, -1, 10**9, 1.5, None, True, [], ["x"] * 1000, {}, "2004-13-01", "1500-01-01",
    "2026-01-01T00:00", "2026-01-01T12:30:10",
)  # fmt: skip


def test_what_does_not_fit_is_said_in_words_that_tell_what_to_do() -> None:
    for one in catalogue().values():
        for field, value in product(one.takes.model_fields, WRONG):
            try:
                one.takes(**{field: value, "unknown": 1})
            except ValidationError as wrong:
                for error in wrong.errors():
                    said = what_is_wrong(error)
                    assert said != error["msg"], (error["type"], error["msg"])
                    assert "%(" not in said


def test_no_two_operations_live_at_one_address() -> None:
    places = [(one.method, one.path) for one in catalogue().values()]
    assert len(set(places)) == len(places)


def test_every_reading_of_people_can_look_back() -> None:
    about_now = {
        "erasures.list",
        "home.get",
        "imports.get",
        "imports.items",
        "imports.list",
        "imports.people",
        "imports.quarantine",
        "imports.raw",
        "imports.to-mend",
        "imports.undo-plan",
        "journal.list",
        "me",
        "members.list",
        "organizations.get",
        "organizations.list",
        "people.erasure-plan",
        "people.find",
        "people.known",
        "people.who-knows",
        "views.list",
    }
    looking = {one.name for one in catalogue().values() if one.is_reading and not issubclass(one.takes, Reading)}
    assert looking == about_now


def test_what_knows_only_today_refuses_to_look_back(maya: Viewer) -> None:
    for one in catalogue().values():
        if not one.looks_back:
            with pytest.raises(NotUnderstood) as refused:
                call(one.name, maya, "cli", {"as_of": date(2026, 11, 1)})
            assert refused.value.code == "not-as-of", one.name


def test_what_does_not_fit_is_a_trouble_with_its_field(maya: Viewer) -> None:
    with pytest.raises(NotUnderstood) as refused:
        call("people.list", maya, "cli", {"limit": 900})
    assert list(refused.value.fields) == ["limit"]
    with pytest.raises(NotUnderstood):
        call("people.list", maya, "cli", {"lmit": 9})


def test_who_may_not_is_refused_before_anything_is_read(maya: Viewer) -> None:
    from dataclasses import replace

    with pytest.raises(NotAllowed):
        call("people.add", replace(maya, may_write=False), "cli", {"name": "Zoë"})
