"""Who is known by a telephone number alone comes behind everybody who has a name."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.doors.operations.catalogue import call
from rapport.people.editing import add_person, edit_person
from rapport.people.models import Person
from rapport.people.opening import open_person

pytestmark = pytest.mark.django_db


def test_a_number_stands_behind_all_names_until_it_has_one(by: By, maya: Viewer, client_maya: Client) -> None:
    number = add_person(by, "+44 161 496 0123").person_id
    for name in ("Zoe Quill", "Ångström", "李雷", "O2 Desk"):
        add_person(by, name)
    listed = list(Person.objects.filter(is_home=False).order_by("listed_by").values_list("name", flat=True))
    assert listed[-1] == "+44 161 496 0123"
    assert call("people.list", maya, "api", {"sort": "name"}).rows[-1].name == "+44 161 496 0123"
    assert open_person(maya, number).listed_by == "+44 161 496 0123"
    assert "\U0010ffff" not in client_maya.get(f"/people/{number}/edit").text
    edit_person(by, number, name="Ana Reed")
    assert Person.objects.get(id=number).listed_by == "reed, ana"
