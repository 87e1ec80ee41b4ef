"""An address given by hand invents nobody's employer: only mail and cards found an organization of a domain."""

from __future__ import annotations

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.people.editing import add_handle, add_person
from rapport.people.models import Affiliation, Handle, Organization
from tests.interactions.mails import MAYA, mail, read

pytestmark = pytest.mark.django_db
ADA = "ada@quay.example"


def places(name: str) -> list[str]:
    found = Affiliation.objects.filter(person__name=name).order_by("organization__name")
    return list(found.values_list("organization__name", flat=True))


def organizations() -> list[str]:
    return sorted(Organization.objects.filter(is_home=False).values_list("name", flat=True))


def test_somebody_new_with_an_address_alone_is_nowhere(by: By) -> None:
    add_person(by, "Ada Quill", email=ADA)
    add_handle(by, add_person(by, "Bo Reed").person_id, "email", "bo@moss.example")
    assert (places("Ada Quill"), places("Bo Reed"), organizations()) == ([], [], [])


def test_a_title_says_that_they_work_where_their_address_is(by: By) -> None:
    add_person(by, "Ada Quill", email=ADA, title="Head")
    assert places("Ada Quill") == ["Quay"]


def test_what_was_said_is_the_only_place(by: By) -> None:
    add_person(by, "Ada Quill", email="ada@praxis-huber.example", organization="Dr. Huber")
    assert (places("Ada Quill"), organizations()) == (["Dr. Huber"], ["Dr. Huber"])


def test_where_the_organization_is_known_the_address_says_it_and_undo_takes_it_back(by: By) -> None:
    read(by.now, mail("tea", "zoe@quay.example", (MAYA,), names={}))
    add_person(by, "Ada Quill", email=ADA)
    assert places("Ada Quill") == ["Quay"]
    bo = add_person(by, "Bo Reed").person_id
    done = add_handle(by, bo, "email", "bo@quay.example")
    assert places("Bo Reed") == ["Quay"]
    undo(by.viewer, done.journal_id, by.now)
    assert places("Bo Reed") == []


def test_once_they_write_from_it_they_are_there(by: By) -> None:
    add_person(by, "Ada Quill", email=ADA)
    read(by.now, mail("tea", ADA, (MAYA,), names={}))
    assert places("Ada Quill") == ["Quay"]
    assert Handle.objects.get(value=ADA).origin == "hand"


def test_a_colleague_is_at_home_by_their_address(by: By) -> None:
    add_person(by, "Ali Reed", email="ali@fernhill.example")
    assert places("Ali Reed") == ["Fernhill"]
